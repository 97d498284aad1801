package io.fengsui.protocol.value;

/**
 * What a detector saw in one picture.
 *
 * @param label class of the object, as the model's manifest names it
 * @param confidence 0..1
 * @param track number of the track it was given to; 0 when not tracked
 */
public record Detection(String label, float confidence, Box box, long track) {
    public Detection {
        Checks.id("label", label);
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence is 0..1, not " + confidence);
        }
    }
}
