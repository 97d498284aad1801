package io.fengsui.fieldsim.library;

import io.fengsui.fieldsim.scene.Actor;
import io.fengsui.fieldsim.scene.PictureSize;
import io.fengsui.fieldsim.scene.Route;
import io.fengsui.fieldsim.scene.SceneScript;
import io.fengsui.fieldsim.scene.Waypoint;
import java.util.List;

/**
 * One stream of the library: two minutes of a street, in which six seconds after the middle somebody may come by.
 *
 * @param variant 0 to 3: who comes by, and where
 */
public record StreamRecipe(StreamClass kind, int variant) {
    public static final int VARIANTS = 4;
    public static final int SECONDS = 120;
    public static final int FRAMES_PER_SECOND = 15;

    /**
     * Pictures that are encoded before the first one: the scene's own last ones, so that a stream that is played again and again
     * goes on as an encoder that never stopped. Whole GOPs of each class.
     */
    public static final int LEAD_IN = 20 * FRAMES_PER_SECOND;

    /** To be raised when anything changes that is not in the encoder's arguments. */
    private static final int VERSION = 3;

    private static final double ACTIVE_SECONDS = 6;
    /** Kilobits a second that a constant rate holds. */
    private static final int CONSTANT_RATE = 400;

    private static final int VARIABLE_CAP = 640;

    /**
     * Who comes by.
     *
     * @param size of the object, for the figures
     */
    record Guest(String size, Actor actor) {}

    public StreamRecipe {
        if (variant < 0 || variant >= VARIANTS) {
            throw new IllegalArgumentException("a variant is 0 to " + (VARIANTS - 1) + ", not " + variant);
        }
    }

    /** All variants of some classes. */
    public static List<StreamRecipe> of(List<StreamClass> kinds) {
        return kinds.stream()
                .flatMap(kind -> java.util.stream.IntStream.range(0, VARIANTS)
                        .mapToObj(variant -> new StreamRecipe(kind, variant)))
                .toList();
    }

    public String name() {
        return kind.id() + '-' + variant;
    }

    /** {@code large}, {@code middle}, {@code car} or {@code small}. */
    public String size() {
        return guest().size();
    }

    public SceneScript script() {
        return new SceneScript(
                PictureSize.SMALL,
                FRAMES_PER_SECOND,
                SECONDS,
                variant + 1,
                kind.light(),
                kind.isQuiet() ? List.of() : List.of(guest().actor()));
    }

    /** Begins at another place between two keyframes in each variant. */
    private Guest guest() {
        double at = 60.2 + 0.4 * variant;
        double to = at + ACTIVE_SECONDS;
        return switch (variant) {
            // Steps out of a door, so that the first changed picture shows all of them.
            case 0 ->
                new Guest("large", walker(0.46, 0x243c6e, new Waypoint(at, 0.22, 0.90), new Waypoint(to, 0.78, 0.92)));
            case 1 ->
                new Guest(
                        "middle", walker(0.32, 0x963228, new Waypoint(at, -0.06, 0.80), new Waypoint(to, 0.70, 0.82)));
            case 2 ->
                new Guest(
                        "car",
                        new Actor.Car(
                                0.34, 0xaaafb6, Route.of(new Waypoint(at, -0.20, 0.88), new Waypoint(to, 1.18, 0.88))));
            default ->
                new Guest("small", walker(0.24, 0x2d6e46, new Waypoint(at, 0.35, 0.72), new Waypoint(to, 0.65, 0.73)));
        };
    }

    private static Actor walker(double height, int coat, Waypoint from, Waypoint to) {
        return new Actor.Walker(height, coat, Route.of(from, to));
    }

    /** How ffmpeg encodes it: no B-pictures, no look-ahead, one thread, parameter sets at each keyframe, as cameras do. */
    List<String> encoderArguments() {
        int gop = kind.gopSeconds() * FRAMES_PER_SECOND;
        boolean isH264 = kind.codec().equals("h264");
        String keys =
                "keyint=" + gop + ":min-keyint=" + gop + ":scenecut=0:bframes=0:rc-lookahead=0:aud=1:repeat-headers=1";
        String own = isH264
                ? keys + ":ref=1:threads=1:lookahead-threads=1:sliced-threads=0:mbtree=0"
                : keys + ":pools=1:frame-threads=1:wpp=0:log-level=error:open-gop=0:ref=1";
        String vbv = kind.isConstantRate()
                ? ":bitrate=" + CONSTANT_RATE + ":vbv-maxrate=" + CONSTANT_RATE + ":vbv-bufsize=" + CONSTANT_RATE
                : ":crf=" + kind.quality() + ":vbv-maxrate=" + VARIABLE_CAP + ":vbv-bufsize=" + 2 * VARIABLE_CAP;
        return isH264
                ? List.of(
                        "-c:v",
                        "libx264",
                        "-preset",
                        "veryfast",
                        "-profile:v",
                        "main",
                        "-x264-params",
                        own + vbv,
                        "-f",
                        "h264")
                : List.of("-c:v", "libx265", "-preset", "superfast", "-x265-params", own + vbv, "-f", "hevc");
    }

    /** Differs whenever the file would. */
    String fingerprint() {
        String light = kind.isLightChanging() ? "light " + SiteLight.VERSION + " " : "";
        return VERSION + " " + light + script() + " " + kind.noise() + " " + encoderArguments();
    }
}
