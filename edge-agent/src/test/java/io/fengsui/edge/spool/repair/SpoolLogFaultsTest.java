package io.fengsui.edge.spool.repair;

import static io.fengsui.edge.spool.TestingEvents.NOON;
import static io.fengsui.edge.spool.TestingEvents.event;
import static io.fengsui.edge.spool.TestingEvents.slot;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.spool.Checks;
import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.spool.TestingEvents;
import io.fengsui.edge.spool.TestingLock;
import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.store.EvidenceRow;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.runtime.ManualTimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A spool that was killed, so that its log holds what was committed last, and a fault at the log's beginning. */
class SpoolLogFaultsTest {
    private static final int IN_DATABASE = 5;
    private static final int IN_LOG = 20;
    /** As many as {@code Door} has. */
    private static final int MOST_LOG_TRIES = 10;

    private static final int ALL = IN_DATABASE + IN_LOG;

    @TempDir
    private Path root;

    private final ManualTimeSource time = new ManualTimeSource(TestingEvents.NOON);
    private Path directory;
    private Path log;

    @BeforeEach
    void folder() throws IOException {
        directory = Files.createDirectory(root.resolve("spool"));
        log = directory.resolve("spool.db-wal");
    }

    private static void put(Spool spool, Event event) {
        spool.append(slot(event));
        assertThat(spool.commit()).isTrue();
    }

    /** Returns its epoch. */
    private String killed(Event... inLog) throws Exception {
        Path source = root.resolve("source");
        try (Spool spool = Spool.open(SpoolSettings.in(source), time)) {
            for (int i = 0; i < IN_DATABASE; i++) {
                put(spool, event(Lane.URGENT, Phase.INSTANT));
            }
        }
        try (Spool spool = Spool.open(SpoolSettings.in(source), time)) {
            for (int i = 0; i < IN_LOG; i++) {
                // Not the first one, in which the fault is.
                boolean isGiven = i >= 3 && i - 3 < inLog.length;
                put(spool, isGiven ? inLog[i - 3] : event(Lane.URGENT, Phase.INSTANT));
            }
            for (String name : List.of("spool.db", "spool.db-wal")) {
                Files.copy(source.resolve(name), directory.resolve(name));
            }
            return spool.epoch();
        }
    }

    private byte[] flip(int at) throws IOException {
        byte[] bytes = Files.readAllBytes(log);
        bytes[at] ^= 1;
        Files.write(log, bytes);
        return bytes;
    }

    private Spool start() {
        return Spool.openOrWait(SpoolSettings.in(directory), Checks.AT_ONCE, time);
    }

    private static List<LaneRecord> records(SpoolReader reader) {
        return reader.records(Lane.URGENT, 1, 100, 1 << 20);
    }

    @ParameterizedTest
    @CsvSource({
        "false, 1, the magic number",
        "false, 9, the size of pages",
        "false, 18, the salt",
        "false, 26, the checksum",
        "true, 26, the checksum",
    })
    void aDamagedHeaderCostsNothing(boolean isShut, int at, String what) throws Exception {
        String epoch = killed();
        byte[] bytes = flip(at);
        if (isShut) {
            TestingLock.shut(directory);
        }
        try (Spool spool = start()) {
            if (isShut) {
                assertThat(spool.epoch()).isNotEqualTo(epoch);
                assertThat(log).hasBinaryContent(bytes);
                TestingLock.heal(directory, time);
                assertThat(spool.idle()).isTrue();
            }
            assertThat(spool.epoch()).as(what).isNotEqualTo(epoch);
            try (SpoolReader reader = spool.newReader()) {
                assertThat(records(reader).size() + spool.repaired().records()).isEqualTo(ALL);
                assertThat(records(reader)).hasSizeGreaterThanOrEqualTo(ALL - 1);
            }
        }
    }

    @Test
    void lookingAtALogWhoseFirstFrameIsDamagedLeavesWhatLiesBehindIt() throws Exception {
        String epoch = killed();
        byte[] bytes = flip(32 + 24 + 100);
        TestingLock.shut(directory);
        try (Spool spool = start();
                SpoolReader reader = spool.newReader()) {
            assertThat(spool.epoch()).as("places that cannot be trusted").isNotEqualTo(epoch);
            assertThat(records(reader)).isEmpty();
            assertThat(log).hasBinaryContent(bytes);
            TestingLock.heal(directory, time);
            assertThat(spool.idle()).isTrue();
            int saved = records(reader).size();
            assertThat(saved + spool.repaired().records()).isEqualTo(ALL);
            assertThat(saved).isGreaterThan(21);
        }
    }

