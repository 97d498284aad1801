package io.fengsui.edge.spool.repair;

import static io.fengsui.edge.spool.TestingEvents.NOON;
import static io.fengsui.edge.spool.TestingEvents.event;
import static io.fengsui.edge.spool.TestingEvents.slot;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.spool.Checks;
import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.spool.SpoolFigures;
import io.fengsui.edge.spool.TestingEvents;
import io.fengsui.edge.spool.TestingLock;
import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.store.EvidenceRow;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.runtime.ManualTimeSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log that is damaged anywhere costs what was in the damaged place only, and is never taken for none. */
class DamagedLogTest {
    private static final int FRAME = 24 + 4096;
    private static final int EARLIER = 5;
    private static final int LATER = 20;
    private static final int ALL = EARLIER + LATER + 1;

    @TempDir
    private Path root;

    private final ManualTimeSource time = new ManualTimeSource(NOON);
    private final Event fire = event(Lane.URGENT, Phase.BEGUN, TestingEvents.picture());
    private final Sha256 sum = Sha256.hashOf(new byte[] {1, 2, 3});
    private final UUID order = new UUID(7, 9);
    private Path directory;
    private Path log;
    private String epoch;

    /** Five records in the database; an open fire with its picture, a state, an order and twenty more records in the log. */
    @BeforeEach
    void write() throws Exception {
        directory = Files.createDirectory(root.resolve("spool"));
        log = directory.resolve("spool.db-wal");
        Path source = root.resolve("source");
        try (Spool spool = Spool.open(SpoolSettings.in(source), time)) {
            put(spool, EARLIER);
        }
        try (Spool spool = Spool.open(SpoolSettings.in(source), time)) {
            put(spool, 3);
            Slot.StateChange state = new Slot.StateChange("rule", new byte[] {4, 5});
            assertThat(spool.append(new Slot(List.of(fire), List.of(state), List.of(), List.of(), 0)))
                    .isTrue();
            assertThat(spool.commit()).isTrue();
            spool.evidence().taken(fire.id(), fire.evidence().getFirst().id(), sum, 3);
            spool.claimOrder(order);
            put(spool, LATER - 3);
            epoch = spool.epoch();
            for (String name : List.of("spool.db", "spool.db-wal")) {
                Files.copy(source.resolve(name), directory.resolve(name));
            }
        }
    }

    private static void put(Spool spool, int many) {
        for (int i = 0; i < many; i++) {
            assertThat(spool.append(slot(event(Lane.URGENT, Phase.INSTANT)))).isTrue();
            assertThat(spool.commit()).isTrue();
        }
    }

    private void flip(int at) throws IOException {
        byte[] bytes = Files.readAllBytes(log);
        bytes[at] ^= 1;
        Files.write(log, bytes);
    }

    private void letOpen(Spool spool) throws IOException {
        TestingLock.heal(directory, time);
        spool.idle();
    }

    private void assertAllThere(Spool spool) {
        assertThat(spool.isOpen()).isTrue();
        assertThat(spool.epoch()).as("no sequence is given twice").isNotEqualTo(epoch);
        assertThat(spool.lane(Lane.URGENT).last()).isEqualTo(ALL);
        assertThat(spool.repaired().records()).isZero();
        assertThat(spool.repaired().isClean()).isFalse();
        assertThat(spool.openEvents()).containsExactly(fire.id());
    }

    private void assertRowsThere(Spool spool) {
        assertThat(spool.repaired().otherRows()).isZero();
        assertThat(spool.restored().ruleStates()).containsKey("rule");
        assertThat(spool.restored().openEvents()).extracting(Event::id).containsExactly(fire.id());
        try (SpoolReader reader = spool.newReader()) {
            assertThat(reader.evidence(EvidenceRow.State.TAKEN, 10))
                    .extracting(EvidenceRow::sha256)
                    .containsExactly(sum);
        }
        var isNew = spool.claimOrder(order);
        assertThat(spool.commit()).isTrue();
        assertThat(isNew).as("an order is carried out once").isCompletedWithValue(false);
    }

