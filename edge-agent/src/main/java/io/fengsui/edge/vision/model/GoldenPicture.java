package io.fengsui.edge.vision.model;

import io.fengsui.protocol.value.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A picture with what must be found in it.
 *
 * @param bgr rows of blue, green, red, without padding
 * @param expected every detection that must be found; no other may be
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never changed
public record GoldenPicture(
        String name, int width, int height, byte[] bgr, List<Detection> expected, Tolerance tolerance) {
    /**
     * How far a detection may be from the expected one.
     *
     * @param confidence largest difference
     * @param iou least overlap of the boxes
     */
    public record Tolerance(float confidence, float iou) {
        public Tolerance {
            if (!(confidence >= 0 && confidence <= 1) || !(iou >= 0 && iou <= 1)) {
                throw new IllegalArgumentException("tolerances are 0 to 1");
            }
        }
    }

    public GoldenPicture {
        expected = List.copyOf(expected);
    }

    /** What differs between the expected and the found; empty when nothing does. */
    public List<String> differences(List<Detection> found) {
        List<String> differences = new ArrayList<>();
        List<Detection> left = new ArrayList<>(found);
        for (Detection want : expected) {
            Detection best = null;
            for (Detection have : left) {
                if (have.label().equals(want.label())
                        && (best == null
                                || have.box().iou(want.box()) > best.box().iou(want.box()))) {
                    best = have;
                }
            }
            if (best == null || best.box().iou(want.box()) < tolerance.iou()) {
                differences.add(name + ": not found: " + told(want));
                continue;
            }
            left.remove(best);
            if (Math.abs(best.confidence() - want.confidence()) > tolerance.confidence()) {
                differences.add(name + ": expected " + told(want) + ", found " + told(best));
            }
        }
        left.forEach(extra -> differences.add(name + ": not expected: " + told(extra)));
        return differences;
    }

    private static String told(Detection d) {
        return String.format(
                Locale.ROOT,
                "%s %.3f at %.3f,%.3f..%.3f,%.3f",
                d.label(),
                d.confidence(),
                d.box().left(),
                d.box().top(),
                d.box().right(),
                d.box().bottom());
    }
}
