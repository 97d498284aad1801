package io.fengsui.rules.reader;

import io.fengsui.protocol.value.Name;
import io.fengsui.rules.geometry.Mask;
import io.fengsui.rules.geometry.Point;
import io.fengsui.rules.geometry.Polygon;
import io.fengsui.rules.geometry.PolygonFault;
import io.fengsui.rules.geometry.Zone;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem.Code;
import io.fengsui.settings.ValueReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the {@code zones} of a camera. */
public final class ZoneReader {
    private ZoneReader() {}

    /** Zones under the key {@code zones} of a camera's settings; those with problems are told of and left out. */
    public static List<Zone> read(MapReader camera) {
        List<ValueReader> items = camera.value("zones")
                .flatMap(list -> list.list(Zone.MAX_PER_CAMERA))
                .orElse(List.of());
        Set<String> ids = new HashSet<>();
        List<Zone> zones = new ArrayList<>();
        items.forEach(item -> item.map().flatMap(map -> zone(map, ids)).ifPresent(zones::add));
        return List.copyOf(zones);
    }

    /** Masks under the key {@code masks} of a camera's settings; those with problems are told of and left out. */
    public static List<Mask> masks(MapReader camera, Set<String> labels) {
        List<ValueReader> items = camera.value("masks")
                .flatMap(list -> list.list(Mask.MAX_PER_CAMERA))
                .orElse(List.of());
        return items.stream()
                .flatMap(item -> item.map().stream())
                .flatMap(map -> mask(map, labels).stream())
                .toList();
    }

    private static Optional<Mask> mask(MapReader map, Set<String> known) {
        String id = map.id("id");
        Mask.Hides hides = map.enumeration("hides", Mask.Hides.class);
        List<String> labels = RuleReader.known(map, "labels", known, "label");
        if (hides != Mask.Hides.OBJECTS && map.has("labels")) {
            map.problem("labels", Code.VALUE, "only objects have labels", "'hides: objects', or no labels");
        }
        Optional<Polygon> polygon = polygon(map);
        return map.finish(() -> new Mask(id, hides, labels, polygon.orElseThrow()));
    }

    /** A name in both languages under the key {@code name}, with {@code zh} and {@code en}; the id where it is absent. */
    static Name name(MapReader map, String absent) {
        return map.map("name").flatMap(ZoneReader::bothNames).orElse(new Name(absent, absent));
    }

    private static Optional<Name> bothNames(MapReader names) {
        String zh = names.string("zh", "");
        String en = names.string("en", "");
        return names.finish(() -> new Name(zh, en));
    }

    private static Optional<Zone> zone(MapReader map, Set<String> ids) {
        String id = map.id("id");
        if (!id.isEmpty() && !ids.add(id)) {
            map.problem("id", Code.VALUE, "the camera has a zone '" + id + "' already", "another id");
        }
        Name name = name(map, id);
        Optional<Polygon> polygon = polygon(map);
        return map.finish(() -> new Zone(id, name, polygon.orElseThrow()));
    }

    private static Optional<Polygon> polygon(MapReader map) {
        Optional<List<Point>> points = map.required("polygon")
                .flatMap(list -> list.list(Polygon.MAX_POINTS))
                .map(ZoneReader::points);
        PolygonFault fault = points.map(Polygon::check).orElse(PolygonFault.NONE);
        if (fault != PolygonFault.NONE) {
            map.problem("polygon", Code.VALUE, "the polygon " + fault.text(), fault.hint());
            return Optional.empty();
        }
        return points.map(Polygon::new);
    }

    static List<Point> points(List<ValueReader> items) {
        List<Point> points = new ArrayList<>();
        for (ValueReader item : items) {
            List<Double> xy = item.list(2).orElse(List.of()).stream()
                    .flatMap(v -> v.number(-1e6, 1e6).stream())
                    .toList();
            if (xy.size() == 2) {
                points.add(new Point(xy.get(0), xy.get(1)));
            } else {
                item.problem(Code.TYPE, "a point is a pair of numbers", "[x, y]");
            }
        }
        return points;
    }
}