    /** Magic, page size, salt, checksum. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 9, 17, 26, 31})
    void aBitOfTheLogsHeaderCostsNothing(int at) throws Exception {
        flip(at);
        byte[] damaged = Files.readAllBytes(log);
        try (Spool spool = Spool.open(SpoolSettings.in(directory), time)) {
            assertAllThere(spool);
            assertRowsThere(spool);
            assertThat(directory.resolve("spool-damaged-1.db-wal")).hasBinaryContent(damaged);
            assertThat(directory.resolve("spool-bare.db-wal")).doesNotExist();
        }
    }

    @Test
    void aHeaderThatIsGoneCostsNothingThatALaterTransactionHas() throws Exception {
        byte[] bytes = Files.readAllBytes(log);
        Arrays.fill(bytes, 0, 32, (byte) 0);
        Files.write(log, bytes);
        try (Spool spool = Spool.open(SpoolSettings.in(directory), time)) {
            assertAllThere(spool);
        }
    }

    @Test
    void aLogThatWasNeverWrittenIsNone() throws Exception {
        Files.write(log, new byte[32 + 3 * FRAME]);
        try (Spool spool = Spool.open(SpoolSettings.in(directory), time)) {
            assertThat(spool.epoch()).isEqualTo(epoch);
            assertThat(spool.repaired()).isEqualTo(RepairReport.CLEAN);
        }
    }

    @Test
    void lanesThatEndTooEarlyAreNotServedWhileTheSpoolIsShut() throws Exception {
        flip(26);
        TestingLock.shut(directory);
        try (Spool spool = Spool.openOrWait(SpoolSettings.in(directory), Checks.AT_ONCE, time)) {
            assertThat(spool.epoch()).isNotEqualTo(epoch);
            assertThat(spool.lane(Lane.URGENT).last()).isZero();
            letOpen(spool);
            assertAllThere(spool);
        }
    }

    @Test
    void whoLooksAtItDoesNotDeleteIt() throws Exception {
        flip(26);
        byte[] damaged = Files.readAllBytes(log);
        assertThat(SpoolFigures.read(directory).lanes()).hasSize(2);
        assertThat(log).hasBinaryContent(damaged);
    }

    @Test
    void aLogThatCannotBeLookedAtIsNotNone() throws Exception {
        Path elsewhere = root.resolve("log");
        Files.move(log, elsewhere);
        Files.createSymbolicLink(log, log.getFileName());
        try (Spool spool = Spool.openOrWait(SpoolSettings.in(directory), Checks.AT_ONCE, time)) {
            assertThat(spool.isOpen()).isFalse();
            assertThat(spool.epoch()).as("nothing is served").isNotEqualTo(epoch);
            Files.delete(log);
            Files.move(elsewhere, log);
            time.advance(Duration.ofMinutes(1));
            spool.idle();
            assertThat(spool.isOpen()).isTrue();
            assertThat(spool.epoch()).isEqualTo(epoch);
            assertThat(spool.lane(Lane.URGENT).last()).isEqualTo(ALL);
        }
    }

    /** Of a page that was written again later. */
    @Test
    void aBrokenFrameCostsNoRowOfTheOthers() throws Exception {
        flip(32 + FRAME - 4096 + 100);
        try (Spool spool = Spool.open(SpoolSettings.in(directory), time)) {
            assertAllThere(spool);
            assertRowsThere(spool);
        }
        try (Spool spool = Spool.open(SpoolSettings.in(directory), time)) {
            assertThat(spool.restored().openEvents()).extracting(Event::id).containsExactly(fire.id());
            assertThat(spool.lane(Lane.URGENT).last()).isEqualTo(ALL);
        }
    }

    /** The open events' own page is gone, and the pictures': what the records say of them is left. */
    @ParameterizedTest
    @ValueSource(strings = {"live_event", "evidence"})
    void whatNoPageHasAnyMoreTheRecordsTell(String table) throws Exception {
        int wanted = page(table);
        byte[] bytes = Files.readAllBytes(log);
        ByteBuffer frames = ByteBuffer.wrap(bytes);
        long salt = frames.getLong(16);
        int lost = 0;
        for (int at = 32; at + FRAME <= bytes.length && frames.getLong(at + 8) == salt; at += FRAME) {
            if (frames.getInt(at) == wanted) {
                Arrays.fill(bytes, at + 24, at + FRAME, (byte) 0);
                lost++;
            }
        }
        assertThat(lost).isPositive();
        Files.write(log, bytes);
        try (Spool spool = Spool.open(SpoolSettings.in(directory), time)) {
            assertAllThere(spool);
            assertThat(spool.repaired().otherRows()).as("rows may be lost").isPositive();
            try (SpoolReader reader = spool.newReader()) {
                assertThat(reader.evidence(EvidenceRow.State.PENDING, 10).size()
                                + reader.evidence(EvidenceRow.State.TAKEN, 10).size())
                        .as("the picture is not forgotten")
                        .isEqualTo(1);
            }
        }
    }

    private int page(String table) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + root.resolve("source/spool.db"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT rootpage FROM sqlite_schema WHERE type='table' AND name='" + table + "'")) {
            return row.getInt(1);
        }
    }

    @Test
    void whatWasReadWithoutItsLogIsNotThePast() throws Exception {
        flip(26);
        TestingLock.shut(directory);
        try (Spool spool = Spool.openOrWait(SpoolSettings.in(directory), Checks.AT_ONCE, time)) {
            assertThat(spool.restored().openEvents()).isEmpty();
            letOpen(spool);
            assertThat(spool.openEvents()).as("the fire is not forgotten").containsExactly(fire.id());
        }
    }
}
