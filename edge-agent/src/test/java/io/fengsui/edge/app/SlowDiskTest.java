package io.fengsui.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.edge.app.command.Main;
import io.fengsui.edge.sensor.Mosquitto;
import io.fengsui.fieldsim.proxy.PacketWitness;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program on a disk whose synchronizing takes 400 ms (by strace), a real broker, and a witness between them: an
 * acknowledgement leaves only after the log is on disk.
 */
@Tag("slow")
class SlowDiskTest {
    private static final Path STRACE = Path.of("/usr/bin/strace");
    private static final Duration SLOWNESS = Duration.ofMillis(400);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Of a line such as {@code 123 1700000000.123456 fdatasync(12</…/spool.db-wal>) = 0 (DELAYED)}. */
    private static final Pattern SYNC =
            Pattern.compile("^\\d+ +(\\d+)\\.(\\d{6}) f(?:data)?sync\\(\\d+<[^>]*/spool\\.db-wal>.*");

    @TempDir
    private Path folder;

    private Mosquitto broker;
    private PacketWitness witness;
    private @Nullable Process agent;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Files.isExecutable(Mosquitto.BINARY), "Mosquitto is not installed");
        assumeTrue(Files.isExecutable(STRACE), "strace is not installed");
        broker = new Mosquitto(Files.createDirectory(folder.resolve("broker")));
        witness = PacketWitness.start(broker.port(), TimeSource.system(), _ -> {});
        Files.writeString(folder.resolve("edge.yaml"), """
                edge: {id: edge-1, site: village}
                storage: {ballast: 0B}
                hub: {address: "127.0.0.1:1"}
                ops: {listen: "127.0.0.1:0"}
                vision: {enabled: false}
                brokers:
                  - {name: village, uri: "mqtt://127.0.0.1:PORT", client-id: edge-1}
                sensors:
                  - {id: level-1, topic: level/1, quantity: level, measure: {pointer: "", unit: m}}
                """.replace("PORT", "" + witness.port()));
    }

    @AfterEach
    void stop() throws Exception {
        if (agent != null) {
            agent.descendants().forEach(ProcessHandle::destroyForcibly);
            agent.destroyForcibly().waitFor();
        }
        if (witness != null) {
            witness.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    private Process run(boolean isSlow) throws IOException {
        List<String> command = new ArrayList<>();
        if (isSlow) {
            command.addAll(List.of(STRACE + "", "-f", "-qq", "-y", "-ttt", "--seccomp-bpf", "-o", log() + ""));
            command.addAll(List.of("-e", "trace=fsync,fdatasync"));
            command.addAll(List.of("-e", "inject=fsync,fdatasync:delay_exit=" + SLOWNESS.toNanos() / 1000));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "-c",
                folder.resolve("edge.yaml").toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("agent.log").toFile()))
                .start();
    }

    private Path log() {
        return folder.resolve("strace.log");
    }

    private void publish(String payload) throws Exception {
        Process pub = new ProcessBuilder(
                        "mosquitto_pub", "-p", "" + broker.port(), "-q", "1", "-t", "level/1", "-m", payload)
                .inheritIO()
                .start();
        assertThat(pub.waitFor()).isZero();
    }

    private List<Instant> syncs() throws IOException {
        List<Instant> syncs = new ArrayList<>();
        for (String line : Files.readAllLines(log())) {
            Matcher matcher = SYNC.matcher(line);
            if (matcher.matches()) {
                syncs.add(Instant.ofEpochSecond(
                        Long.parseLong(matcher.group(1)), 1000L * Long.parseLong(matcher.group(2))));
            }
        }
        return syncs;
    }

    private void awaitSubscribed() {
        await().atMost(PATIENCE).until(witness::isSubscribed);
    }

    @Test
    void aReadingThatCausesNothingIsAcknowledgedOnlyAfterTheLogIsOnDisk() throws Exception {
        agent = run(true);
        awaitSubscribed();
        for (int i = 1; i <= 6; i++) {
            int count = i;
            publish(i == 4 ? "no number" : "1." + i);
            await().atMost(PATIENCE).until(() -> witness.acknowledgements().size() == count);
        }
        List<Instant> messages = witness.messages();
        List<Instant> acknowledgements = witness.acknowledgements();
        List<Instant> syncs = syncs();
        assertThat(messages).hasSize(6);
        for (int i = 0; i < 6; i++) {
            Instant came = messages.get(i);
            Instant told = acknowledgements.get(i);
            assertThat(syncs)
                    .as("message %d came %s, was acknowledged %s", i, came, told)
                    .anyMatch(sync -> sync.isAfter(came) && !sync.plus(SLOWNESS).isAfter(told));
        }
    }

    @Test
    void killedWhileTheDiskIsSlowTheBrokerSendsItAgain() throws Exception {
        agent = run(true);
        awaitSubscribed();
        publish("1.5");
        await().atMost(PATIENCE).until(() -> witness.acknowledgements().size() == 1);
        int before = syncs().size();
        publish("2.5");
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> syncs().size() > before);
        Process running = Objects.requireNonNull(agent);
        running.descendants().forEach(ProcessHandle::destroyForcibly);
        running.waitFor();
        assertThat(witness.acknowledgements()).hasSize(1);
        assertThat(witness.messages()).hasSize(2);

        agent = run(false);
        await().atMost(PATIENCE).until(() -> witness.acknowledgements().size() == 2);
        assertThat(witness.messages()).hasSize(3);
    }
}
