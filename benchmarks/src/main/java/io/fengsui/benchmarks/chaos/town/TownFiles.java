package io.fengsui.benchmarks.chaos.town;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The files that the programs of a town are started with. */
public final class TownFiles {
    /** How many sensors a group has. */
    public static final int GROUP = 12;

    public static final String KIND = "water.level.high";

    /** Told of a level that stands for a while, of the sensors of the group {@value #HELD}. */
    public static final String HELD_KIND = "water.level.held";

    /** The group whose sensors a rule with a hold watches. */
    public static final String HELD = "held";

    /** How long. */
    public static final int HOLD_SECONDS = 10;

    static final String KEEP_ALIVE = "keep-alive: 8s";

    static final String EDGES = "edges: {heartbeat: 1s, silent-after: 12s}";

    private TownFiles() {}

    public static Path hub(Path project, Path folder, int port) throws IOException {
        Path config = Files.createDirectories(folder.resolve("hub-config/workflows"));
        Path shipped = project.resolve("config");
        Files.copy(shipped.resolve("ticket-policy.yaml"), folder.resolve("hub-config/ticket-policy.yaml"));
        Files.copy(shipped.resolve("workflows/nine-step.yaml"), config.resolve("nine-step.yaml"));
        return Files.writeString(
                folder.resolve("hub-config/central-hub.yaml"), """
                listen: {address: 127.0.0.1, port: %d}
                data: %s
                tickets: {policy: ticket-policy.yaml, workflows: [workflows/nine-step.yaml], window: 24h}
                %s
                console: {open-on-loopback: true}
                """.formatted(port, folder.resolve("hub-data"), EDGES));
    }

    /**
     * Who an agent is and where it finds the others.
     *
     * @param box its id at the hub
     * @param client its id at the broker
     */
    public record Agent(String box, String client, Path data, int hub, int ops, int broker) {}

    public static Path agent(Path file, Agent agent, List<String> groups) throws IOException {
        return Files.writeString(
                file,
                """
                edge: {id: %s, site: village}
                data-dir: %s
                storage: {max-spool: 2GiB, max-evidence: 4GiB}
                hub: {address: "127.0.0.1:%d"}
                ops: {listen: "127.0.0.1:%d"}
                vision: {enabled: false}
                brokers: [{name: village, uri: "mqtt://127.0.0.1:%d", client-id: %s, %s}]
                rules:
                  - {id: level, kind: %s, severity: major, threshold: {quantity: level, above: 0.5, clear-below: 0.5}}
                %ssensors:
                """.formatted(
                                        agent.box(),
                                        agent.data(),
                                        agent.hub(),
                                        agent.ops(),
                                        agent.broker(),
                                        agent.client(),
                                        KEEP_ALIVE,
                                        KIND,
                                        groups.contains(HELD) ? held() : "")
                        + groups.stream().map(TownFiles::sensors).collect(Collectors.joining()));
    }

    private static String held() {
        String sensors = IntStream.range(0, GROUP).mapToObj(i -> HELD + "-" + i).collect(Collectors.joining(", "));
        return ("  - {id: held, kind: %s, severity: major, threshold: {quantity: level, sensors: [%s], above: 0.5,"
                        + " clear-below: 0.5, for: %ds}}%n")
                .formatted(HELD_KIND, sensors, HOLD_SECONDS);
    }

    /** A group's sensors; {@code name*many} has so many. */
    private static String sensors(String group) {
        int star = group.indexOf('*');
        String name = star < 0 ? group : group.substring(0, star);
        int many = star < 0 ? GROUP : Integer.parseInt(group.substring(star + 1));
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < many; i++) {
            lines.append(
                    "  - {id: %1$s-%2$d, topic: chaos/%1$s-%2$d, quantity: level, measure: {pointer: /v, unit: m}}%n"
                            .formatted(name, i));
        }
        return lines.toString();
    }

    public static Path mosquitto(Path folder, int port) throws IOException {
        return Files.writeString(folder.resolve("mosquitto.conf"), """
                listener %d 127.0.0.1
                allow_anonymous true
                persistence false
                max_queued_messages 0
                user root
                """.formatted(port));
    }
}
