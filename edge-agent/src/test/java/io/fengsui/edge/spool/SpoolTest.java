package io.fengsui.edge.spool;

import static io.fengsui.edge.spool.TestingEvents.NOON;
import static io.fengsui.edge.spool.TestingEvents.event;
import static io.fengsui.edge.spool.TestingEvents.slot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.sensor.SensorMessage;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.edge.spool.store.SpoolReader;
import io.fengsui.edge.spool.store.SpoolSchema;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Tombstone;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.wire.PrefixHash;
import io.fengsui.protocol.wire.WireRecords;
import io.fengsui.runtime.ManualTimeSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    @TempDir
    Path directory;

    private final ManualTimeSource time = new ManualTimeSource(NOON);
    private Spool spool;

    @BeforeEach
    void open() {
        spool = Spool.open(SpoolSettings.in(directory), time);
    }

    @AfterEach
    void close() {
        spool.close();
    }

    private void reopen(SpoolSettings settings) {
        spool.close();
        spool = Spool.open(settings, time);
    }

    private List<LaneRecord> read(Lane lane, long from) {
        try (SpoolReader reader = spool.newReader()) {
            return reader.records(lane, from, 10_000, 1 << 24);
        }
    }

    private void put(Event... events) {
        assertThat(spool.append(slot(events))).isTrue();
        assertThat(spool.commit()).isTrue();
    }

    @Test
    void givesEachLaneItsOwnNumbersFromOne() throws Exception {
        Event urgent = event(Lane.URGENT, Phase.BEGUN);
        Event bulk = event(Lane.BULK, Phase.INSTANT);
        put(bulk, urgent, event(Lane.BULK, Phase.INSTANT));

        assertThat(read(Lane.URGENT, 1)).extracting(LaneRecord::sequence).containsExactly(1L);
        assertThat(read(Lane.BULK, 1)).extracting(LaneRecord::sequence).containsExactly(1L, 2L);
        assertThat(WireRecords.decode(read(Lane.URGENT, 1).getFirst().body())).isEqualTo(urgent);
        assertThat(WireRecords.decode(read(Lane.BULK, 1).getFirst().body())).isEqualTo(bulk);
    }

    @Test
    void showsNothingBeforeTheCommit() {
        spool.append(slot(event(Lane.URGENT, Phase.BEGUN)));
        assertThat(read(Lane.URGENT, 1)).isEmpty();
        assertThat(spool.lane(Lane.URGENT).last()).isZero();
        spool.commit();
        assertThat(spool.lane(Lane.URGENT).last()).isEqualTo(1);
    }

    @Test
    void continuesNumbersHashesAndEpochAfterReopening() {
        put(event(Lane.URGENT, Phase.BEGUN), event(Lane.URGENT, Phase.INSTANT));
        String epoch = spool.epoch();
        reopen(SpoolSettings.in(directory));
        put(event(Lane.URGENT, Phase.INSTANT));

        assertThat(spool.epoch()).isEqualTo(epoch);
        byte[] hash = PrefixHash.none();
        for (LaneRecord record : read(Lane.URGENT, 1)) {
            hash = PrefixHash.next(hash, record.body());
            assertThat(record.prefixHash()).isEqualTo(hash);
        }
        assertThat(spool.lane(Lane.URGENT).last()).isEqualTo(3);
    }

    @Test
    void twoSpoolsNeverHaveOneEpoch() {
        Spool other = Spool.open(SpoolSettings.in(directory.resolve("other")), time);
        assertThat(other.epoch()).isNotEqualTo(spool.epoch());
        other.close();
    }

    @Test
    void restoresRuleStatesAndOpenEvents() {
        Event ended = event(Lane.URGENT, Phase.BEGUN);
        Event open = event(Lane.BULK, Phase.BEGUN);
        Event awaiting = event(Lane.BULK, Phase.INSTANT, TestingEvents.picture());
        put(ended, open, awaiting);
        Event end = ended.next(Phase.ENDED, Severity.INFO, TestingEvents.at(NOON), Map.of(), List.of());
        put(end);
        spool.append(new Slot(
                List.of(),
                List.of(new Slot.StateChange("dwell/1", new byte[] {1, 2}), new Slot.StateChange("old", new byte[] {3
                })),
                List.of(),
                List.of(),
                0));
        spool.append(new Slot(List.of(), List.of(new Slot.StateChange("old", new byte[0])), List.of(), List.of(), 0));
        spool.commit();
        assertThat(spool.openEvents()).containsExactly(open.id());

        reopen(SpoolSettings.in(directory));
        assertThat(spool.restored().openEvents()).containsExactly(open);
        assertThat(spool.restored().awaitingPictures()).containsExactly(awaiting);
        assertThat(spool.restored().ruleStates()).containsOnlyKeys("dwell/1");
        assertThat(spool.restored().ruleStates().get("dwell/1")).containsExactly(1, 2);
        assertThat(spool.openEvents()).containsExactly(open.id());
    }

    @Test
    void acknowledgesAPrefixAndRewindsToTheHubsOlderPosition() {
        for (int i = 0; i < 5; i++) {
            put(event(Lane.URGENT, Phase.INSTANT));
        }
        spool.acknowledge(Lane.URGENT, spool.epoch(), 4);
        spool.acknowledge(Lane.URGENT, spool.epoch(), 2);
        spool.acknowledge(Lane.URGENT, spool.epoch(), 99);
        spool.acknowledge(Lane.URGENT, "another-epoch", 5);
        spool.commit();
        assertThat(spool.lane(Lane.URGENT).acknowledged()).isEqualTo(4);
        assertThat(spool.lane(Lane.BULK).acknowledged()).isZero();
        assertThat(spool.stats().lane(Lane.URGENT).depth()).isEqualTo(1);
        assertThat(spool.lane(Lane.URGENT).acknowledgedHash().bytes())
                .isEqualTo(read(Lane.URGENT, 4).getFirst().prefixHash());

        spool.rewind(Lane.URGENT, 1);
        spool.commit();
        reopen(SpoolSettings.in(directory));
        assertThat(spool.lane(Lane.URGENT).acknowledged()).isEqualTo(1);
        assertThat(read(Lane.URGENT, 2)).hasSize(4);
    }

    @Test
    void forgetsAcknowledgedRecordsAfterTheirTimeAndKeepsTheOthers() {
        for (int i = 0; i < 3; i++) {
            put(event(Lane.BULK, Phase.INSTANT));
        }
        byte[] second = read(Lane.BULK, 2).getFirst().prefixHash();
        spool.acknowledge(Lane.BULK, spool.epoch(), 2);
        spool.commit();
        time.advance(Duration.ofDays(8));
        spool.idle();

        assertThat(spool.lane(Lane.BULK).first()).isEqualTo(3);
        assertThat(read(Lane.BULK, 1)).extracting(LaneRecord::sequence).containsExactly(3L);
        try (SpoolReader reader = spool.newReader()) {
            assertThat(reader.prefixHash(Lane.BULK, 2))
                    .hasValueSatisfying(hash -> assertThat(hash).isEqualTo(second));
            assertThat(reader.prefixHash(Lane.BULK, 1)).isEmpty();
        }
        spool.rewind(Lane.BULK, 0);
        spool.commit();
        assertThat(spool.lane(Lane.BULK).acknowledged()).isEqualTo(2);
        assertThat(spool.lane(Lane.BULK).acknowledgedHash().bytes()).isEqualTo(second);
    }

    @Test
    void forgetsTheOldestAcknowledgedWhenOverItsBudget() {
        reopen(new SpoolSettings(directory, 64 << 20, Duration.ofDays(7), 10_000, 10, 100));
        for (int i = 0; i < 20; i++) {
            put(TestingEvents.sized(Lane.BULK, Phase.INSTANT, 1000));
        }
        assertThat(spool.lane(Lane.BULK).first()).isEqualTo(1);
        spool.acknowledge(Lane.BULK, spool.epoch(), 20);
        spool.commit();
        spool.commit();
        assertThat(spool.lane(Lane.BULK).first()).isBetween(10L, 18L);
        assertThat(spool.stats().lane(Lane.BULK).bytes()).isLessThanOrEqualTo(10_000);
    }

    @Test
    void aDamagedRecordCostsOnlyItselfAndKeepsItsNumberAndHash() throws Exception {
        for (int i = 0; i < 3; i++) {
            put(event(Lane.URGENT, Phase.INSTANT));
        }
        List<LaneRecord> before = read(Lane.URGENT, 1);
        spool.close();
        sql("UPDATE record SET body = zeroblob(length(body)) WHERE sequence = 2");
        spool = Spool.open(SpoolSettings.in(directory), time);

        List<LaneRecord> after = read(Lane.URGENT, 1);
        assertThat(after).hasSize(3);
        assertThat(after.get(1).prefixHash()).isEqualTo(before.get(1).prefixHash());
        assertThat(WireRecords.decode(after.get(1).body())).isInstanceOfSatisfying(Tombstone.class, tombstone -> {
            assertThat(tombstone.why()).isEqualTo(Tombstone.Why.DAMAGED);
            assertThat(tombstone.kind().value()).isEqualTo("fire.smoke");
        });
        assertThat(after.get(2).body()).isEqualTo(before.get(2).body());
    }

    @Test
    void movesAFileThatIsNoDatabaseAsideAndBeginsANewEpoch() throws Exception {
        String epoch = spool.epoch();
        spool.close();
        Files.write(
                directory.resolve("spool.db"),
                "no database, just text. ".repeat(400).getBytes(StandardCharsets.UTF_8));
        spool = Spool.open(SpoolSettings.in(directory), time);

        assertThat(spool.epoch()).isNotEqualTo(epoch);
        assertThat(spool.damagedFile()).exists();
        put(event(Lane.URGENT, Phase.INSTANT));
    }

    @Test
    void refusesAFileOfALaterVersion() throws Exception {
        spool.close();
        sql("PRAGMA user_version=2");
        assertThatThrownBy(() -> Spool.open(SpoolSettings.in(directory), time))
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("schema version 2");
        sql("PRAGMA user_version=1");
        spool = Spool.open(SpoolSettings.in(directory), time);
    }

    @Test
    void refusesADirectoryThatAnotherSpoolUses() {
        assertThatThrownBy(() -> Spool.open(SpoolSettings.in(directory), time))
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("locked");
    }

    @Test
    void keepsTheFirstFourKilobytesOfQuarantinedPayloadsAndDropsTheOldest() throws Exception {
        reopen(new SpoolSettings(directory, 64 << 20, Duration.ofDays(7), 1 << 20, 3, 100));
        List<SensorMessage.QuarantinedPayload> payloads = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            payloads.add(new SensorMessage.QuarantinedPayload(
                    "b", "t/" + i, "", "not JSON", new byte[9000], TestingEvents.at(NOON), () -> {}));
        }
        spool.append(new Slot(List.of(), List.of(), payloads, List.of(), 0));
        spool.commit();
        time.advance(Duration.ofMinutes(2));
        spool.idle();
        try (SpoolReader reader = spool.newReader()) {
            assertThat(reader.quarantined()).isEqualTo(3);
        }
        assertThat(spool.stats().quarantineDropped()).isEqualTo(2);
        spool.close();
        assertThat(number("SELECT max(length(payload)) FROM quarantine")).isEqualTo(4096);
        assertThat(number("SELECT count(*) FROM quarantine WHERE topic='t/4'")).isEqualTo(1);
        spool = Spool.open(SpoolSettings.in(directory), time);
    }

    @Test
    void whenFullGivesUpAcknowledgedThenBulkAndNeverUrgent() throws Exception {
        reopen(new SpoolSettings(directory, 1 << 20, Duration.ofDays(7), 1 << 30, 10, 1000));
        Event firstUrgent = TestingEvents.sized(Lane.URGENT, Phase.INSTANT, 2000);
        put(firstUrgent);
        for (int i = 0; i < 20; i++) {
            put(TestingEvents.sized(Lane.BULK, Phase.INSTANT, 2000));
        }
        spool.acknowledge(Lane.BULK, spool.epoch(), 10);
        for (int i = 0; i < 600; i++) {
            put(TestingEvents.sized(Lane.BULK, Phase.INSTANT, 2000));
        }
        put(TestingEvents.sized(Lane.URGENT, Phase.INSTANT, 2000));

        assertThat(spool.stats().isHealthy()).isTrue();
        assertThat(spool.stats().evicted()).isPositive();
        assertThat(spool.lane(Lane.BULK).first()).isEqualTo(11);
        List<LaneRecord> bulk = read(Lane.BULK, 11);
        assertThat(bulk).hasSize(610);
        assertThat(WireRecords.decode(bulk.getFirst().body())).isInstanceOf(Tombstone.class);
        assertThat(WireRecords.decode(bulk.getLast().body())).isInstanceOf(Event.class);
        assertThat(WireRecords.decode(read(Lane.URGENT, 1).getFirst().body())).isEqualTo(firstUrgent);
        assertThat(read(Lane.URGENT, 1)).hasSize(2);
    }

    @Test
    void claimsAnOrderOnceAlsoAfterARestart() throws Exception {
        UUID order = new UUID(1, 2);
        var first = spool.claimOrder(order);
        var again = spool.claimOrder(order);
        assertThat(first).isNotDone();
        spool.commit();
        assertThat(first.get()).isTrue();
        assertThat(again.get()).isFalse();
        reopen(SpoolSettings.in(directory));
        var later = spool.claimOrder(order);
        spool.commit();
        assertThat(later.get()).isFalse();
    }

    @Test
    void tellsTheAgeOfTheOldestWaitingRecordByTheSteadyClock() {
        put(event(Lane.URGENT, Phase.INSTANT));
        time.advance(Duration.ofSeconds(30));
        time.jumpWall(Duration.ofHours(-5));
        assertThat(spool.stats().lane(Lane.URGENT).oldestAge()).isEqualTo(Duration.ofSeconds(30));
        spool.acknowledge(Lane.URGENT, spool.epoch(), 1);
        spool.commit();
        assertThat(spool.stats().lane(Lane.URGENT).oldestAge()).isZero();
    }

    private void sql(String statement) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("spool.db"));
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    private long number(String query) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("spool.db"))) {
            return SpoolSchema.number(connection, query);
        }
    }
}
