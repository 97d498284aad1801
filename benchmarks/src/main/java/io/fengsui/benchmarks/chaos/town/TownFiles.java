package io.fengsui.benchmarks.chaos.town;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The files that the programs of a town are started with. */
public final class TownFiles {
    /** How many sensors a group has. */
    public static final int GROUP = 12;

    public static final String KIND = "water.level.high";

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
                brokers: [{name: village, uri: "mqtt://127.0.0.1:%d", client-id: %s, keep-alive: 8s}]
                rules:
                  - {id: level, kind: %s, severity: major, threshold: {quantity: level, above: 0.5, clear-below: 0.5}}
                sensors:
                """.formatted(agent.box(), agent.data(), agent.hub(), agent.ops(), agent.broker(), agent.client(), KIND)
                        + groups.stream().map(TownFiles::sensors).collect(Collectors.joining()));
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
