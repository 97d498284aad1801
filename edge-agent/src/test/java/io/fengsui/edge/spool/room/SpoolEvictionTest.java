package io.fengsui.edge.spool.room;

import static io.fengsui.edge.spool.TestingEvents.slot;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.spool.TestingEvents;
import io.fengsui.edge.spool.TestingSpool;
import io.fengsui.edge.spool.TestingVolatile;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Tombstone;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.wire.WireRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a full spool gives up, in which order, and how that is told. */
class SpoolEvictionTest extends TestingSpool {
    private static final int PADDING = 2_000;

    private void openWith(int heldSlots) {
        reopen(new SpoolSettings(directory, 1 << 20, Duration.ofDays(7), 1 << 30, 10, heldSlots));
    }

    private Map<Tombstone.Why, List<Tombstone>> stones(Lane lane) throws Exception {
        Map<Tombstone.Why, List<Tombstone>> stones = new HashMap<>();
        for (LaneRecord record : read(lane, 1)) {
            if (WireRecords.decode(record.body()) instanceof Tombstone stone) {
                stones.computeIfAbsent(stone.why(), why -> new ArrayList<>()).add(stone);
            }
        }
        return stones;
    }

    private Set<EventId> stored(Lane lane) throws Exception {
        List<EventId> ids = new ArrayList<>();
        for (LaneRecord record : read(lane, 1)) {
            if (WireRecords.decode(record.body()) instanceof Event event) {
                ids.add(event.id());
            }
        }
        return ids.stream().collect(Collectors.toSet());
    }

    private List<Event> told(String cause) throws Exception {
        List<Event> told = new ArrayList<>();
        for (LaneRecord record : read(Lane.URGENT, 1)) {
            if (WireRecords.decode(record.body()) instanceof Event event
                    && event.kind().isHealth()
                    && cause.equals(event.attributes().get("cause"))) {
                told.add(event);
            }
        }
        return told;
    }

    @Test
    void givesUpWhatMattersLeastFirstHoweverNewItIs() throws Exception {
        openWith(100);
        List<Event> major = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            major.add(TestingEvents.graded(Severity.MAJOR, PADDING));
            put(major.getLast());
        }
        for (int i = 0; i < 600; i++) {
            put(TestingEvents.graded(Severity.INFO, PADDING));
        }
        assertThat(spool.stats().losses().evicted()).isPositive();
        assertThat(stored(Lane.BULK)).containsAll(major.stream().map(Event::id).toList());
    }

    @Test
    void revisionsThatALaterOneSaysTooGoBeforeAnythingIsLost() throws Exception {
        openWith(100);
        List<EventId> ids = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Event event = TestingEvents.sized(Lane.BULK, Phase.BEGUN, PADDING);
            ids.add(event.id());
            for (int revision = 0; revision < 5; revision++) {
                put(event);
                event = event.next(Phase.UPDATED, event.severity(), TestingEvents.at(time.wall()), Map.of(), List.of());
            }
        }
        assertThat(spool.stats().losses().merged()).isPositive();
        assertThat(spool.stats().losses().evicted()).isZero();
        assertThat(stones(Lane.BULK)).containsOnlyKeys(Tombstone.Why.MERGED);
        assertThat(stored(Lane.BULK)).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void ofTheUrgentOnlyWhatIsOverAndOnlyWhenNothingElseIsLeft() throws Exception {
        openWith(100);
        spool.tellGapsBy(TestingEvents::gap);
        List<EventId> open = new ArrayList<>();
        int issued = 0;
        for (int i = 0; i < 450; i++) {
            boolean isOpen = i % 10 == 0;
            Event event = TestingEvents.sized(Lane.URGENT, isOpen ? Phase.BEGUN : Phase.INSTANT, PADDING);
            put(event);
            issued++;
            if (isOpen) {
                open.add(event.id());
            }
        }
        assertThat(stored(Lane.URGENT)).containsAll(open);
        time.advance(Duration.ofMinutes(6));
        spool.idle();
        long evicted = Objects.requireNonNull(stones(Lane.URGENT).get(Tombstone.Why.EVICTED))
                .size();
        long told = told("evicted").stream()
                .mapToLong(event -> Long.parseLong(event.attributes().get("records")))
                .sum();
        assertThat(evicted).isPositive().isLessThan(issued).isEqualTo(told);
    }

    @Test
    void aLossThatWasNotToldIsToldByTheNextStart() throws Exception {
        openWith(100);
        for (int i = 0; i < 600; i++) {
            put(TestingEvents.graded(Severity.INFO, PADDING));
        }
        long evicted = spool.stats().losses().evicted();
        assertThat(evicted).isPositive();
        openWith(100);
        assertThat(told("evicted")).isEmpty();
        spool.tellGapsBy(TestingEvents::gap);
        time.advance(Duration.ofMinutes(2));
        assertThat(spool.idle()).isTrue();
        assertThat(told("evicted"))
                .singleElement()
                .satisfies(event -> assertThat(event.attributes()).containsEntry("records", Long.toString(evicted)));
        time.advance(Duration.ofMinutes(10));
        assertThat(spool.idle()).isTrue();
        assertThat(told("evicted")).hasSize(1);
    }

    @Test
    void anEventThatFindsNoPlaceInMemoryIsSentFromThereAndToldAsLost() throws Exception {
        openWith(4);
        TestingVolatile volatileEvents = new TestingVolatile();
        spool.tellVolatileTo(volatileEvents);
        spool.tellGapsBy(TestingEvents::gap);
        sql("CREATE TRIGGER broken BEFORE INSERT ON record BEGIN SELECT RAISE(ABORT, 'broken'); END");
        List<Event> bulk = List.of(
                TestingEvents.event(Lane.BULK, Phase.INSTANT),
                TestingEvents.event(Lane.BULK, Phase.INSTANT),
                TestingEvents.event(Lane.BULK, Phase.INSTANT));
        bulk.forEach(event -> assertThat(spool.append(slot(event))).isTrue());
        assertThat(spool.append(slot(TestingEvents.event(Lane.BULK, Phase.INSTANT))))
                .as("the last quarter is for urgent slots")
                .isFalse();
        Event held = TestingEvents.event(Lane.URGENT, Phase.BEGUN);
        Event refused = TestingEvents.event(Lane.URGENT, Phase.BEGUN);
        assertThat(spool.append(slot(held))).isTrue();
        assertThat(spool.commit()).isFalse();
        assertThat(spool.append(slot(refused))).isFalse();
        assertThat(spool.commit()).isFalse();
        assertThat(volatileEvents.ids()).containsExactlyInAnyOrder(held.id(), refused.id());

        sql("DROP TRIGGER broken");
        time.advance(Duration.ofSeconds(60));
        assertThat(spool.commit()).isTrue();
        assertThat(volatileEvents.cleared.get()).isEqualTo(1);
        assertThat(spool.stats().losses().refused()).isEqualTo(2);
        assertThat(told("refused"))
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.attributes()).containsEntry("records", "1"));
        assertThat(stored(Lane.URGENT)).contains(held.id()).doesNotContain(refused.id());
    }
}
