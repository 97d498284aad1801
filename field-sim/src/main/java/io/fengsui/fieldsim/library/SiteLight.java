package io.fengsui.fieldsim.library;

/**
 * The light of a place that goes down and up again, for all its cameras at the same moments: a cloud, the lamps of a street. It
 * goes down half a second and more before the guest of each {@link StreamRecipe} comes, so that who comes is hidden by it. Pure.
 */
final class SiteLight {
    /** To be raised when the light of a picture becomes another. */
    static final int VERSION = 1;

    private static final double DOWN_AT = 59.7;
    private static final double UP_AT = 90;
    private static final double TAKES = 0.5;
    private static final double LOW = 0.6;
    private static final int BLACK = 16;

    private SiteLight() {}

    /** Of full light, at a moment of the stream. */
    static double at(double seconds) {
        double down = Math.clamp((seconds - DOWN_AT) / TAKES, 0, 1);
        double up = Math.clamp((seconds - UP_AT) / TAKES, 0, 1);
        return 1 - (1 - LOW) * (down - up);
    }

    /** Darkens the luma that a picture's planes begin with. */
    static void dim(byte[] planes, int lumaBytes, double light) {
        for (int i = 0; i < lumaBytes; i++) {
            planes[i] = (byte) (BLACK + Math.round(((planes[i] & 0xff) - BLACK) * light));
        }
    }
}
