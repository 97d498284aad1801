package io.fengsui.hub.access;

/**
 * How often one caller may ask.
 *
 * @param burst at once
 * @param perSecond for long
 */
public record RateSettings(int burst, int perSecond) {
    public static final RateSettings DEFAULT = new RateSettings(2_000, 200);

    public RateSettings {
        if (burst < 1 || perSecond < 1) {
            throw new IllegalArgumentException("a caller may ask at least once, and once a second");
        }
    }
}
