package io.fengsui.hub.grid.place;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.protocol.value.Name;
import io.fengsui.settings.Problem;
import io.fengsui.settings.Problems;
import io.fengsui.settings.Where;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Areas as a GeoJSON feature collection (RFC 7946): properties {@code code}, {@code level}, {@code name} or {@code
 * name_zh} and {@code name_en}, {@code parent}, {@code leader}; geometry Polygon, MultiPolygon or null.
 */
public final class GeoJsonAreas {
    public static final int MAX_AREAS = 100_000;
    private static final int MAX_POINTS = 2_000_000;
    private static final int MAX_DEPTH = 16;
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(65_536)
                    .build())
            .build());

    private final String file;
    private final Problems problems;
    private int points;

    private GeoJsonAreas(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** What can be read; everything that cannot be is a problem that names its feature. */
    public static List<Area> read(String file, byte[] content, Problems problems) {
        return new GeoJsonAreas(file, problems).areas(content);
    }

    private List<Area> areas(byte[] content) {
        JsonNode features;
        try {
            features = JSON.readTree(content).path("features");
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            problems.add(
                    Where.file(file), Problem.Code.SYNTAX, "is not JSON: " + message, "a GeoJSON feature collection");
            return List.of();
        }
        if (!features.isArray() || features.size() > MAX_AREAS) {
            problems.add(
                    Where.file(file),
                    Problem.Code.VALUE,
                    "has no list of at most " + MAX_AREAS + " features",
                    "{\"type\": \"FeatureCollection\", \"features\": […]}");
            return List.of();
        }
        List<Area> areas = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            Area area = area(features.get(i), i);
            if (area != null) {
                areas.add(area);
            }
        }
        return areas;
    }

    private @Nullable Area area(JsonNode feature, int index) {
        JsonNode properties = feature.path("properties");
        try {
            AreaLevel level = level(text(properties, "level"));
            String zh = properties.has("name") ? text(properties, "name") : text(properties, "name_zh");
            return new Area(
                    text(properties, "code"),
                    level,
                    new Name(zh, text(properties, "name_en")),
                    text(properties, "parent"),
                    text(properties, "leader"),
                    shape(feature.path("geometry")));
        } catch (IllegalArgumentException e) {
            problems.add(
                    new Where(file, 0, 0, "features[" + index + "]"),
                    Problem.Code.VALUE,
                    String.valueOf(e.getMessage()),
                    "properties code, level, name, parent; geometry Polygon, MultiPolygon or null");
            return null;
        }
    }

    static AreaLevel level(String text) {
        try {
            return AreaLevel.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("level is city, town, village or grid, not '" + text + "'", e);
        }
    }

    private static String text(JsonNode properties, String key) {
        JsonNode value = properties.path(key);
        return value.isTextual() || value.isIntegralNumber() ? value.asText() : "";
    }

    private @Nullable Shape shape(JsonNode geometry) {
        JsonNode coordinates = geometry.path("coordinates");
        return switch (geometry.path("type").asText("")) {
            case "Polygon" -> new Shape(List.of(rings(coordinates)));
            case "MultiPolygon" -> {
                List<List<double[]>> polygons = new ArrayList<>();
                coordinates.forEach(polygon -> polygons.add(rings(polygon)));
                yield polygons.isEmpty() ? null : new Shape(polygons);
            }
            case "" -> null;
            case String other -> throw new IllegalArgumentException("the geometry " + other + " is no area");
        };
    }

    private List<double[]> rings(JsonNode polygon) {
        if (!polygon.isArray() || polygon.isEmpty()) {
            throw new IllegalArgumentException("the polygon has no ring");
        }
        List<double[]> rings = new ArrayList<>();
        polygon.forEach(ring -> rings.add(ring(ring)));
        return rings;
    }

    private double[] ring(JsonNode ring) {
        points += ring.size();
        if (ring.size() < 4 || points > MAX_POINTS) {
            throw new IllegalArgumentException("a ring has 4 points or more, and the file at most " + MAX_POINTS);
        }
        double[] flat = new double[ring.size() * 2];
        for (int i = 0; i < ring.size(); i++) {
            double longitude = ring.get(i).path(0).asDouble(Double.NaN);
            double latitude = ring.get(i).path(1).asDouble(Double.NaN);
            if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)) {
                throw new IllegalArgumentException("point " + i + " of a ring is not [longitude, latitude] in degrees");
            }
            flat[2 * i] = longitude;
            flat[2 * i + 1] = latitude;
        }
        if (flat[0] != flat[flat.length - 2] || flat[1] != flat[flat.length - 1]) {
            throw new IllegalArgumentException("a ring does not end where it begins");
        }
        return flat;
    }

    /** An area with a rectangle for its polygon: west, south, east, north. */
    public static Area rectangle(Area area, double[] box) {
        double[] ring = {box[0], box[1], box[2], box[1], box[2], box[3], box[0], box[3], box[0], box[1]};
        return new Area(
                area.code(),
                area.level(),
                area.name(),
                area.parent(),
                area.leader(),
                new Shape(List.of(List.of(ring))));
    }

    /** The same areas as GeoJSON, one feature a line. */
    public static String write(Collection<Area> areas) {
        List<String> lines = new ArrayList<>();
        for (Area area : areas) {
            ObjectNode feature = JSON.createObjectNode().put("type", "Feature");
            feature.putObject("properties")
                    .put("code", area.code())
                    .put("level", area.level().name().toLowerCase(Locale.ROOT))
                    .put("name", area.name().zh())
                    .put("name_en", area.name().en())
                    .put("parent", area.parent())
                    .put("leader", area.leader());
            feature.set("geometry", geometry(area.shape()));
            lines.add(feature.toString());
        }
        return "{\"type\": \"FeatureCollection\", \"features\": [\n" + String.join(",\n", lines) + "\n]}\n";
    }

    private static @Nullable JsonNode geometry(@Nullable Shape shape) {
        if (shape == null) {
            return JSON.nullNode();
        }
        ObjectNode geometry = JSON.createObjectNode().put("type", "MultiPolygon");
        ArrayNode polygons = geometry.putArray("coordinates");
        for (List<double[]> rings : shape.polygons()) {
            ArrayNode polygon = polygons.addArray();
            for (double[] ring : rings) {
                ArrayNode points = polygon.addArray();
                for (int i = 0; i < ring.length; i += 2) {
                    points.addArray().add(ring[i]).add(ring[i + 1]);
                }
            }
        }
        return geometry;
    }
}
