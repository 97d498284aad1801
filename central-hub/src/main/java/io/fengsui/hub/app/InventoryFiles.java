package io.fengsui.hub.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fengsui.protocol.link.CameraInfo;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.link.SensorInfo;
import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import io.fengsui.settings.Problem;
import io.fengsui.settings.Problems;
import io.fengsui.settings.Where;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Cameras and sensors as {@code places generate} writes them, put together by box: CSV in UTF-8 with the columns
 * {@link #COLUMNS}. A line that cannot be read is a problem with its number; files of more than {@value #MAX_BYTES} bytes
 * are not read.
 */
final class InventoryFiles {
    static final List<String> COLUMNS =
            List.of("id", "kind", "grid", "longitude", "latitude", "edge", "name_zh", "name_en");
    private static final long MAX_BYTES = 64L << 20;

    /** One line of a file. */
    private record Device(String id, String kind, Place place, String edge, Name name) {}

    private InventoryFiles() {}

    /** What each box has; whole only where there is no problem. */
    static Map<String, Hello.Inventory> read(Path cameras, Path sensors, Problems problems) {
        Map<String, List<Device>> ofCameras = byEdge(cameras, problems);
        Map<String, List<Device>> ofSensors = byEdge(sensors, problems);
        Map<String, Hello.Inventory> inventories = new TreeMap<>();
        if (problems.isEmpty()) {
            TreeSet<String> edges = new TreeSet<>(ofCameras.keySet());
            edges.addAll(ofSensors.keySet());
            for (String edge : edges) {
                inventories.put(
                        edge,
                        inventory(ofCameras.getOrDefault(edge, List.of()), ofSensors.getOrDefault(edge, List.of())));
            }
        }
        return inventories;
    }

    private static Hello.Inventory inventory(List<Device> cameras, List<Device> sensors) {
        return new Hello.Inventory(
                cameras.stream()
                        .map(one -> new CameraInfo(one.id(), one.name(), one.place(), one.id()))
                        .toList(),
                sensors.stream()
                        .map(one -> new SensorInfo(one.id(), one.name(), one.place(), one.id(), one.kind()))
                        .toList(),
                List.of());
    }

    private static Map<String, List<Device>> byEdge(Path file, Problems problems) {
        List<Device> devices = new ArrayList<>();
        List<String> lines = lines(file, problems);
        for (int i = 0; i < lines.size(); i++) {
            Where where = new Where(file.toString(), i + 1, 1, "");
            List<String> fields = List.of(lines.get(i).split(",", -1));
            if (i == 0 && !fields.equals(COLUMNS)) {
                problems.add(where, Problem.Code.VALUE, "names other columns", String.join(",", COLUMNS));
                return Map.of();
            }
            if (i > 0) {
                try {
                    devices.add(device(fields));
                } catch (IllegalArgumentException e) {
                    problems.add(where, Problem.Code.VALUE, String.valueOf(e.getMessage()), String.join(",", COLUMNS));
                }
            }
        }
        Map<String, List<Device>> byEdge =
                devices.stream().collect(Collectors.groupingBy(Device::edge, TreeMap::new, Collectors.toList()));
        byEdge.forEach((edge, ofEdge) -> {
            if (ofEdge.size() > Hello.MAX_INVENTORY) {
                problems.add(
                        Where.file(file.toString()),
                        Problem.Code.VALUE,
                        edge + " has " + ofEdge.size() + " devices",
                        "at most " + Hello.MAX_INVENTORY + " of one box");
            }
        });
        return byEdge;
    }

    private static Device device(List<String> fields) {
        if (fields.size() != COLUMNS.size()) {
            throw new IllegalArgumentException(fields.size() + " fields under " + COLUMNS.size() + " columns");
        }
        Checks.id("id", fields.get(0));
        Checks.id("edge", fields.get(5));
        return new Device(
                fields.get(0),
                fields.get(1),
                new Place(
                        Name.NONE,
                        fields.get(2),
                        new Place.Position(Double.parseDouble(fields.get(3)), Double.parseDouble(fields.get(4)))),
                fields.get(5),
                new Name(fields.get(6), fields.get(7)));
    }

    private static List<String> lines(Path file, Problems problems) {
        try {
            if (Files.size(file) <= MAX_BYTES) {
                return Files.readString(file, UTF_8).lines().toList();
            }
            problems.add(
                    Where.file(file.toString()),
                    Problem.Code.FILE,
                    "has more than " + MAX_BYTES + " bytes",
                    "a smaller file");
        } catch (IOException e) {
            problems.add(
                    Where.file(file.toString()),
                    Problem.Code.FILE,
                    "cannot be read (" + e.getClass().getSimpleName() + ")",
                    "a folder that `central-hub places generate` has written");
        }
        return List.of();
    }
}
