package io.fengsui.hub.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.protocol.Lane;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

    /** A database of its own, killed: what it had last is in its log only. */
    private void leftBehind(Path data, String key) throws Exception {
        Path alive = folder.resolve("alive-" + key);
        try (TestTown town = new TestTown(alive);
                TestEdge edge = new TestEdge("edge-1", town.time)) {
            edge.serve(town.hub.port());
            edge.record(town.begun("edge-1", "safety.intrusion", key));
            edge.sendAll();
            edge.awaitAcknowledged();
            Files.createDirectories(data);
            for (String name : List.of("hub.db", "hub.db-wal")) {
                Files.copy(alive.resolve(name), data.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Set<String> restored() {
        Ran ran = run("restore");
        assertThat(ran.status()).as(ran.said()).isZero();
        assertThat(data.resolve("hub.db-wal")).doesNotExist();
        try (TestTown town = new TestTown(data)) {
            return keys(town);
        }
    }

    @Test
    void theLogOfAnotherDatabaseIsNeitherBackedUpNorWrittenOverTheOldFile() throws Exception {
        leftBehind(data, "good");
        assertThat(run("backup").status()).isZero();
        new TestTown(data).close(); // its log is written back
        byte[] good = Files.readAllBytes(data.resolve("hub.db"));
        leftBehind(folder.resolve("other"), "stray");
        Path stray = folder.resolve("other").resolve("hub.db-wal");
        Files.copy(stray, data.resolve("hub.db-wal"), StandardCopyOption.REPLACE_EXISTING);
        Path kept = Files.move(backup, folder.resolve("kept"));
        assertThat(run("backup").said()).contains("hub.db-wal is not of the database");
        assertThat(backup).doesNotExist();
        Files.move(kept, backup);
        assertThat(restored()).containsExactly("good");
        assertThat(data.resolve("hub.db.replaced")).hasBinaryContent(good);
        assertThat(data.resolve("hub.db.replaced-wal")).hasSameBinaryContentAs(stray);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLogWithoutItsFileIsPutAsideWithWhatItHolds(boolean isMarked) throws Exception {
        leftBehind(data, "good");
        assertThat(run("backup").status()).isZero();
        if (!isMarked) {
            execute(backup, "PRAGMA application_id = 0");
        }
        leftBehind(data, "later");
        Files.delete(data.resolve("hub.db"));
        byte[] log = Files.readAllBytes(data.resolve("hub.db-wal"));
        assertThat(restored()).containsExactly("good");
        assertThat(data.resolve("hub.db.replaced-wal")).hasBinaryContent(log);
        assertThat(data.resolve("hub.db.replaced")).doesNotExist();
    }

    @Test
    void twoDatabasesOfOneBackupHaveNumbersOfTheirOwn() throws Exception {
        leftBehind(data, "good");
        assertThat(run("backup").status()).isZero();
        restored();
        int first = mark(data.resolve("hub.db"));
        restored();
        assertThat(mark(data.resolve("hub.db"))).isNotEqualTo(first).isNotZero();
    }

    @Test
    void aCopyMadeByHandIsRestoredWithItsLogAndRefusedWithThatOfAnother() throws Exception {
        Files.createDirectories(data);
        Path hand = folder.resolve("hand");
        leftBehind(hand, "good");
        Files.copy(hand.resolve("hub.db"), backup);
        Path log = Files.copy(hand.resolve("hub.db-wal"), folder.resolve("hub.backup-wal"));
        assertThat(restored()).containsExactly("good");
        leftBehind(folder.resolve("other"), "stray");
        new TestTown(hand).close(); // its log is written back
        Files.copy(hand.resolve("hub.db"), backup, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(folder.resolve("other").resolve("hub.db-wal"), log, StandardCopyOption.REPLACE_EXISTING);
        assertThat(run("restore").said()).contains("hub.backup-wal is not of the database");
        Files.delete(log);
        assertThat(restored()).containsExactly("good");
    }

    private static void execute(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int mark(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA application_id")) {
            return row.getInt(1);
        }
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
