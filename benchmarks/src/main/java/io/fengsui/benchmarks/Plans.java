package io.fengsui.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The files that the programs of a run are started with. */
final class Plans {
    /** Streets that field-sim can draw. Cameras share them; each has its own stream. */
    private static final int STREETS = 8;

    private Plans() {}

    /** Cameras in front of which nothing happens: 640x360, 15 a second. */
    static Path scenario(Bench bench, int cameras) throws IOException {
        String lines = IntStream.range(0, cameras)
                .mapToObj(i -> "  - {id: cam-%d, place: %d}%n".formatted(i, 1 + i % STREETS))
                .collect(Collectors.joining());
        return Files.writeString(
                bench.work().resolve("scenario.yaml"),
                "width: 640\nheight: 360\nframes-per-second: 15\ncameras:\n" + lines + "sensors: []\n");
    }

    /** The hub's file as it is shipped, with another folder and port. */
    static Path hub(Bench bench, int port) throws IOException {
        Path shipped = bench.project().resolve("config");
        Path folder = bench.freshFolder("hub-config");
        for (String part : List.of("ticket-policy.yaml", "deadlines.yaml", "workflows", "calendar")) {
            copy(shipped.resolve(part), folder.resolve(part));
        }
        String text = Files.readString(shipped.resolve("central-hub.yaml"))
                .replaceFirst("(?m)^data:.*", "data: " + bench.fresh("hub-data"))
                .replaceFirst("(?m)^  port: 8600", "  port: " + port)
                .replaceFirst("(?m)^  open-on-loopback:.*", "  open-on-loopback: true");
        return Files.writeString(folder.resolve("central-hub.yaml"), text);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Files.copy(one, to.resolve(from.relativize(one)));
            }
        }
    }

    /**
     * What an agent watches and where it finds it.
     *
     * @param gate of every camera
     */
    record Edge(int hub, int ops, int rtsp, int mqtt, int cameras, int sensors, String gate) {}

    /** An agent with a zone and a rule on every camera, and a smoke rule. */
    static Path edge(Bench bench, Edge edge) throws IOException {
        String text = """
                edge: {id: edge-bench, site: bench}
                data-dir: %s
                hub: {address: "127.0.0.1:%d"}
                ops: {listen: "127.0.0.1:%d"}
                vision: {models: %s, model: nanodet-g, version: "1", workers: 1, infer-threads: 1}
                """.formatted(
                        bench.fresh("edge-data"),
                        edge.hub(),
                        edge.ops(),
                        bench.project().resolve("models"));
        return Files.writeString(bench.fresh("edge-agent.yaml"), text + cameras(edge) + sensors(edge) + rules(edge));
    }

    private static String cameras(Edge edge) {
        return edge.cameras() == 0
                ? ""
                : "cameras:\n"
                        + IntStream.range(0, edge.cameras())
                                .mapToObj(i -> camera(i, edge))
                                .collect(Collectors.joining());
    }

    private static String camera(int number, Edge edge) {
        return """
                  - id: cam-%d
                    rtsp: {uri: "rtsp://127.0.0.1:%d/cam-%d"}
                    gate: %s
                    zones: [{id: yard, polygon: [[0.25, 0.70], [0.80, 0.70], [0.80, 1.00], [0.25, 1.00]]}]
                """.formatted(number, edge.rtsp(), number, edge.gate());
    }

    private static String sensors(Edge edge) {
        return "brokers: [{name: bench, uri: \"mqtt://127.0.0.1:%d\", version: v5, client-id: edge-bench}]%nsensors:%n"
                        .formatted(edge.mqtt())
                + IntStream.range(0, edge.sensors())
                        .mapToObj(i ->
                                "  - {id: smoke-%d, topic: bench/smoke/%d, quantity: smoke, state: {pointer: /smoke}}%n"
                                        .formatted(i, i))
                        .collect(Collectors.joining());
    }

    private static String rules(Edge edge) {
        String smoke = """
                rules:
                  - {id: smoke, kind: fire.smoke, severity: critical, state: {quantity: smoke}}
                """;
        String intrusion =
                "  - {id: yard, kind: safety.intrusion, severity: major, dwell: {zone: yard, labels: [person], time: 5s}}\n";
        return edge.cameras() == 0 ? smoke : smoke + intrusion;
    }
}
