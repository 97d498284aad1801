package io.fengsui.rules.reader;

import io.fengsui.rules.LineCheck;
import io.fengsui.rules.LineCheck.Direction;
import io.fengsui.rules.RuleCheck;
import io.fengsui.rules.RuleCheck.Attendance;
import io.fengsui.rules.RuleCheck.ObjectFilter;
import io.fengsui.rules.RuleCheck.Shape;
import io.fengsui.rules.RuleScope;
import io.fengsui.rules.condition.Condition;
import io.fengsui.rules.condition.ConditionScope;
import io.fengsui.rules.geometry.Point;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem.Code;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Reads the checks of pictures. Confined to one thread. */
final class ObjectCheckReader {
    /** Keys of a rule that are checks of pictures. */
    static final List<String> KEYS = List.of("dwell", "stopped", "left", "count", "line");

    private static final Duration USUAL_COUNT_TIME = Duration.ofSeconds(10);

    private final RuleScope scope;

    ObjectCheckReader(RuleScope scope) {
        this.scope = scope;
    }

    Optional<RuleCheck> read(String key, MapReader map) {
        return switch (key) {
            case "dwell" -> dwell(map);
            case "count" -> count(map);
            case "stopped" -> stopped(map);
            case "left" -> left(map);
            case "line" -> line(map);
            default -> throw new IllegalArgumentException("no check of pictures: " + key);
        };
    }

    private Optional<RuleCheck> dwell(MapReader map) {
        Optional<ObjectFilter> filter = objects(map);
        Duration time = RuleReader.time(map, "time", null);
        Duration grace = RuleReader.time(map, "exit-grace", RuleCheck.Dwell.DEFAULT_EXIT_GRACE);
        int inertia = map.integer("inertia", 1, 100, RuleCheck.Dwell.DEFAULT_INERTIA);
        return map.finish(() -> new RuleCheck.Dwell(filter.orElseThrow(), time, grace, inertia));
    }

    private Optional<RuleCheck> count(MapReader map) {
        Optional<ObjectFilter> filter = objects(map);
        int atLeast = map.integer("at-least", 1, 1000);
        Duration time = RuleReader.time(map, "time", USUAL_COUNT_TIME);
        Duration grace = RuleReader.time(map, "exit-grace", RuleCheck.Stopped.DEFAULT_EXIT_GRACE);
        int inertia = map.integer("inertia", 1, 100, RuleCheck.Dwell.DEFAULT_INERTIA);
        return map.finish(() -> new RuleCheck.Dwell(filter.orElseThrow(), time, grace, inertia, atLeast));
    }

    private Optional<RuleCheck> stopped(MapReader map) {
        return still(map, Attendance.NONE);
    }

    private Optional<RuleCheck> left(MapReader map) {
        List<String> labels =
                map.has("owners") ? RuleReader.known(map, "owners", scope.labels(), "label") : List.of("person");
        double within = map.number("within", 0.1, 100, Attendance.USUAL_WITHIN);
        return still(map, new Attendance(labels, within));
    }

    private Optional<RuleCheck> still(MapReader map, Attendance attended) {
        Optional<ObjectFilter> filter = objects(map);
        Duration time = RuleReader.time(map, "time", null);
        Duration grace = RuleReader.time(map, "exit-grace", RuleCheck.Stopped.DEFAULT_EXIT_GRACE);
        int inertia = map.integer("inertia", 1, 100, RuleCheck.Dwell.DEFAULT_INERTIA);
        double far = map.number("max-displacement", 0.01, 10, RuleCheck.Stopped.DEFAULT_MAX_DISPLACEMENT);
        return map.finish(() -> new RuleCheck.Stopped(filter.orElseThrow(), time, grace, inertia, far, attended));
    }

    private Optional<RuleCheck> line(MapReader map) {
        Optional<ObjectFilter> filter = objects(map);
        List<Point> points = map.required("points")
                .flatMap(v -> v.list(2))
                .map(ZoneReader::points)
                .orElse(List.of());
        boolean areInside = points.stream().allMatch(p -> p.x() >= 0 && p.x() <= 1 && p.y() >= 0 && p.y() <= 1);
        if (points.size() != 2 || !areInside) {
            map.problem(
                    "points",
                    Code.VALUE,
                    "a line goes from one point of the picture to another",
                    "[[0.1, 0.5], [0.9, 0.5]], in 0 to 1 of the picture");
        }
        Direction direction = map.enumeration("direction", Direction.class, Direction.BOTH);
        Duration coolDown = RuleReader.time(map, "cool-down", Duration.ZERO);
        return map.finish(() -> new LineCheck(filter.orElseThrow(), points.get(0), points.get(1), direction, coolDown));
    }

    private Optional<ObjectFilter> objects(MapReader map) {
        List<String> cameras = RuleReader.known(map, "cameras", scope.zones().keySet(), "camera");
        String zone = map.string("zone", "");
        List<String> labels = RuleReader.known(map, "labels", scope.labels(), "label");
        if (labels.isEmpty() && !map.has("labels")) {
            map.problem("labels", Code.MISSING, "the rule names no label", "'labels: [person]'");
        }
        double confidence = map.number("min-confidence", 0, 1, 0);
        double minArea = map.number("min-area", 0, 1, 0);
        double maxArea = map.number("max-area", 0, 1, 1);
        double displacement = map.number("min-displacement", 0, 100, 0);
        if (minArea > maxArea) {
            map.problem("min-area", Code.VALUE, "it is more than max-area", "shares of the picture, the smaller first");
        }
        Optional<Condition> when = RuleReader.when(map, ConditionScope.OBJECT);
        checkZone(map, cameras, zone);
        boolean isWhole = !labels.isEmpty() && when.isPresent() && minArea <= maxArea;
        return isWhole
                ? Optional.of(new ObjectFilter(
                        cameras, zone, labels, confidence, new Shape(minArea, maxArea, displacement), when.get()))
                : Optional.empty();
    }

    private void checkZone(MapReader map, List<String> cameras, String zone) {
        if (zone.isEmpty()) {
            return;
        }
        Collection<String> named = cameras.isEmpty() ? scope.zones().keySet() : cameras;
        TreeSet<String> zones = new TreeSet<>();
        for (String camera : named) {
            List<String> its = scope.zones().getOrDefault(camera, List.of());
            zones.addAll(its);
            if (!cameras.isEmpty() && !its.contains(zone)) {
                map.problem(
                        "zone",
                        Code.REFERENCE,
                        "camera '" + camera + "' has no zone '" + zone + "'",
                        RuleReader.oneOf(its));
            }
        }
        if (cameras.isEmpty() && !zones.contains(zone)) {
            map.problem("zone", Code.REFERENCE, "no camera has a zone '" + zone + "'", RuleReader.oneOf(zones));
        }
    }
}
