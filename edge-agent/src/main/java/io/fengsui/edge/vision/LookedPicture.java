package io.fengsui.edge.vision;

import io.fengsui.edge.gate.Look;
import io.fengsui.protocol.link.ModelInUse;
import io.fengsui.protocol.value.Detection;
import java.util.List;

/**
 * What the detector saw in the newest picture of a look.
 *
 * @param look what was decoded: decoding it again gives the same picture, for a snapshot
 * @param width of the decoded picture, pixels
 * @param height of the decoded picture, pixels
 * @param detections with track 0, boxes in 0..1 of the full picture
 */
public record LookedPicture(
        Look look, int width, int height, List<Detection> detections, ModelInUse model, Timing timing) {

    /** Nanoseconds spent: waiting for a worker, decoding, detecting (pre- and post-processing with it). */
    public record Timing(long waitedNanos, long decodeNanos, long detectNanos) {}

    public LookedPicture {
        detections = List.copyOf(detections);
    }
}
