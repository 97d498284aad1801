package io.fengsui.hub.app;

import io.fengsui.hub.grid.place.Area;
import io.fengsui.hub.grid.place.AreaLevel;
import io.fengsui.hub.grid.place.GeoJsonAreas;
import io.fengsui.protocol.value.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A made-up district of the size of Haicheng: 7 streets, 51 villages, 520 grids, 43 units, and cameras and sensors that
 * stand in its grids, one box for each village. The same seed gives the same district. Nothing in it is a real border, name or number.
 */
final class GeneratedTown {
    static final int CAMERAS = 10_000;
    static final int SENSORS = 5_000;
    private static final String DISTRICT = "990100";
    private static final int STREETS = 7;
    private static final int VILLAGES = 51;
    private static final int GRIDS = 520;
    private static final double WEST = 109.08;
    private static final double SOUTH = 21.42;
    private static final double WIDTH = 0.014;
    private static final double HEIGHT = 0.0072;
    private static final double CELL = 0.0012;
    private static final List<String> DEPARTMENTS = List.of(
            "fire-brigade 消防救援大队 fire.*,gas.*",
            "police 公安分局 safety.*",
            "emergency 应急管理局 water.level.*",
            "water 供水公司 water.*",
            "traffic-police 交警大队 traffic.*,vehicle.*",
            "housekeeping 智能化运维中心 health.*,security.*");
    private static final Map<String, String> NAMES =
            Map.of("camera", "摄像机", "smoke", "烟感", "water-level", "水位计", "water-meter", "水表", "alarm-button", "报警按钮");
    private static final List<String> SENSOR_KINDS = List.of("smoke", "water-level", "water-meter", "alarm-button");

    /** One file of it. */
    record TownFile(String name, String content) {}

    private final SplittableRandom random;
    private final List<Area> areas = new ArrayList<>();
    private final List<String> grids = new ArrayList<>();
    private final List<double[]> corners = new ArrayList<>();

    GeneratedTown(long seed) {
        random = new SplittableRandom(seed);
        areas.add(new Area(DISTRICT, AreaLevel.CITY, new Name("示例区", "Example district"), "", "", null));
        int village = 0;
        for (int street = 1; street <= STREETS; street++) {
            String code = DISTRICT + two(street);
            areas.add(new Area(
                    code, AreaLevel.TOWN, new Name("第" + street + "街道", "Street " + street), DISTRICT, "", null));
            int here = VILLAGES / STREETS + (street <= VILLAGES % STREETS ? 1 : 0);
            for (int i = 1; i <= here; i++, village++) {
                village(code, street, i, GRIDS / VILLAGES + (village < GRIDS % VILLAGES ? 1 : 0));
            }
        }
    }

    private void village(String street, int column, int row, int cells) {
        String code = street + two(row);
        areas.add(new Area(code, AreaLevel.VILLAGE, new Name("第" + row + "社区", "Village " + row), street, "", null));
        double west = WEST + (column - 1) * WIDTH;
        double south = SOUTH + (row - 1) * HEIGHT;
        for (int i = 0; i < cells; i++) {
            double x = west + i * CELL;
            String grid = code + "-" + two(i + 1);
            areas.add(GeoJsonAreas.rectangle(
                    new Area(
                            grid,
                            AreaLevel.GRID,
                            new Name("网格" + (i + 1), "Grid " + (i + 1)),
                            code,
                            "网格长" + grid,
                            null),
                    new double[] {x, south, x + CELL, south + HEIGHT}));
            grids.add(grid);
            corners.add(new double[] {x, south});
        }
    }

    List<Area> areas() {
        return List.copyOf(areas);
    }

    List<TownFile> files() {
        return List.of(
                new TownFile("areas.geojson", GeoJsonAreas.write(areas)),
                new TownFile("units.yaml", units()),
                new TownFile("cameras.csv", devices("cam", CAMERAS, List.of("camera"))),
                new TownFile("sensors.csv", devices("sensor", SENSORS, SENSOR_KINDS)));
    }

    private String units() {
        StringBuilder text = new StringBuilder("# Units of a generated district.\nunits:\n");
        for (String line : DEPARTMENTS) {
            String[] parts = line.split(" ", 3);
            unit(text, parts[0], parts[1], "{kinds: [\"" + parts[2].replace(",", "\", \"") + "\"]}");
        }
        for (int street = 1; street <= STREETS; street++) {
            String code = DISTRICT + two(street);
            unit(text, "street-" + street, "第" + street + "街道办", "{kinds: [\"*\"], areas: [\"" + code + "\"]}");
            for (String what : List.of("urban 综合执法队 safety.*", "water 河长办 water.level.*", "fire 微型消防站 fire.*")) {
                String[] parts = what.split(" ", 3);
                unit(
                        text,
                        "street-" + street + "-" + parts[0],
                        "第" + street + "街道" + parts[1],
                        "{kinds: [\"" + parts[2] + "\"], areas: [\"" + code + "\"]}");
            }
        }
        for (int i = 1; i <= 9; i++) {
            String code = DISTRICT + "01" + two(Math.min(i, 8));
            unit(text, "property-" + i, "物业" + i, "{kinds: [\"water.leak\"], areas: [\"" + code + "\"]}");
        }
        return text.toString();
    }

    private static void unit(StringBuilder text, String id, String name, String answer) {
        text.append("  - id: ").append(id).append('\n');
        text.append("    name: {zh: ").append(name).append("}\n");
        text.append("    answers: [").append(answer).append("]\n");
        text.append("    duty:\n      - {person: 白班, from: \"08:00\", to: \"20:00\"}\n");
        text.append("      - {person: 夜班, from: \"20:00\", to: \"08:00\"}\n");
    }

    private String devices(String prefix, int count, List<String> kinds) {
        StringBuilder text = new StringBuilder(String.join(",", InventoryFiles.COLUMNS)).append('\n');
        for (int i = 0; i < count; i++) {
            int grid = i % grids.size();
            double longitude = corners.get(grid)[0] + (0.05 + 0.9 * random.nextDouble()) * CELL;
            double latitude = corners.get(grid)[1] + (0.05 + 0.9 * random.nextDouble()) * HEIGHT;
            String village = grids.get(grid).substring(0, grids.get(grid).indexOf('-'));
            String kind = kinds.get(i % kinds.size());
            text.append(String.format(
                    Locale.ROOT,
                    "%s-%05d,%s,%s,%.6f,%.6f,edge-%s,%s%d号,%s %d\n",
                    prefix,
                    i + 1,
                    kind,
                    grids.get(grid),
                    longitude,
                    latitude,
                    village,
                    NAMES.get(kind),
                    i + 1,
                    kind,
                    i + 1));
        }
        return text.toString();
    }

    private static String two(int number) {
        return String.format(Locale.ROOT, "%02d", number);
    }
}
