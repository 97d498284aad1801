package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fengsui.hub.shard.input.OperatorCommand;
import io.fengsui.hub.store.DatabaseSettings;
import io.fengsui.hub.store.HubDatabase;
import io.fengsui.hub.store.WriterSession;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.runtime.ManualTimeSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that is not as the hub left it: said in a line, and nothing that could be saved is written over. */
class HubStoreFaultTest {
    private static final int TICKETS = 40;

    @TempDir
    Path folder;

    private Path data;
    private Path file;

    @BeforeEach
    void name() {
        data = folder.resolve("data");
        file = data.resolve("hub.db");
    }

    /** What lies on the disk when a hub dies: its log is beside the database, and holds what is not in the file yet. */
    private void dead(Path into, String key) throws IOException {
        Path alive = folder.resolve("alive-" + key);
        Files.createDirectories(into);
        try (TestTown town = new TestTown(alive);
                TestEdge edge = new TestEdge("edge-1", town.time)) {
            edge.serve(town.hub.port());
            for (int i = 0; i < TICKETS; i++) {
                edge.record(town.begun("edge-1", "safety.intrusion", key + i));
            }
            edge.sendAll();
            edge.awaitAcknowledged();
            for (String name : List.of("hub.db", "hub.db-wal", "hub.db-shm")) {
                Files.copy(alive.resolve(name), into.resolve(name));
            }
        }
    }

