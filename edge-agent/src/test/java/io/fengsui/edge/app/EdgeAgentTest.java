package io.fengsui.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.edge.app.command.Main;
import io.fengsui.edge.camera.CameraStatus;
import io.fengsui.edge.config.ConfigurationStore;
import io.fengsui.edge.config.ConfigurationStore.Loaded;
import io.fengsui.edge.config.ModelProbe;
import io.fengsui.edge.control.ControlClient;
import io.fengsui.edge.control.ControlReply;
import io.fengsui.edge.control.ControlRequest;
import io.fengsui.edge.control.ControlServer;
import io.fengsui.edge.ops.Readiness;
import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.spool.TestingLock;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.wire.WireRecords;
import io.fengsui.runtime.Progress;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole agent, with nothing around it that answers: it must run on, tell so, and take a new configuration. */
class EdgeAgentTest {
    private static final String CANARY = "canary-hunter2";

    @TempDir
    private Path folder;

    private Path file;
    private int closedPort;

    @BeforeEach
    void writeConfiguration() throws IOException {
        file = folder.resolve("edge-agent.yaml");
        Files.writeString(folder.resolve("secret"), CANARY + "\n");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closedPort = free.getLocalPort();
        }
        write("");
    }

    private void write(String more) throws IOException {
        Files.writeString(file, """
                edge: {id: edge-1, site: village}
                hub: {address: "127.0.0.1:PORT"}
                ops: {listen: "127.0.0.1:0"}
                vision: {enabled: false}
                brokers:
                  - {name: village, uri: "mqtt://127.0.0.1:PORT", username: edge, password-file: secret}
                sensors:
                  - {id: smoke-1, topic: smoke/1, quantity: smoke, state: {pointer: /smoke}}
                cameras:
                  - {id: gate, rtsp: {uri: "rtsp://127.0.0.1:PORT/1", username: admin, password-file: secret}}
                """.replace("PORT", "" + closedPort) + more);
    }

    private ConfigurationStore store() {
        return new ConfigurationStore(file, ModelProbe.FULL, name -> null);
    }

    private EdgeAgent start(PrometheusMeterRegistry registry) throws IOException {
        Loaded.Accepted good = (Loaded.Accepted) store().load();
        return EdgeAgent.start(store(), new EdgeAgent.Configuration(good.settings(), good.hash()), registry);
    }

    @Test
    @Tag("slow")
    void runsOnWhenNothingAnswersAndTakesANewConfiguration() throws Exception {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (EdgeAgent agent = start(registry);
                ControlServer control = ControlServer.start(folder.resolve("data"), new AgentDesk(agent))) {
            ControlClient client = new ControlClient(folder.resolve("data"));
            write("  - {id: pond, rtsp: {uri: \"rtsp://127.0.0.1:" + closedPort + "/2\"}}\n");
            assertThat(client.ask(new ControlRequest.Reload())).isInstanceOf(ControlReply.Done.class);
            assertThat(agent.video().fleet().status())
                    .extracting(CameraStatus::name)
                    .containsExactly("gate", "pond");

            write("  - {id: pond}\n");
            assertThat(client.ask(new ControlRequest.Reload()))
                    .isInstanceOfSatisfying(
                            ControlReply.Refused.class,
                            refused -> assertThat(refused.reason()).contains("cameras[1].rtsp: this key is missing"));
            assertThat(agent.video().fleet().status()).hasSize(2);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> registry.get("edge_spool_depth_records")
                                    .tag("lane", "urgent")
                                    .gauge()
                                    .value()
                            > 0);

            Readiness readiness = new Readiness();
            new AgentDesk(agent).addChecks(readiness);
            readiness.started();
            assertThat(readiness.isReady()).isTrue();
            assertThat(readiness.report())
                    .filteredOn(line -> line.health() == Readiness.Health.OK)
                    .extracting(Readiness.Line::part)
                    .contains("ring", "decide", "mqtt", "action", "net", "vision-io");
            assertThat(new AgentDesk(agent).threads())
                    .extracting(Progress::thread)
                    .containsExactly("ring-spool", "decide", "action", "net-0", "mqtt-village");
            assertThat(registry.scrape())
                    .contains("edge_thread_standing_seconds{thread=\"mqtt-village\"}")
                    .contains("edge_thread_standing_seconds{thread=\"decide\"}");
            assertThat(readiness.report())
                    .filteredOn(line -> line.part().equals("configuration"))
                    .allMatch(line -> line.health() == Readiness.Health.DEGRADED);

            assertThat(client.ask(new ControlRequest.Status()).toString() + registry.scrape() + agent.configuration())
                    .contains("edge_stream_up{camera=\"pond\"}")
                    .doesNotContain(CANARY);
            assertThat(registry.getMeters())
                    .filteredOn(meter -> meter.getId().getName().startsWith("edge"))
                    .allSatisfy(meter -> assertThat(meter.getId().getDescription())
                            .as(meter.getId().getName())
                            .isNotBlank());
            assertThat(control).isNotNull();
        }
    }

    private void onSpool(String statement) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/spool.db"));
                Statement run = connection.createStatement()) {
            run.execute("PRAGMA busy_timeout=5000");
            run.execute(statement);
        }
    }

    private List<Event> storageEvents() throws Exception {
        List<Event> events = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/spool.db"));
                Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery(
                        "SELECT body FROM record WHERE kind='health.storage.failed' ORDER BY sequence")) {
            while (rows.next()) {
                events.add((Event) WireRecords.decode(rows.getBytes(1)));
            }
        }
        return events;
    }

    @Test
    @Tag("slow")
    void aDiskThatOpensButTakesNoCommitIsToldToWorkOnlyWithItsFirstCommit() throws Exception {
        try (EdgeAgent agent = start(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))) {
            assertThat(agent.parts().spool().isOpen()).isTrue();
        }
        onSpool("CREATE TRIGGER no_commit BEFORE INSERT ON meta WHEN new.key='batch'"
                + " BEGIN SELECT RAISE(ABORT, 'no commit'); END");
        TestingLock.shut(folder.resolve("data"));
        try (EdgeAgent agent = start(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))) {
            Spool spool = agent.parts().spool();
            assertThat(spool.isShut()).isTrue();
            TestingLock.open(folder.resolve("data"));
            await().atMost(Duration.ofSeconds(60)).until(spool::isOpen);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> spool.stats().losses().failures() > 0);
            Instant works = Instant.now();
            onSpool("DROP TRIGGER no_commit");
            await().atMost(Duration.ofSeconds(60)).until(() -> storageEvents().size() == 2);
            assertThat(storageEvents()).extracting(Event::phase).containsExactly(Phase.BEGUN, Phase.ENDED);
            assertThat(storageEvents().getLast().times().revised().wall()).isAfter(works);
        }
    }

    @Test
    void aBadFirstFileIsRefusedWithAllItsProblemsAndStatusTwo() throws IOException {
        write("sensors: []\nhubb: {}\n");
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setErr(new PrintWriter(err, true));
        assertThat(line.execute("run", "--config", file.toString())).isEqualTo(2);
        assertThat(line.execute("check-config", "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("hubb: unknown key; write 'hub'", "sensors: this key is already set");
        write("");
        assertThat(line.execute("check-config", "-c", file.toString())).isZero();
    }

    @Test
    @Tag("slow")
    void aModelThatWasDamagedMeanwhileStopsVisionAndNothingElse() throws Exception {
        Path model = Files.createDirectories(folder.resolve("models/nanodet-g/1"));
        for (String name : List.of("model.yaml", "labels.txt", "model.onnx")) {
            Files.copy(Path.of("../models/nanodet-g/1").resolve(name), model.resolve(name));
        }
        Files.writeString(file, Files.readString(file).replace("vision: {enabled: false}", "vision: {models: models}"));
        assertThat(store().load()).isInstanceOf(Loaded.Accepted.class);
        Files.write(model.resolve("model.onnx"), new byte[] {1}, StandardOpenOption.APPEND);
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (EdgeAgent agent = start(registry)) {
            assertThat(agent.video().fault()).contains("sha256");
            assertThat(agent.video().fleet().status()).hasSize(1);
            await().until(() -> agent.parts().brokers().lines().size() == 1);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> registry.get("edge_spool_depth_records")
                                    .tag("lane", "urgent")
                                    .gauge()
                                    .value()
                            > 0);
        }
        Files.delete(folder.resolve("data/last-good-configuration.yaml"));
        CommandLine line = Main.commandLine();
        line.setErr(new PrintWriter(new StringWriter(), true));
        assertThat(line.execute("run", "--config", file.toString())).isEqualTo(2);
    }

    @Test
    void askingAnAgentThatDoesNotRunSaysSo() {
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setErr(new PrintWriter(err, true));
        assertThat(line.execute("status", "--config", file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("no agent runs with the data directory");
    }
}
