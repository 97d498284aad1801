package io.fengsui.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.spool.TestingEvents;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** More alarms than memory holds, while no disk takes them and no line brings them. */
class VolatileQueueTest {
    private final VolatileQueue queue = new VolatileQueue(() -> {});

    private static Event over() {
        return TestingEvents.event(Lane.URGENT, Phase.INSTANT);
    }

    private static Event begun() {
        return TestingEvents.event(Lane.URGENT, Phase.BEGUN);
    }

    private static Event milder(Event event) {
        return event.next(Phase.ENDED, Severity.MINOR, event.times().revised(), Map.of(), List.of());
    }

    private List<Event> fill(int many) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            events.add(over());
        }
        assertThat(queue.offer(events, true)).isEmpty();
        return events;
    }

    @Test
    void whatGivesWayIsGivenBackAndCountedTheLeastImportantFirst() {
        Event open = begun();
        assertThat(queue.offer(List.of(open), true)).isEmpty();
        List<Event> events = fill(VolatileQueue.MOST - 2);
        Event minor = milder(begun());
        assertThat(queue.offer(List.of(minor), true)).isEmpty();
        assertThat(queue.offer(List.of(over()), true)).containsExactly(minor);
        assertThat(queue.offer(List.of(over()), true)).as("then the oldest").containsExactly(events.get(0));
        assertThat(queue.dropped()).isEqualTo(2);
        assertThat(queue.depth()).isEqualTo(VolatileQueue.MOST);
        assertThat(queue.poll()).isEqualTo(open);
    }

    @Test
    void whatStandsOpenNeverGivesWay() {
        List<Event> open = new ArrayList<>();
        for (int i = 0; i < VolatileQueue.MOST + 10; i++) {
            Event event = begun();
            open.add(event);
            assertThat(queue.offer(List.of(event), true)).isEmpty();
        }
        Event over = over();
        assertThat(queue.offer(List.of(over), true))
                .as("the newest, where all others are open")
                .containsExactly(over);
        List<Event> told = new ArrayList<>();
        for (Event event = queue.poll(); event != null; event = queue.poll()) {
            told.add(event);
        }
        assertThat(told).isEqualTo(open);
    }

    @Test
    void whatWasSentAlreadyGivesWayBeforeWhatWasNotAndIsNotGivenBack() {
        List<Event> events = fill(VolatileQueue.MOST);
        Event first = queue.poll();
        Event second = queue.poll();
        assertThat(List.of(first, second)).isEqualTo(events.subList(0, 2));
        assertThat(queue.offer(List.of(over()), true)).as("it was told").isEmpty();
        assertThat(queue.dropped()).isEqualTo(1);
        queue.again();
        assertThat(queue.depth()).isEqualTo(VolatileQueue.MOST);
        assertThat(queue.poll()).as("once more over the next line").isEqualTo(second);
    }

    @Test
    void whatNoMemoryHoldsIsKeptWhenAllTheRestIsOnDisk() {
        Event held = over();
        Event sent = over();
        Event only = over();
        queue.offer(List.of(sent), false);
        assertThat(queue.poll()).isEqualTo(sent);
        queue.offer(List.of(held), true);
        queue.offer(List.of(only), false);
        queue.clear();
        assertThat(queue.poll()).isEqualTo(only);
        assertThat(queue.poll()).isNull();
        assertThat(queue.offer(List.of(begun()), true)).isEmpty();
    }

    @Test
    void whatComesAgainFromTheDiskGivesWayToWhatDoesNot() {
        Event only = milder(begun());
        queue.offer(List.of(only), false);
        List<Event> events = fill(VolatileQueue.MOST - 1);
        assertThat(queue.offer(List.of(over()), true)).containsExactly(events.get(0));
        assertThat(queue.poll()).isEqualTo(only);
    }

    @Test
    void whatIsInNoBatchIsNotGivenBackAsLate() {
        for (int i = 0; i < VolatileQueue.MOST; i++) {
            queue.offer(List.of(over()), false);
        }
        assertThat(queue.offer(List.of(over()), false))
                .as("it was told as refused")
                .isEmpty();
        assertThat(queue.dropped()).isEqualTo(1);
    }

    @Test
    void whatIsLeftOfAnOutageThatIsOverTakesNoRoomFromTheNextOne() {
        for (int i = 0; i < VolatileQueue.MOST; i++) {
            queue.offer(List.of(over()), false);
        }
        queue.clear();
        assertThat(queue.depth()).isEqualTo(VolatileQueue.MOST);
        for (int i = 0; i < VolatileQueue.MOST; i++) {
            assertThat(queue.poll()).isNotNull();
        }
        queue.again();
        assertThat(queue.depth()).as("once more over the next line").isEqualTo(VolatileQueue.MOST);
        for (int i = 0; i < VolatileQueue.MOST; i++) {
            assertThat(queue.poll()).isNotNull();
        }
        Event fresh = over();
        assertThat(queue.offer(List.of(fresh), true)).isEmpty();
        assertThat(queue.poll()).isEqualTo(fresh);
    }

    /** One that no memory held in the end, or that found no way to the disk, is given after those that were decided later. */
    @Test
    void anOlderRevisionThatComesLaterTakesNoNewerOnesPlace() {
        Event begun = begun();
        Event ended = milder(begun);
        assertThat(queue.offer(List.of(ended), true)).isEmpty();
        assertThat(queue.offer(List.of(begun), false)).isEmpty();
        assertThat(queue.poll()).isEqualTo(ended);
        assertThat(queue.poll()).isNull();
        assertThat(queue.offer(List.of(begun), false))
                .as("the newer one was sent")
                .isEmpty();
        assertThat(queue.poll()).isNull();
        queue.again();
        assertThat(queue.poll()).isEqualTo(ended);
    }
}