    @Test
    void aHeaderOfZeros() throws IOException {
        new TestTown(data).close();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(100), 0);
        }
        refuses(file);
    }

    @Test
    void aFileThatIsNoDatabase() throws IOException {
        Files.createDirectories(data);
        Files.writeString(file, "something of somebody".repeat(500));
        refuses(file);
    }

    @Test
    void aFolderInItsPlace() throws IOException {
        Files.createDirectories(file);
        assertThat(said()).contains(file + " cannot be opened");
        assertThat(file).isEmptyDirectory();
    }

    @Test
    void aDataFolderThatIsAFile() throws IOException {
        Files.writeString(data, "something of somebody");
        assertThat(said()).contains(data.toString());
        assertThat(data).hasContent("something of somebody");
    }

    @Test
    void aDiskThatIsReadOnlyAndOneWithoutAFreeInode() throws Exception {
        Path disk = Files.createDirectories(data);
        assumeThat(command("mount", "-t", "tmpfs", "-o", "size=64m,nr_inodes=3", "tmpfs", disk.toString()))
                .as("may mount")
                .isZero();
        try {
            assertThat(said()).contains(data.toString());
            assertThat(command("mount", "-o", "remount,ro,nr_inodes=100", disk.toString()))
                    .isZero();
            assertThat(said()).contains(data.toString());
            assertThat(command("mount", "-o", "remount,rw", disk.toString())).isZero();
            new TestTown(data).close();
        } finally {
            command("umount", disk.toString());
        }
    }

    @Test
    void anIndexOfTheLogThatIsGoneOrWrong() throws IOException {
        dead(data, "a");
        Files.delete(data.resolve("hub.db-shm"));
        try (TestTown town = new TestTown(data)) {
            assertThat(town.count("SELECT COUNT(*) FROM ticket")).isEqualTo(TICKETS);
        }
        Files.delete(file);
        Files.deleteIfExists(data.resolve("hub.db-wal"));
        Files.deleteIfExists(data.resolve("hub.db-shm"));
        dead(data, "b");
        Files.writeString(
                data.resolve("hub.db-shm"), "of something else".repeat(3_000), StandardOpenOption.TRUNCATE_EXISTING);
        try (TestTown town = new TestTown(data)) {
            assertThat(town.count("SELECT COUNT(*) FROM ticket")).isEqualTo(TICKETS);
        }
    }

    @Test
    void aLogOfAnotherDatabaseIsRefusedAndNothingIsLost() throws Exception {
        dead(data, "a");
        dead(folder.resolve("other"), "b");
        Path log = data.resolve("hub.db-wal");
        // What was in the log is in the file too, as after a good end.
        try (Connection last = DriverManager.getConnection("jdbc:sqlite:" + this.file);
                Statement statement = last.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        assertThat(log).doesNotExist();
        Files.copy(folder.resolve("other").resolve("hub.db-wal"), log);
        Sha256 file = Sha256.hashOf(Files.readAllBytes(this.file));
        Sha256 stray = Sha256.hashOf(Files.readAllBytes(log));
        assertThat(said())
                .contains(log + " is not of the database " + this.file)
                .doesNotContain("Exception", "\n");
        assertThat(Sha256.hashOf(Files.readAllBytes(this.file))).isEqualTo(file);
        assertThat(Sha256.hashOf(Files.readAllBytes(log))).isEqualTo(stray);
        Files.delete(log);
        try (TestTown town = new TestTown(data)) {
            assertThat(town.count("SELECT COUNT(*) FROM ticket WHERE dedup_key LIKE 'a%'"))
                    .isEqualTo(TICKETS);
        }
    }

    /** SQLite begins the log anew then, and what is written next may change few pages. */
    @Test
    void aLogThatBeganAnewWhileTheHubRanIsToldFromAnother() throws Exception {
        new TestTown(data).close();
        Path other = folder.resolve("other");
        new TestTown(other).close();
        try (TestTown town = new TestTown(other)) {
            town.hub.tick();
            settle(town);
            try (Connection beside = DriverManager.getConnection("jdbc:sqlite:" + other.resolve("hub.db"));
                    Statement statement = beside.createStatement()) {
                statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            }
            town.hub.tick();
            settle(town);
            Files.copy(other.resolve("hub.db-wal"), data.resolve("hub.db-wal"), StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(said()).contains("hub.db-wal is not of the database " + file);
    }

    @Test
    void aTransactionThatWritesNothingCostsNothing() throws Exception {
        new TestTown(data).close();
        Path log = data.resolve("hub.db-wal");
        try (HubDatabase database = HubDatabase.open(new DatabaseSettings.SqliteFile(file), 1)) {
            WriterSession writer = database.writer();
            for (int i = 0; i < 3; i++) {
                writer.begin();
                writer.handle().execute("UPDATE shard_lease SET owner = '' WHERE shard = 99");
                writer.commit();
            }
            assertThat(log).isEmptyFile();
            writer.begin();
            writer.handle().execute("INSERT INTO shard_lease (shard, owner, token, valid_until) VALUES (7, '', 0, 0)");
            writer.commit();
            long length = Files.size(log);
            assertThat(length).isPositive();
            writer.begin();
            writer.commit();
            assertThat(log).hasSize(length);
        }
    }

    private static void settle(TestTown town) {
        town.hub
                .shard()
                .ring()
                .submit(new OperatorCommand("none", "settle", "", "test", -1))
                .join();
    }

    @Test
    void aLogWithoutItsFileIsRefusedAndKept() throws IOException {
        dead(data, "a");
        Path kept = Files.move(file, folder.resolve("kept.db"));
        assertThat(said()).contains("hub.db-wal holds", "would be thrown away");
        Files.createFile(file);
        assertThat(said()).contains("hub.db-wal holds", "would be thrown away");
        Files.delete(file);
        Files.move(kept, file);
        try (TestTown town = new TestTown(data)) {
            assertThat(town.count("SELECT COUNT(*) FROM ticket")).isEqualTo(TICKETS);
        }
    }

    @Test
    void aLogOfADatabaseFromBeforeThereWereMarksIsTaken() throws Exception {
        // As an older version leaves it when it is killed: no number in the file, none in its log.
        dead(data, "a");
        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = old.createStatement()) {
            statement.execute("PRAGMA application_id = 0");
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            statement.execute("CREATE TABLE grown (id INTEGER)");
            for (String name : List.of("hub.db", "hub.db-wal")) {
                Files.copy(
                        data.resolve(name),
                        Files.createDirectories(folder.resolve("old")).resolve(name));
            }
        }
        for (int i = 0; i < 3; i++) {
            TestTown town = new TestTown(folder.resolve("old"));
            assertThat(town.count("SELECT COUNT(*) FROM ticket")).isEqualTo(TICKETS);
            assertThat(town.count("SELECT COUNT(*) FROM grown")).isZero();
            town.hub.abort();
        }
    }

    private void refuses(Path kept) throws IOException {
        Sha256 before = Sha256.hashOf(Files.readAllBytes(kept));
        assertThat(said()).contains(file + " cannot be opened").doesNotContain("Exception", "\n");
        assertThat(Sha256.hashOf(Files.readAllBytes(kept))).isEqualTo(before);
    }

    private static int command(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(20, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    /** What a start says, which does not succeed: one line at the command line. */
    private String said() {
        try (Hub hub = Hub.start(TestTown.settings(data), new ManualTimeSource(TestTown.START), List.of())) {
            throw new AssertionError("it started, on port " + hub.port());
        } catch (StartFailedException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