    @Test
    void anOpenAlarmAndItsPictureAreGoneOnWithAlsoWhereOnlyTheLogHasThem() throws Exception {
        Event begun = event(Lane.URGENT, Phase.BEGUN);
        Event ended = event(Lane.URGENT, Phase.BEGUN);
        Event pictured = event(Lane.URGENT, Phase.INSTANT, TestingEvents.picture());
        killed(
                begun,
                ended,
                pictured,
                ended.next(Phase.ENDED, Severity.INFO, TestingEvents.at(NOON), Map.of(), List.of()));
        flip(32 + 24 + 100);
        try (Spool spool = start();
                SpoolReader reader = spool.newReader()) {
            assertThat(spool.openEvents()).containsExactly(begun.id());
            assertThat(spool.restored().openEvents()).containsExactly(begun);
            assertThat(spool.restored().awaitingPictures()).containsExactly(pictured);
            assertThat(reader.evidence(EvidenceRow.State.PENDING, 10)).hasSize(1);
        }
    }

    @Test
    void aLogThatCannotBeLookedAtIsNotTakenForNone() throws Exception {
        String epoch = killed();
        Files.delete(log);
        Files.createSymbolicLink(log, log.getFileName());
        try (Spool spool = start()) {
            assertThat(spool.isOpen()).isFalse();
            assertThat(spool.epoch()).isNotEqualTo(epoch);
            assertThat(spool.lane(Lane.URGENT).last()).isZero();
        }
    }

    @Test
    void aLogThatCannotBeReadForMinutesIsPutAsideAndToldAsALossThatNobodyCanCount() throws Exception {
        String epoch = killed();
        Files.delete(log);
        Files.createSymbolicLink(log, log.getFileName());
        try (Spool spool = start()) {
            spool.tellGapsBy(TestingEvents::gap);
            for (int i = 0; i < MOST_LOG_TRIES - 2; i++) {
                time.advance(Duration.ofMinutes(10));
                assertThat(spool.idle()).isFalse();
                assertThat(Files.isSymbolicLink(log)).isTrue();
            }
            time.advance(Duration.ofMinutes(10));
            assertThat(spool.idle()).isTrue();
            assertThat(spool.epoch()).isNotEqualTo(epoch);
            assertThat(spool.repaired().uncounted()).contains(Lane.URGENT);
            assertThat(Files.isSymbolicLink(directory.resolve("spool-damaged-1.db-wal")))
                    .isTrue();
            assertThat(directory.resolve("spool-damaged-1.db-unsent"))
                    .as("given up after all others")
                    .exists();
            try (SpoolReader reader = spool.newReader()) {
                assertThat(records(reader))
                        .as("and what tells it of both lanes")
                        .hasSize(IN_DATABASE + 2);
            }
        }
    }

    @Test
    void aLogThatCanBeReadAgainBeforeThatCostsNothing() throws Exception {
        String epoch = killed();
        Path away = Files.move(log, root.resolve("away"));
        Files.createSymbolicLink(log, log.getFileName());
        try (Spool spool = start();
                SpoolReader reader = spool.newReader()) {
            for (int i = 0; i < MOST_LOG_TRIES - 2; i++) {
                time.advance(Duration.ofMinutes(10));
                assertThat(spool.idle()).isFalse();
            }
            Files.delete(log);
            Files.move(away, log);
            time.advance(Duration.ofMinutes(10));
            assertThat(spool.idle()).isTrue();
            assertThat(spool.epoch()).isEqualTo(epoch);
            assertThat(records(reader)).hasSize(ALL);
        }
    }

    @Test
    void aStartWaitsForACheckWhereWhatTheLastRunLeftCannotBeReadBeforeIt() throws Exception {
        Event begun = event(Lane.URGENT, Phase.BEGUN);
        killed(begun);
        flip(9);
        Checks slow = new Checks(work -> Thread.ofPlatform().start(work), Duration.ZERO);
        try (Spool spool = Spool.openOrWait(SpoolSettings.in(directory), slow, time)) {
            assertThat(spool.isOpen()).isTrue();
            assertThat(spool.restored().openEvents()).containsExactly(begun);
        }
    }

    @Test
    void aLogInWhichNothingIsYetStaysAsItIs() throws Exception {
        String epoch = killed();
        byte[] bytes = new byte[1 << 16];
        Files.write(log, bytes);
        TestingLock.shut(directory);
        try (Spool spool = start();
                SpoolReader reader = spool.newReader()) {
            assertThat(spool.epoch()).isEqualTo(epoch);
            assertThat(records(reader)).hasSize(IN_DATABASE);
        }
        assertThat(log).hasBinaryContent(bytes);
    }
}
