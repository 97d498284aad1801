package io.fengsui.edge.gate.trust;

import io.fengsui.edge.gate.luma.LightRegime;

/**
 * Belief in sizes: earned by samples that agree by one light, lost at once. A camera that was wrong has to agree for longer
 * the next time. Immutable.
 *
 * @param agreeing samples in a row that agreed
 * @param needed samples until it is believed
 */
public record Trust(LightRegime light, boolean isTrusted, TrustReason reason, int agreeing, int needed) {
    static final int FIRST_NEEDED = 12;
    static final int MOST_NEEDED = 1280;
    /** Samples that confirm what had been earned before. */
    static final int CONFIRMING = 2;

    /** Part of the picture that sizes have to show: a person a quarter of the picture high has a hundredth. */
    static final double MOST_AREA = 0.013;
    /** From which trust that was earned is lost: what it is measured by swings a little. */
    static final double KEPT_AREA = 1.25 * MOST_AREA;

    /** A stream of which nothing is known. */
    public static Trust initial(LightRegime light) {
        return new Trust(light, false, TrustReason.LEARNING, 0, FIRST_NEEDED);
    }

    /** The belief after one more sample. */
    public Trust after(TrustSample sample) {
        if (sample.light() != light) {
            return new Trust(sample.light(), false, TrustReason.LIGHT, 0, needed);
        }
        if (sample.isThere() && !sample.wasNoticed()) {
            return new Trust(light, false, TrustReason.MISSED, 0, Math.min(MOST_NEEDED, 2 * needed));
        }
        if (sample.hasShifted()) {
            return new Trust(light, false, TrustReason.BITRATE, 0, needed);
        }
        if (sample.leastArea() > (isTrusted ? KEPT_AREA : MOST_AREA)) {
            return new Trust(light, false, TrustReason.NOISY, 0, needed);
        }
        int now = Math.min(MOST_NEEDED, agreeing + 1);
        if (isTrusted || now >= needed) {
            return new Trust(light, true, TrustReason.AGREED, now, needed);
        }
        TrustReason why = reason == TrustReason.NOISY ? TrustReason.LEARNING : reason;
        return new Trust(light, false, why, now, needed);
    }

    /** The belief where the same had been earned before: nearly there. */
    public Trust recalling(EarnedTrust earned) {
        return new Trust(light, false, reason, earned.needed() - CONFIRMING, earned.needed());
    }

    /** The belief in a stream that replaced this one. */
    public Trust anotherStream() {
        return new Trust(light, false, TrustReason.STREAM, 0, FIRST_NEEDED);
    }
}
