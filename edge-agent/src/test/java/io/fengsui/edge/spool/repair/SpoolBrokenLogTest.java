package io.fengsui.edge.spool.repair;

import static io.fengsui.edge.spool.TestingEvents.NOON;
import static io.fengsui.edge.spool.TestingEvents.slot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.edge.spool.Checks;
import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.spool.SpoolFigures;
import io.fengsui.edge.spool.TestingEvents;
import io.fengsui.edge.spool.TestingSql;
import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.fieldsim.disk.SmallDisk;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.wire.WireRecords;
import io.fengsui.runtime.CrashPoint;
import io.fengsui.runtime.ManualTimeSource;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies behind a damaged place of the log outlives everything that may happen until it is in a new file. */
class SpoolBrokenLogTest {
    private static final int RECORDS = 200;
    private static final int FRAME = 24 + 4096;
    private static final int BALLAST = 4 << 20;

    @TempDir
    private Path directory;

    private final ManualTimeSource time = new ManualTimeSource(NOON);
    private final Set<EventId> issued = new HashSet<>();
    private Path broken;

    @BeforeEach
    void write() throws IOException {
        broken = Files.createDirectory(directory.resolve("broken"));
        write(directory.resolve("source"), broken, RECORDS, 300);
    }

    /** As it lies on the disk while it is open, with one frame in the first third of its log gone. */
    private void write(Path source, Path copy, int records, int bytes) throws IOException {
        issued.clear();
        try (Spool spool = Spool.open(SpoolSettings.in(source), new ManualTimeSource(NOON))) {
            for (int i = 0; i < records; i++) {
                Event event = TestingEvents.sized(Lane.URGENT, Phase.INSTANT, bytes);
                issued.add(event.id());
                assertThat(spool.append(slot(event))).isTrue();
                assertThat(spool.commit()).isTrue();
            }
            for (String name : List.of("spool.db", "spool.db-wal")) {
                Files.copy(source.resolve(name), copy.resolve(name));
            }
        }
        breakLog(copy, frames -> frames / 3);
    }

