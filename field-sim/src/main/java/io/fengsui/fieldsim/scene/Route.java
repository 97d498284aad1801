package io.fengsui.fieldsim.scene;

import java.util.List;
import java.util.Optional;

/** Straight lines between waypoints, walked at even speed; the actor is away before the first and after the last. Pure. */
public record Route(List<Waypoint> waypoints) {

    /**
     * Where an actor is at a moment.
     *
     * @param direction 1 when it faces right, -1 when it faces left
     * @param travelled the way so far, in picture widths: moves the legs
     */
    record Placement(double x, double y, int direction, double travelled, boolean isMoving) {}

    public Route {
        waypoints = List.copyOf(waypoints);
        for (int i = 1; i < waypoints.size(); i++) {
            if (waypoints.get(i).seconds() <= waypoints.get(i - 1).seconds()) {
                throw new IllegalArgumentException("waypoints are in order of time");
            }
        }
        if (waypoints.size() < 2) {
            throw new IllegalArgumentException("a route has two waypoints at least");
        }
    }

    public static Route of(Waypoint... waypoints) {
        return new Route(List.of(waypoints));
    }

    Optional<Placement> at(double seconds) {
        double travelled = 0;
        int direction = 1;
        for (int i = 1; i < waypoints.size(); i++) {
            Waypoint from = waypoints.get(i - 1);
            Waypoint to = waypoints.get(i);
            double dx = to.x() - from.x();
            double dy = to.y() - from.y();
            boolean isMoving = dx != 0 || dy != 0;
            if (dx != 0) {
                direction = dx > 0 ? 1 : -1;
            }
            if (seconds >= from.seconds() && seconds < to.seconds()) {
                double part = (seconds - from.seconds()) / (to.seconds() - from.seconds());
                return Optional.of(new Placement(
                        from.x() + part * dx,
                        from.y() + part * dy,
                        direction,
                        travelled + part * Math.hypot(dx, dy),
                        isMoving));
            }
            travelled += Math.hypot(dx, dy);
        }
        return Optional.empty();
    }
}
