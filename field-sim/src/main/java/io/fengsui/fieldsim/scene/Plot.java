package io.fengsui.fieldsim.scene;

import java.util.List;

/**
 * The short stories that a camera can show. What counts happens inside the zone {@link #ZONE}, a rectangle whose edges a rule on
 * the edge can take as they are.
 */
public enum Plot {
    /** A person walks in from the left, stands in the zone for twelve seconds, and leaves to the right. */
    PERSON_DWELLS(20, 2.6, 17.5),
    /** A car drives in, stands in the zone for fourteen seconds, and drives on. */
    CAR_STOPS(20, 3, 17),
    /** A person walks by on the pavement, outside of the zone: nothing may come of it. */
    PERSON_PASSES(12, 0, 12);

    /** Left, top, right and bottom of the zone in 0..1 of the picture. */
    public static final List<Double> ZONE = List.of(0.25, 0.70, 0.80, 1.0);

    private static final List<Integer> COATS = List.of(0x243c6e, 0x963228, 0x2d6e46, 0x6a5a30);

    private final int seconds;
    private final double begins;
    private final double ends;

    Plot(int seconds, double begins, double ends) {
        this.seconds = seconds;
        this.begins = begins;
        this.ends = ends;
    }

    /** Seconds from the first frame to the moment from which on the condition holds. */
    public double begins() {
        return begins;
    }

    public double ends() {
        return ends;
    }

    public SceneScript script(PictureSize size, int framesPerSecond, int place, Light light) {
        return new SceneScript(size, framesPerSecond, seconds, place, light, List.of(actor(place)));
    }

    private Actor actor(int place) {
        int coat = COATS.get(Math.floorMod(place, COATS.size()));
        return switch (this) {
            case PERSON_DWELLS ->
                new Actor.Walker(
                        0.46,
                        coat,
                        Route.of(
                                new Waypoint(0, -0.12, 0.86),
                                new Waypoint(4, 0.52, 0.86),
                                new Waypoint(16, 0.52, 0.86),
                                new Waypoint(20, 1.12, 0.86)));
            case CAR_STOPS ->
                new Actor.Car(
                        0.38,
                        0xaaafb6,
                        Route.of(
                                new Waypoint(0, -0.25, 0.90),
                                new Waypoint(3, 0.52, 0.90),
                                new Waypoint(17, 0.52, 0.90),
                                new Waypoint(20, 1.25, 0.90)));
            case PERSON_PASSES ->
                new Actor.Walker(0.42, coat, Route.of(new Waypoint(0, -0.12, 0.63), new Waypoint(12, 1.12, 0.63)));
        };
    }
}
