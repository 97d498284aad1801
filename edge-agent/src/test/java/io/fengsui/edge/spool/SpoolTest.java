package io.fengsui.edge.spool;

import static io.fengsui.edge.spool.TestingEvents.NOON;
import static io.fengsui.edge.spool.TestingEvents.event;
import static io.fengsui.edge.spool.TestingEvents.slot;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.wire.PrefixHash;
import io.fengsui.protocol.wire.WireRecords;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SpoolTest extends TestingSpool {
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

        spool.rewind(Lane.URGENT, spool.epoch(), 1);
        spool.rewind(Lane.URGENT, "another-epoch", 0);
        spool.commit();
        reopen(SpoolSettings.in(directory));
        assertThat(spool.lane(Lane.URGENT).acknowledged()).isEqualTo(1);
        assertThat(read(Lane.URGENT, 2)).hasSize(4);
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
}
