package io.fengsui.edge.spool.urgent;

import static io.fengsui.edge.spool.TestingEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.spool.TestingEvents;
import io.fengsui.edge.spool.TestingVolatile;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UrgentDeskTest {
    private static final long PATIENCE = UrgentDesk.PATIENCE.toNanos();

    private final TestingVolatile memory = new TestingVolatile();
    private final UrgentDesk desk = new UrgentDesk();

    @BeforeEach
    void tellToMemory() {
        desk.tellTo(memory);
    }

    private Event decided(long nowNanos) {
        Event alarm = event(Lane.URGENT, Phase.BEGUN);
        desk.decided(List.of(alarm), nowNanos);
        return alarm;
    }

    @Test
    void whatTheDiskTakesInTimeIsNotTold() {
        Event alarm = decided(0);
        desk.look(PATIENCE - 1);
        desk.committed(List.of(alarm));
        desk.look(10 * PATIENCE);
        assertThat(memory.offered).isEmpty();
        assertThat(memory.cleared).hasValue(0);
    }

    @Test
    void whatTheDiskKeepsWaitingIsToldOnceAndWithItWhatCameSince() {
        Event first = decided(0);
        Event second = decided(PATIENCE - 1);
        desk.look(PATIENCE);
        assertThat(memory.ids()).containsExactly(first.id(), second.id());
        Event third = decided(PATIENCE + 1);
        desk.look(PATIENCE + 2);
        desk.look(PATIENCE + 3);
        desk.cannotWrite();
        assertThat(memory.ids())
                .as("the third does not wait for long too")
                .containsExactly(first.id(), second.id(), third.id());
        assertThat(memory.offered).allMatch(event -> event.marks().isVolatile());
        assertThat(memory.onlyWay).isEmpty();
    }

    @Test
    void bulkWaitsForTheDiskHoweverLong() {
        desk.decided(List.of(event(Lane.BULK, Phase.INSTANT)), 0);
        desk.look(100 * PATIENCE);
        desk.cannotWrite();
        assertThat(memory.offered).isEmpty();
    }

    @Test
    void whatWasToldIsClearedWhenAllOfItIsOnDisk() {
        Event first = decided(0);
        Event second = decided(0);
        desk.cannotWrite();
        decided(1);
        desk.committed(List.of(first));
        assertThat(memory.cleared).hasValue(0);
        desk.committed(List.of(second));
        assertThat(memory.cleared).as("the third was not told").hasValue(1);
    }

    /** It found no room between the rules and the ring, which is told as a loss; the hub hears of it all the same. */
    @Test
    void whatALaterOneOvertookHasNoOtherWay() {
        Event lost = decided(0);
        Event written = decided(0);
        desk.committed(List.of(written));
        assertThat(memory.onlyWay).extracting(Event::id).containsExactly(lost.id());
        desk.look(100 * PATIENCE);
        assertThat(memory.offered).hasSize(1);
    }

    @Test
    void aRevisionIsAnEventOfItsOwn() {
        Event begun = decided(0);
        Event ended =
                begun.next(Phase.ENDED, begun.severity(), TestingEvents.at(TestingEvents.NOON), Map.of(), List.of());
        desk.decided(List.of(ended, ended), 1);
        desk.committed(List.of(begun));
        desk.cannotWrite();
        assertThat(memory.offered).extracting(Event::revision).containsExactly(ended.revision());
    }

    @Test
    void whatGaveWayInMemoryIsGivenOnce() {
        Event gone = event(Lane.URGENT, Phase.INSTANT);
        memory.givingWay.add(gone);
        decided(0);
        desk.look(PATIENCE);
        assertThat(desk.takeLate()).containsExactly(Map.entry(gone.severity(), 1L));
        assertThat(desk.takeLate()).isEmpty();
    }

    @Test
    void ofMoreThanFitTheOldestAreNotWatchedAnyMore() {
        List<Event> all = new ArrayList<>();
        for (int i = 0; i < UrgentDesk.MOST + 3; i++) {
            all.add(decided(i));
        }
        desk.cannotWrite();
        assertThat(memory.ids())
                .hasSize(UrgentDesk.MOST)
                .first()
                .isEqualTo(all.get(3).id());
        desk.committed(all);
        assertThat(memory.cleared).hasValue(1);
    }

    /** The disk hangs for a day, and nobody is there to be told. */
    @Test
    void whatGaveWayIsCountedAndNotKept() {
        for (int i = 0; i < 3 * UrgentDesk.MOST; i++) {
            Event alarm = event(Lane.URGENT, Phase.INSTANT);
            memory.givingWay.add(alarm);
            desk.decided(List.of(alarm), i);
            desk.cannotWrite();
        }
        assertThat(desk.takeLate()).containsExactly(Map.entry(Severity.CRITICAL, 3L * UrgentDesk.MOST));
    }

    /** Of more than are watched the first come to the spool when its thread goes on. */
    @Test
    void whatIsNotWatchedAnyMoreStandsBehindNobodyWhenTheSpoolTakesIt() {
        List<Event> all = new ArrayList<>();
        for (int i = 0; i < UrgentDesk.MOST + 2; i++) {
            all.add(decided(i));
        }
        desk.cannotWrite();
        desk.taken(all.subList(0, 2), UrgentDesk.MOST);
        desk.committed(all.subList(0, 2));
        assertThat(memory.onlyWay).as("all others come from the disk").isEmpty();
    }
}
