package io.fengsui.edge.spool.room;

import static io.fengsui.edge.spool.TestingEvents.NOON;
import static io.fengsui.edge.spool.TestingEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.sensor.SensorMessage;
import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.spool.TestingEvents;
import io.fengsui.edge.spool.TestingSpool;
import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Tombstone;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.wire.WireRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the spool gives up, and in which order. */
class SpoolRetentionTest extends TestingSpool {
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
        spool.rewind(Lane.BULK, spool.epoch(), 0);
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
        assertThat(number("SELECT count(*) FROM quarantine")).isEqualTo(3);
        assertThat(spool.stats().losses().quarantineDropped()).isEqualTo(2);
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
        assertThat(spool.stats().losses().evicted()).isPositive();
        assertThat(spool.lane(Lane.BULK).first()).isEqualTo(11);
        List<LaneRecord> bulk = read(Lane.BULK, 11);
        assertThat(bulk).hasSize(610);
        assertThat(WireRecords.decode(bulk.getFirst().body())).isInstanceOf(Tombstone.class);
        assertThat(WireRecords.decode(bulk.getLast().body())).isInstanceOf(Event.class);
        assertThat(WireRecords.decode(read(Lane.URGENT, 1).getFirst().body())).isEqualTo(firstUrgent);
        assertThat(read(Lane.URGENT, 1)).hasSize(2);
    }
}
