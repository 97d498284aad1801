package io.fengsui.edge.gate;

import java.time.Duration;

/**
 * How often one camera is looked at.
 *
 * @param minInterval least time between two looks; zero for none
 */
public record GateSettings(GateMode mode, Duration minInterval) {
    public static final GateSettings KEYFRAMES = new GateSettings(new GateMode.Keyframes(), Duration.ZERO);

    public GateSettings {
        if (minInterval.isNegative()) {
            throw new IllegalArgumentException("the least time between two looks is " + minInterval);
        }
    }

    /** Of a configured word: {@code auto} and {@code keyframe}, {@code all}, or {@code every-} and a number. */
    public static GateSettings of(String mode, Duration minInterval) {
        return new GateSettings(mode(mode), minInterval);
    }

    private static GateMode mode(String word) {
        if (word.equals("auto") || word.equals("keyframe")) {
            return new GateMode.Keyframes();
        }
        if (word.equals("all")) {
            return new GateMode.All();
        }
        if (word.matches("every-[1-9][0-9]{0,4}")) {
            return new GateMode.EveryNth(Integer.parseInt(word.substring("every-".length())));
        }
        throw new IllegalArgumentException(
                "a gate's mode is auto, keyframe, all or every-N (every-5), not '" + word + "'");
    }
}