    private static void breakLog(Path folder, IntUnaryOperator which) throws IOException {
        try (FileChannel log =
                FileChannel.open(folder.resolve("spool.db-wal"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer header = ByteBuffer.allocate(32);
            log.read(header, 0);
            int frames = 0;
            ByteBuffer frame = ByteBuffer.allocate(24);
            while (log.read(frame.clear(), 32 + (long) frames * FRAME) == 24
                    && frame.getLong(8) == header.getLong(16)) {
                frames++;
            }
            log.write(ByteBuffer.allocate(4096), 32 + (long) which.applyAsInt(frames) * FRAME + 24);
        }
    }

    private static Set<EventId> told(Spool spool) throws Exception {
        Set<EventId> told = new HashSet<>();
        try (SpoolReader reader = spool.newReader()) {
            for (LaneRecord record : reader.records(Lane.URGENT, 1, 1 << 20, 1L << 32)) {
                told.add(((Event) WireRecords.decode(record.body())).id());
            }
        }
        return told;
    }

    /** All but what was in the damaged transaction. */
    private void assertSaved() throws Exception {
        try (Spool spool = Spool.open(SpoolSettings.in(broken), time)) {
            assertSaved(spool);
        }
    }

    private void assertSaved(Spool spool) throws Exception {
        Set<EventId> told = told(spool);
        assertThat(issued).containsAll(told);
        assertThat(told).hasSizeGreaterThan(issued.size() - 4);
        assertThat(spool.repaired().records()).as("what is lost is counted").isEqualTo(issued.size() - told.size());
        assertThat(spool.repaired().isCounted()).isTrue();
    }

    /** Where the old log is to go there is something. */
    private Path failToOpen() throws IOException {
        Path inTheWay =
                Files.createDirectories(broken.resolve("spool-damaged-1.db-wal").resolve("something"));
        assertThatThrownBy(() -> Spool.open(SpoolSettings.in(broken), time)).isInstanceOf(SpoolException.class);
        return inTheWay;
    }

    private void getOutOfTheWay(Path inTheWay) throws IOException {
        Files.delete(broken.resolve("spool-whole.db"));
        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());
    }

    @Test
    void aRebuildThatFailsAtItsEndIsDoneAgainByTheNextStart() throws Exception {
        getOutOfTheWay(failToOpen());
        assertSaved();
    }

    /** Opens a spool, for a process that dies on the way. */
    public static final class Opener {
        private Opener() {}

        public static void main(String[] arguments) {
            Spool.open(SpoolSettings.in(Path.of(arguments[0])), TimeSource.system())
                    .close();
        }
    }

    private void openAndDie(CrashPoint point) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.sqlite.tmpdir=" + directory,
                        "-D" + CrashPoint.PROPERTY + "=" + point,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Opener.class.getName(),
                        broken.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("opener.log").toFile())
                .start();
        assertThat(process.waitFor()).as("it died there").isEqualTo(137);
    }

    @Test
    void aPowerCutBetweenTheLogAndTheFileThatArePutAsideCostsNothingAndTheFileIsNotReadWithoutIt() throws Exception {
        openAndDie(CrashPoint.REPAIR_LOG_ASIDE);
        assertThat(broken.resolve("spool-whole.db")).exists();
        assertThat(broken.resolve("spool.db")).exists();
        assertThat(broken.resolve("spool.db-wal")).doesNotExist();
        assertThat(new FrozenSpool(broken.resolve("spool.db")).read(true).isServed())
                .isFalse();
        Checks aside = new Checks(Checks.ASIDE.executor(), Duration.ZERO);
        try (Spool spool = Spool.openOrWait(SpoolSettings.in(broken), aside, time)) {
            assertThat(spool.isOpen()).as("nothing could be read before").isTrue();
            assertThat(told(spool)).hasSizeGreaterThan(issued.size() - 4);
        }
        assertThat(broken.resolve("spool-damaged-1.db")).exists();
        assertThat(broken.resolve("spool-damaged-1.db-wal")).exists();
    }

    @Test
    void aPowerCutBeforeTheNewFileHasItsNameCostsNothing() throws Exception {
        openAndDie(CrashPoint.REPAIR_BUILT);
        assertThat(broken.resolve("spool-building.db")).exists();
        assertSaved();
    }

    @Test
    void peopleWhoLookAtASpoolChangeNothingOfIt() throws Exception {
        byte[] log = Files.readAllBytes(broken.resolve("spool.db-wal"));
        byte[] database = Files.readAllBytes(broken.resolve("spool.db"));
        assertThat(SpoolFigures.read(broken).lanes()).hasSize(2);
        assertThat(broken.resolve("spool.db-wal")).hasBinaryContent(log);
        assertThat(broken.resolve("spool.db")).hasBinaryContent(database);
        assertSaved();
    }

    @Test
    void theLogOfAnEarlierVersionIsNotWrittenTo() throws Exception {
        Path old = directory.resolve("source");
        TestingSql.toVersionOne(old);
        Path copy = Files.createDirectory(directory.resolve("copy"));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + old.resolve("spool.db"));
                Statement statement = connection.createStatement()) {
            // An agent of that version wrote records 101 to 200 last.
            statement.execute("CREATE TABLE kept AS SELECT * FROM record WHERE sequence > 100");
            statement.execute("DELETE FROM record WHERE sequence > 100");
            statement.execute("VACUUM");
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            for (int i = 101; i <= RECORDS; i++) {
                statement.execute("BEGIN");
                statement.execute("INSERT INTO record SELECT * FROM kept WHERE sequence = " + i);
                statement.execute("UPDATE lane SET last = " + i + ", last_hash ="
                        + " (SELECT prefix_hash FROM record WHERE sequence = " + i + ")");
                statement.execute("COMMIT");
            }
            for (String name : List.of("spool.db", "spool.db-wal")) {
                Files.copy(old.resolve(name), copy.resolve(name));
            }
        }
        broken = copy;
        breakLog(broken, frames -> frames - 10);
        byte[] log = Files.readAllBytes(broken.resolve("spool.db-wal"));
        Path inTheWay = failToOpen();
        assertThat(broken.resolve("spool.db-wal")).hasBinaryContent(log);
        getOutOfTheWay(inTheWay);
        assertSaved();
    }

    @Test
    @Tag("slow")
    void aFullDiskCostsTheBallastAndOlderFilesBeforeARecord() throws Exception {
        Optional<SmallDisk> mounted = SmallDisk.mount(SmallDisk.Kind.TMPFS, directory.resolve("disk"), 32);
        assumeTrue(mounted.isPresent(), "a file system cannot be mounted here: root is needed");
        try (SmallDisk disk = mounted.get()) {
            broken = disk.folder().resolve("spool");
            SpoolSettings settings =
                    new SpoolSettings(broken, 64 << 20, Duration.ofDays(7), 1 << 30, 10, 2_000, BALLAST);
            Files.createDirectories(broken);
            write(directory.resolve("large"), broken, 1_200, 2_500);
            Path older = broken.resolve("spool-damaged-7.db");
            Files.write(older, new byte[4 << 20]);
            Files.write(broken.resolve("spool.ballast"), new byte[BALLAST]);
            disk.fill();
            try (Spool spool = Spool.open(settings, time)) {
                assertThat(older).as("an older file").doesNotExist();
                assertThat(broken.resolve("spool.ballast")).as("the ballast").doesNotExist();
                assertSaved(spool);
                assertThat(spool.repaired().aside()).hasFileName("spool-damaged-1.db");
            }
        }
    }
}
