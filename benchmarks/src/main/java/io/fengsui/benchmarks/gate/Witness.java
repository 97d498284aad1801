package io.fengsui.benchmarks.gate;

import io.fengsui.fieldsim.library.StreamTruth;
import io.fengsui.fieldsim.library.StreamTruth.Happening;
import io.fengsui.fieldsim.library.StreamTruth.Place;
import io.fengsui.protocol.value.Box;
import io.fengsui.protocol.value.Detection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Says in which frames of a stream somebody truly there was seen. */
final class Witness {
    private static final float LEAST_SCORE = 0.4f;
    private static final float LEAST_OVERLAP = 0.25f;
    private static final Set<String> LOOKED_FOR = Set.of("person", "car");
    private static final int MARGIN_SECONDS = 2;
    private static final long FALSE_ANEW_SECONDS = 10;

    private final StreamTruth truth;
    private final TreeSet<Long> frames = new TreeSet<>();
    private int falseAlarms;
    private long lastFalse = Long.MIN_VALUE / 2;

    Witness(StreamTruth truth) {
        this.truth = truth;
    }

    /** The detector looked at this frame. */
    void onSeen(long frame, List<Detection> detections) {
        int at = (int) (frame % truth.frames());
        if (isEmpty(at) && detections.stream().anyMatch(Witness::isAlarming)) {
            falseAlarms += frame - lastFalse > FALSE_ANEW_SECONDS * truth.framesPerSecond() ? 1 : 0;
            lastFalse = frame;
        }
        for (Happening happening : truth.happenings()) {
            for (Place place : happening.places()) {
                if (place.frame() == at
                        && detections.stream().anyMatch(d -> matches(happening.label(), place.box(), d))) {
                    frames.add(frame);
                }
            }
        }
    }

    /** Whether nobody is there, nor comes or has left just now. */
    private boolean isEmpty(int frame) {
        int margin = MARGIN_SECONDS * truth.framesPerSecond();
        return truth.happenings().stream()
                .noneMatch(one -> frame >= one.firstFrame() - margin && frame <= one.lastFrame() + margin);
    }

    private static boolean isAlarming(Detection found) {
        return found.confidence() >= LEAST_SCORE && LOOKED_FOR.contains(found.label());
    }

    /** Times that somebody was seen where nobody was; what is seen on and on is once. */
    int falseAlarms() {
        return falseAlarms;
    }

    private static boolean matches(String label, Box box, Detection found) {
        return found.confidence() >= LEAST_SCORE
                && found.label().equals(label)
                && found.box().iou(box) >= LEAST_OVERLAP;
    }

    /** The first frame of these in which somebody was seen; -1 if there is none. */
    long first(long from, long to) {
        Long seen = frames.ceiling(from);
        return seen == null || seen > to ? -1 : seen;
    }
}
