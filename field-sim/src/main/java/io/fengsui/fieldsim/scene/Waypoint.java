package io.fengsui.fieldsim.scene;

/** Where an actor stands on the ground at a time; x and y in 0..1 of the picture, and a little outside of it. */
public record Waypoint(double seconds, double x, double y) {
    public Waypoint {
        if (!(seconds >= 0) || !(Math.abs(x) <= 3) || !(Math.abs(y) <= 3)) {
            throw new IllegalArgumentException("no waypoint: " + seconds + " s at " + x + ',' + y);
        }
    }
}
