package io.fengsui.systemtests.site;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.systemtests.site.Program.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hub and an agent on this machine: their files, their ports (the same after a restart) and their processes. Confined to the
 * test's thread.
 */
public final class Site implements AutoCloseable {
    /** A hub's token; shown where there is one. */
    public record Tokens(@Nullable String console, @Nullable String edges) {
        public static final Tokens NONE = new Tokens(null, null);
    }

    private static final Duration START = Duration.ofSeconds(60);

    private final Path folder;
    private final int hubPort = freePort();
    private final int opsPort = freePort();
    private final Tokens tokens;
    private final Pages hubPages;
    private final Pages agentPages = new Pages(opsPort, null);
    private @Nullable Program hub;
    private @Nullable Program agent;

    public Site(Path folder, Tokens tokens) throws IOException {
        this.folder = folder;
        this.tokens = tokens;
        hubPages = new Pages(hubPort, tokens.console());
        Path policies = Reactor.root().resolve("config");
        Files.createDirectories(folder.resolve("workflows"));
        for (String name : List.of("ticket-policy.yaml", "workflows/nine-step.yaml")) {
            Files.copy(policies.resolve(name), folder.resolve(name));
        }
        Files.writeString(hubFile(), """
                listen: {address: 127.0.0.1, port: %d}
                data: %s
                tickets: {policy: ticket-policy.yaml, workflows: [workflows/nine-step.yaml]}
                console: {%s}
                edges: {heartbeat: 1s, silent-after: 60s%s}
                """.formatted(
                        hubPort,
                        folder.resolve("hub-data"),
                        tokens.console() == null
                                ? "open-on-loopback: true"
                                : "token-file: " + secret("console.token", tokens.console()),
                        tokens.edges() == null ? "" : ", token-file: " + secret("edge.token", tokens.edges())));
    }

    public static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    public Path folder() {
        return folder;
    }

    /** Where another box finds the hub. */
    public String hubAddress() {
        return "127.0.0.1:" + hubPort;
    }

    public Path hubFile() {
        return folder.resolve("central-hub.yaml");
    }

    public Path agentFile() {
        return folder.resolve("edge-agent.yaml");
    }

    /** Puts a secret into a file of its own and returns where it is. */
    public Path secret(String name, String value) throws IOException {
        return Files.writeString(folder.resolve(name), value + "\n");
    }

    /** Writes the agent's file: who it is and where the hub is, and this. */
    public void configure(String... sections) throws IOException {
        String token = tokens.edges() == null ? "" : ", token-file: edge.token";
        Files.writeString(agentFile(), """
                edge: {id: edge-1, site: village}
                data-dir: edge-data
                hub: {address: "127.0.0.1:%d"%s}
                ops: {listen: "127.0.0.1:%d"}
                """.formatted(hubPort, token, opsPort) + String.join("", sections));
    }

    public Pages hubPages() {
        return hubPages;
    }

    public Pages agentPages() {
        return agentPages;
    }

    public Program hub() {
        return running(hub, Reactor.HUB);
    }

    public Program agent() {
        return running(agent, Reactor.AGENT);
    }

    private static Program running(@Nullable Program program, String name) {
        if (program == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return program;
    }

    public void startHub(String... under) throws IOException {
        String file = hubFile().toString();
        hub = Program.start(List.of(under), Reactor.HUB, folder.resolve("hub.log"), "run", "--config", file);
        awaitReady(hub, hubPages);
    }

    public void startAgent(String... under) throws IOException {
        String file = agentFile().toString();
        agent = Program.start(List.of(under), Reactor.AGENT, folder.resolve("edge.log"), "run", "--config", file);
        awaitReady(agent, agentPages);
    }

    /** With classes of this folder in place of the agent's own, in its workers too. */
    public void startAgentWith(Path ahead) throws IOException {
        String file = agentFile().toString();
        agent = Program.start(
                Reactor.command(Reactor.AGENT, ahead), folder.resolve("edge.log"), "run", "--config", file);
        awaitReady(agent, agentPages);
    }

    private static void awaitReady(Program program, Pages pages) {
        await().atMost(START).pollInterval(Duration.ofMillis(100)).until(() -> {
            if (!program.isAlive()) {
                throw new AssertionError("ended at its start:\n" + program.log());
            }
            return pages.isReady();
        });
    }

    /** Runs a command of the agent's, with this site's file. */
    public Outcome agentCommand(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--config", agentFile().toString()));
        return Program.run(Reactor.AGENT, folder, all.toArray(String[]::new));
    }

    /** Waits until there are this many tickets of the kind, and returns them. */
    public List<JsonNode> awaitTickets(String kind, int count) {
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> hubPages.tickets(kind), found -> found.size() >= count);
    }

    /** Waits until the agent's metric has at least this value. */
    public void awaitMetric(double least, String name, String... labels) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> agentPages.metric(name, labels) >= least);
    }

    @Override
    public void close() {
        if (agent != null) {
            agent.close();
        }
        if (hub != null) {
            hub.close();
        }
        hubPages.close();
        agentPages.close();
    }
}
