package io.fengsui.hub.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.protocol.Lane;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Backup and restore by their commands; after a restore, edges send again what the backup does not have. */
class HubBackupTest {
    private record Ran(int status, String said) {}

    @TempDir
    Path folder;

    private Path data;
    private Path config;
    private Path backup;

    @BeforeEach
    void configure() throws Exception {
        data = folder.resolve("data");
        backup = folder.resolve("hub.backup");
        config = folder.resolve("central-hub.yaml");
        Path reference = Path.of("../config");
        Files.copy(reference.resolve("ticket-policy.yaml"), folder.resolve("ticket-policy.yaml"));
        Files.createDirectories(folder.resolve("workflows"));
        Files.copy(reference.resolve("workflows/nine-step.yaml"), folder.resolve("workflows/nine-step.yaml"));
        Files.writeString(config, "data: data\n");
    }

    @Test
    void bringsBackWhatTheBackupHasAndEdgesSendTheRestAgain() throws Exception {
        Set<String> tickets;
        try (TestTown town = new TestTown(data);
                TestEdge edge = new TestEdge("edge-1", town.time)) {
            edge.serve(town.hub.port());
            for (int i = 0; i < 50; i++) {
                edge.record(town.begun("edge-1", "safety.intrusion", "before/" + i));
            }
            edge.sendAll();
            edge.awaitAcknowledged();
            assertThat(run("backup")).isEqualTo(new Ran(0, backup + ": whole and checked\n"));
            for (int i = 0; i < 50; i++) {
                edge.record(town.begun("edge-1", "safety.intrusion", "after/" + i));
            }
            edge.send(Lane.URGENT, 50);
            edge.awaitAcknowledged();
            tickets = keys(town);
            assertThat(tickets).hasSize(100);

            Ran refused = run("restore");
            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.said()).contains("another hub runs on the data folder");

            town.hub.close();
            assertThat(run("restore").status()).isZero();
            assertThat(data.resolve("hub.db.replaced")).exists();
            town.restart();
            assertThat(town.count("SELECT COUNT(*) FROM ticket")).isEqualTo(50);
            assertThat(edge.serve(town.hub.port())).isTrue();
            edge.send(Lane.URGENT, 50);
            await().atMost(Duration.ofSeconds(30)).until(() -> keys(town).size() == 100);
            assertThat(keys(town)).isEqualTo(tickets);
            assertThat(town.count("SELECT COUNT(*) FROM ticket")).isEqualTo(100);
            assertThat(town.count("SELECT COUNT(*) FROM quarantine")).isZero();
        }
    }

    @Test
    void doesNotWriteOverAFileAndDoesNotRestoreWhatIsNoBackup() throws Exception {
        new TestTown(data).close();
        Files.writeString(backup, "something of somebody");
        assertThat(run("backup").said()).contains("exists already");
        assertThat(run("restore").status()).isEqualTo(1);
        assertThat(Files.readString(backup)).isEqualTo("something of somebody");
        Files.delete(backup);
        assertThat(run("restore").said()).contains("there is no file");
        try (TestTown town = new TestTown(data)) {
            assertThat(town.count("SELECT COUNT(*) FROM ticket")).isZero();
        }
        try (Stream<Path> files = Files.list(data)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.contains("replaced"));
        }
    }

    @Test
    void refusesADamagedBackup() throws Exception {
        new TestTown(data).close();
        assertThat(run("backup").status()).isZero();
        byte[] bytes = Files.readAllBytes(backup);
        byte[] junk = "junk".repeat(2048).getBytes(UTF_8);
        System.arraycopy(junk, 0, bytes, bytes.length / 2, junk.length);
        Files.write(backup, bytes);
        assertThat(run("restore").status()).isEqualTo(1);
        assertThat(data.resolve("hub.db.replaced")).doesNotExist();
    }

    private Ran run(String command) {
        StringWriter said = new StringWriter();
        CommandLine line = Main.commandLine().setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
        int status = line.execute(command, "--config", config.toString(), backup.toString());
        return new Ran(status, said.toString());
    }

    private static Set<String> keys(TestTown town) {
        return town.rows("SELECT dedup_key FROM ticket").stream()
                .map(row -> String.valueOf(row.get("dedup_key")))
                .collect(Collectors.toSet());
    }
}
