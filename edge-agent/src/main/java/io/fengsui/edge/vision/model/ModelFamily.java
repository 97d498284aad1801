package io.fengsui.edge.vision.model;

import java.util.List;

/** How the outputs of a detector are to be read. */
public enum ModelFamily {
    /** Class scores, and distances to the four sides as distributions (RangiLyu/nanodet). */
    NANODET,
    /** Centre, size, objectness and class scores of each grid cell (Megvii-BaseDetection/YOLOX). */
    YOLOX,
    /** One grid, channel by channel: objectness, centre, size and class scores (dog-qiuqiu/FastestDet). */
    FASTESTDET;

    /** Roles of its outputs, each to be named in a manifest. */
    public List<String> outputs() {
        return switch (this) {
            case NANODET -> List.of("scores", "distances");
            case YOLOX, FASTESTDET -> List.of("predictions");
        };
    }
}
