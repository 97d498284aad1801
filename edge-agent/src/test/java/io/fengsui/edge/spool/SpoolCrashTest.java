package io.fengsui.edge.spool;

import static io.fengsui.edge.spool.TestingEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.fieldsim.disk.SmallDisk;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.wire.PrefixHash;
import io.fengsui.protocol.wire.WireRecords;
import io.fengsui.runtime.ManualTimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged is there afterwards, whole and in order. */
class SpoolCrashTest {
    @TempDir
    Path directory;

    private final ManualTimeSource time = new ManualTimeSource(NOON);

    @Test
    @Tag("slow")
    void everythingToldAsCommittedSurvivesKill9() throws Exception {
        Path spool = directory.resolve("spool");
        Path told = Files.createFile(directory.resolve("told"));
        Random random = new Random(11);
        for (int round = 0; round < 20; round++) {
            long before = Files.size(told);
            Process writer = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-XX:TieredStopAtLevel=1",
                            "-Dorg.sqlite.tmpdir=" + directory,
                            "-cp",
                            System.getProperty("java.class.path"),
                            SpoolKillWriter.class.getName(),
                            spool.toString(),
                            told.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            directory.resolve("writer-" + round + ".log").toFile())
                    .start();
            try {
                await().atMost(Duration.ofSeconds(60)).until(() -> Files.size(told) > before || !writer.isAlive());
                writer.waitFor(random.nextInt(300), TimeUnit.MILLISECONDS);
                assertThat(writer.isAlive())
                        .as(() -> "writer died by itself: " + read(writer.pid()))
                        .isTrue();
            } finally {
                writer.destroyForcibly().waitFor();
            }
            assertAllThere(spool, ids(Files.readAllLines(told)));
        }
    }

    private String read(long pid) {
        return "process " + pid + ", logs in " + directory;
    }

    private static Set<EventId> ids(List<String> lines) {
        Set<EventId> ids = new HashSet<>();
        lines.stream().filter(line -> line.length() == 36).forEach(line -> ids.add(EventId.parse(line)));
        return ids;
    }

    @Test
    void aCopyTakenInTheMiddleOfWritingHoldsEverythingCommittedBefore() throws Exception {
        Path source = directory.resolve("spool");
        Set<EventId> committed = new HashSet<>();
        try (Spool spool = Spool.open(SpoolSettings.in(source), time)) {
            for (int cut = 0; cut < 10; cut++) {
                for (int i = 0; i < 30; i++) {
                    Event event = TestingEvents.event(i % 3 == 0 ? Lane.URGENT : Lane.BULK, Phase.INSTANT);
                    spool.append(TestingEvents.slot(event));
                    spool.commit();
                    committed.add(event.id());
                }
                spool.append(TestingEvents.slot(TestingEvents.event(Lane.URGENT, Phase.INSTANT)));
                Path copy = Files.createDirectory(directory.resolve("cut-" + cut));
                for (String name : List.of("spool.db", "spool.db-wal")) {
                    Files.copy(source.resolve(name), copy.resolve(name));
                }
                assertAllThere(copy, committed);
                spool.commit();
            }
        }
    }

    @Test
    void aTornEndOfTheLogCostsOnlyWhatCameAfterTheTear() throws Exception {
        Path source = directory.resolve("spool");
        Path copy = Files.createDirectory(directory.resolve("torn"));
        Set<EventId> committed = new HashSet<>();
        long whole;
        try (Spool spool = Spool.open(SpoolSettings.in(source), time)) {
            for (int i = 0; i < 20; i++) {
                Event event = TestingEvents.event(Lane.URGENT, Phase.INSTANT);
                spool.append(TestingEvents.slot(event));
                spool.commit();
                committed.add(event.id());
            }
            whole = Files.size(source.resolve("spool.db-wal"));
            spool.append(TestingEvents.slot(TestingEvents.event(Lane.URGENT, Phase.INSTANT)));
            spool.commit();
            assertThat(Files.size(source.resolve("spool.db-wal"))).isGreaterThan(whole);
            Files.copy(source.resolve("spool.db"), copy.resolve("spool.db"));
            byte[] log = Files.readAllBytes(source.resolve("spool.db-wal"));
            for (int i = (int) whole + 100; i < log.length; i++) {
                log[i] ^= 0x55;
            }
            Files.write(copy.resolve("spool.db-wal"), log);
        }
        assertAllThere(copy, committed);
    }

    @Test
    @Tag("slow")
    void acknowledgesNothingWhileTheDiskIsFullAndEverythingAfterwards() throws Exception {
        Optional<SmallDisk> mounted = SmallDisk.mount(SmallDisk.Kind.TMPFS, directory.resolve("disk"), 2);
        Assumptions.assumeTrue(mounted.isPresent());
        try (SmallDisk disk = mounted.get()) {
            SpoolSettings settings =
                    new SpoolSettings(disk.folder().resolve("spool"), 64 << 20, Duration.ofDays(7), 1 << 30, 10, 1000);
            Set<EventId> committed = new HashSet<>();
            try (Spool spool = Spool.open(settings, time)) {
                Path ballast = disk.folder().resolve("ballast");
                Files.write(ballast, new byte[600 << 10]);
                List<Event> held = new ArrayList<>();
                boolean works = true;
                for (int i = 0; i < 3000 && works; i++) {
                    Event event = TestingEvents.sized(Lane.URGENT, Phase.INSTANT, 2000);
                    assertThat(spool.append(TestingEvents.slot(event))).isTrue();
                    works = spool.commit();
                    if (works) {
                        committed.add(event.id());
                    } else {
                        held.add(event);
                    }
                }
                assertThat(works).isFalse();
                assertThat(spool.stats().isHealthy()).isFalse();
                assertThat(spool.commit()).isFalse();
                Files.delete(ballast);
                time.advance(Duration.ofSeconds(40));
                assertThat(spool.commit()).isTrue();
                assertThat(spool.stats().isHealthy()).isTrue();
                held.forEach(event -> committed.add(event.id()));
            }
            assertAllThere(settings.directory(), committed);
        }
    }

    @Test
    void writesWhatItHeldWhenTheStoreWorksAgain() throws Exception {
        Path spoolDirectory = directory.resolve("spool");
        Set<EventId> committed;
        try (Spool spool = Spool.open(SpoolSettings.in(spoolDirectory), time)) {
            Event first = TestingEvents.event(Lane.URGENT, Phase.INSTANT);
            spool.append(TestingEvents.slot(first));
            spool.commit();
            // A trigger makes every insert fail, as a broken disk would.
            TestingSql.run(
                    spoolDirectory,
                    "CREATE TRIGGER broken BEFORE INSERT ON record BEGIN SELECT RAISE(ABORT, 'broken'); END");
            Event second = TestingEvents.event(Lane.URGENT, Phase.INSTANT);
            assertThat(spool.append(TestingEvents.slot(second))).isTrue();
            assertThat(spool.commit()).isFalse();
            assertThat(spool.commit()).isFalse();
            assertThat(spool.lane(Lane.URGENT).last()).isEqualTo(1);
            Event third = TestingEvents.event(Lane.URGENT, Phase.INSTANT);
            assertThat(spool.append(TestingEvents.slot(third))).isTrue();

            TestingSql.run(spoolDirectory, "DROP TRIGGER broken");
            time.advance(Duration.ofSeconds(40));
            assertThat(spool.commit()).isTrue();
            committed = Set.of(first.id(), second.id(), third.id());
            assertThat(spool.lane(Lane.URGENT).last()).isEqualTo(3);
            assertThat(spool.stats().losses().failures()).isEqualTo(1);
        }
        assertAllThere(spoolDirectory, committed);
    }

    @Test
    void refusesMoreThanItMayHoldWhileTheStoreIsBroken() throws Exception {
        Path spoolDirectory = directory.resolve("spool");
        SpoolSettings settings = new SpoolSettings(spoolDirectory, 64 << 20, Duration.ofDays(7), 1 << 30, 10, 3);
        try (Spool spool = Spool.open(settings, time)) {
            TestingSql.run(
                    spoolDirectory,
                    "CREATE TRIGGER broken BEFORE INSERT ON record BEGIN SELECT RAISE(ABORT, 'broken'); END");
            for (int i = 0; i < 3; i++) {
                assertThat(spool.append(TestingEvents.slot(TestingEvents.event(Lane.BULK, Phase.INSTANT))))
                        .isTrue();
            }
            assertThat(spool.append(TestingEvents.slot(TestingEvents.event(Lane.BULK, Phase.INSTANT))))
                    .isFalse();
            assertThat(spool.stats().heldSlots()).isEqualTo(3);
            TestingSql.run(spoolDirectory, "DROP TRIGGER broken");
            time.advance(Duration.ofSeconds(40));
            assertThat(spool.commit()).isTrue();
            assertThat(spool.lane(Lane.BULK).last()).isEqualTo(3);
        }
    }

    /** Opens the spool: every committed id is there, and each lane is whole from 1 with the hashes of its bodies. */
    private void assertAllThere(Path spoolDirectory, Set<EventId> committed) throws Exception {
        Set<EventId> stored = new HashSet<>();
        try (Spool spool = Spool.open(SpoolSettings.in(spoolDirectory), time);
                SpoolReader reader = spool.newReader()) {
            assertThat(spool.repaired().aside()).isNull();
            for (Lane lane : Lane.values()) {
                byte[] hash = PrefixHash.none();
                long expected = 1;
                List<LaneRecord> records = reader.records(lane, 1, 1 << 20, 1L << 32);
                for (LaneRecord record : records) {
                    hash = PrefixHash.next(hash, record.body());
                    assertThat(record.sequence()).isEqualTo(expected);
                    assertThat(record.prefixHash()).isEqualTo(hash);
                    expected++;
                    stored.add(((Event) WireRecords.decode(record.body())).id());
                }
                assertThat(spool.lane(lane).last()).isEqualTo(expected - 1);
            }
        }
        assertThat(stored).containsAll(committed);
    }
}
