package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.value.Moment;
import io.fengsui.runtime.ManualTimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How far an edge's clock is ahead, and what that does to times. */
class HubClockTest extends TownTest {
    @Test
    void correctsTimesByTheClockOffsetMeasuredAtHello() {
        edge.close();
        var ahead = new ManualTimeSource(TestTown.START.plus(Duration.ofHours(3)));
        try (TestEdge fast = new TestEdge("edge-1", ahead)) {
            Event event = town.begun("edge-1", "fire.smoke", "smoke");
            fast.record(event.next(Phase.UPDATED, event.severity(), fast.now(), Map.of(), List.of()));
            fast.serve(town.hub.port());
            fast.sendAll();
            fast.awaitAcknowledged();
        }
        assertThat(town.one(Long.class, "SELECT clock_offset_millis FROM edge"))
                .isEqualTo(Duration.ofHours(3).toMillis());
        assertThat(town.one(Long.class, "SELECT revised_at FROM event")).isEqualTo(TestTown.START.toEpochMilli());
    }

    @Test
    void takesTheLeastDelayedSampleOfTheClockOffset() {
        edge.close();
        var ahead = new ManualTimeSource(TestTown.START.plus(Duration.ofHours(3)));
        try (TestEdge fast = new TestEdge("edge-1", ahead)) {
            town.time.advance(Duration.ofSeconds(2)); // the hello is two seconds on its way
            fast.serve(town.hub.port());
            assertThat(offset()).isEqualTo(Duration.ofHours(3).minusSeconds(2));
            ahead.advance(Duration.ofSeconds(2));
            fast.heartbeat(List.of());
            await().until(() -> offset().equals(Duration.ofHours(3)));
            town.time.advance(Duration.ofSeconds(9)); // a heartbeat that is nine seconds on its way says nothing
            fast.heartbeat(List.of());
            Event event = town.begun("edge-1", "fire.smoke", "smoke");
            fast.record(event.next(Phase.UPDATED, event.severity(), fast.now(), Map.of(), List.of()));
            fast.sendAll();
            fast.awaitAcknowledged();
            assertThat(offset()).isEqualTo(Duration.ofHours(3));
            ahead.advance(Duration.ofMinutes(5));
            town.time.advance(Duration.ofMinutes(11)); // what is older than the window counts no more
            fast.heartbeat(List.of());
            await().until(() -> offset().compareTo(Duration.ofHours(3)) < 0);
        }
        assertThat(town.count("SELECT COUNT(*) FROM journal WHERE kind = 'clock'"))
                .isEqualTo(2);
    }

    @Test
    void anAlarmRightAfterTheClockWasSetBackJoinsItsIncident() {
        edge.close();
        var set = new ManualTimeSource(TestTown.START);
        try (TestEdge jumping = new TestEdge("edge-1", set)) {
            jumping.serve(town.hub.port());
            alarm(jumping);
            set.jumpWall(Duration.ofDays(-3));
            alarm(jumping);
            set.jumpWall(Duration.ofDays(6));
            alarm(jumping);
            set.jumpWall(Duration.ofDays(-3));
            alarm(jumping);
        }
        assertThat(town.count("SELECT COUNT(*) FROM event")).isEqualTo(4);
        assertThat(town.count("SELECT COUNT(*) FROM ticket")).isEqualTo(1);
        assertThat(town.one(Long.class, "SELECT MIN(occurred_at) FROM event")).isEqualTo(TestTown.START.toEpochMilli());
    }

    /** An alarm that is over at once; the hub is told of it at once, before any heartbeat. */
    private void alarm(TestEdge jumping) {
        Event event = town.begun("edge-1", "fire.smoke", "smoke");
        Moment now = jumping.now();
        jumping.record(new Event(
                event.id(),
                1,
                Phase.INSTANT,
                event.kind(),
                event.severity(),
                event.lane(),
                event.origin(),
                new Event.Times(now, now, event.times().lease()),
                event.cause(),
                event.dedupKey(),
                event.attributes(),
                List.of(),
                List.of(),
                List.of(),
                event.marks()));
        jumping.sendAll();
        jumping.awaitAcknowledged();
    }

    private Duration offset() {
        return Duration.ofMillis(town.one(Long.class, "SELECT clock_offset_millis FROM edge"));
    }
}
