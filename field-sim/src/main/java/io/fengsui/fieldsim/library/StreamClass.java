package io.fengsui.fieldsim.library;

import io.fengsui.fieldsim.scene.Light;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A kind of stream that a gate has to cope with. All but the quiet ones are active for one part in twenty.
 *
 * <p>The rates follow what installers set on analysis streams: 400 kbit/s where the rate is constant; where it is variable, a
 * quality that takes half of that in an empty street, and a cap above. Little noise by day is what is left of it in cameras
 * that filter over time; "grain" stands for those that do not.
 */
public enum StreamClass {
    /** Capped variable rate, nothing ever moves. */
    QUIET(20, 0.5, Light.DAY, 2, "h264"),
    /** Constant rate in the noise of a night, nothing ever moves. */
    QUIET_CBR(StreamClass.CONSTANT_RATE, 12, Light.NIGHT, 2, "h264"),
    VBR(20, 0.5, Light.DAY, 2, "h264"),
    VBR_GRAIN(27, 6, Light.DAY, 2, "h264"),
    VBR_NIGHT(30, 12, Light.NIGHT, 2, "h264"),
    CBR(StreamClass.CONSTANT_RATE, 2, Light.DAY, 2, "h264"),
    CBR_GRAIN(StreamClass.CONSTANT_RATE, 6, Light.DAY, 2, "h264"),
    CBR_NIGHT(StreamClass.CONSTANT_RATE, 12, Light.NIGHT, 2, "h264"),
    /** A keyframe every ten seconds, as "smart" codecs do. */
    LONG_GOP(20, 0.5, Light.DAY, 10, "h264"),
    H265(19, 0.5, Light.DAY, 2, "h265"),
    /** The light of the whole place goes down a moment before somebody comes by, and up again later: {@link SiteLight}. */
    SITE_LIGHT(20, 0.5, Light.DAY, 2, "h264");

    private static final int CONSTANT_RATE = 0;

    private final int quality;
    private final double noise;
    private final Light light;
    private final int gopSeconds;
    private final String codec;

    StreamClass(int quality, double noise, Light light, int gopSeconds, String codec) {
        this.quality = quality;
        this.noise = noise;
        this.light = light;
        this.gopSeconds = gopSeconds;
        this.codec = codec;
    }

    /** As it is written on a command line: {@code cbr-night}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static StreamClass of(String id) {
        return Arrays.stream(values())
                .filter(known -> known.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no class of streams '" + id + "'; there are "
                        + List.of(values()).stream().map(StreamClass::id).toList()));
    }

    /** {@code h264} or {@code h265}: also how the file's name ends. */
    public String codec() {
        return codec;
    }

    public int gopSeconds() {
        return gopSeconds;
    }

    /** Whether nothing ever moves. */
    boolean isQuiet() {
        return this == QUIET || this == QUIET_CBR;
    }

    /** Whether the light changes at once wherever such a stream is played from its beginning. */
    public boolean isLightChanging() {
        return this == SITE_LIGHT;
    }

    /** Whether the encoder spends the same bits on everything. */
    boolean isConstantRate() {
        return quality == CONSTANT_RATE;
    }

    /** The encoder's constant rate factor below the cap. */
    int quality() {
        return quality;
    }

    double noise() {
        return noise;
    }

    Light light() {
        return light;
    }
}
