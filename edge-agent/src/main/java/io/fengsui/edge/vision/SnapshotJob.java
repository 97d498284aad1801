package io.fengsui.edge.vision;

import io.fengsui.edge.gate.Look;
import io.fengsui.edge.vision.wire.Outline;
import io.fengsui.protocol.value.Detection;
import java.util.List;

/**
 * Asks for a JPEG of the newest picture of a look, boxes and zones drawn in.
 *
 * @param hidden parts that are black, under all else
 * @param boxes to draw, with their labels
 * @param zones to draw
 * @param maxWidth the picture is scaled down to at most this many pixels
 */
public record SnapshotJob(
        Look look, List<Outline> hidden, List<Detection> boxes, List<Outline> zones, int maxWidth, int quality) {
    /** Nothing is hidden; {@link HiddenParts} covers what is to be. */
    public SnapshotJob(Look look, List<Detection> boxes, List<Outline> zones, int maxWidth, int quality) {
        this(look, List.of(), boxes, zones, maxWidth, quality);
    }

    public SnapshotJob {
        hidden = List.copyOf(hidden);
        boxes = List.copyOf(boxes);
        zones = List.copyOf(zones);
        if (maxWidth < 16 || maxWidth > 8192 || quality < 1 || quality > 100) {
            throw new IllegalArgumentException("max width is 16..8192 and quality 1..100");
        }
    }
}
