package io.fengsui.edge.uplink;

import static io.fengsui.edge.spool.TestingEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.edge.spool.TestingEvents;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is urgent and new does not wait for what is urgent and old; what is spoilt is not believed. */
class FreshAlarmsTest extends TestingUplink {
    private static final int OLD = 600;

    @Test
    void aNewAlarmGoesAheadOfABacklogOfOlderOnesAndAgainInItsTurn() {
        fill();
        hub.acknowledges = false;
        edge.connect(hub.port());
        await().until(() -> !hub.records(Lane.URGENT).isEmpty());
        await().until(() -> hub.past.size() == FreshAlarms.MOST);
        Event alarm = event(Lane.URGENT, Phase.INSTANT);
        edge.time.advance(Duration.ofSeconds(2));
        edge.put(alarm);
        await().until(() -> hub.past.containsKey(alarm.id()));
        assertThat(hub.records(Lane.URGENT)).hasSizeLessThan(OLD);
        assertThat(hub.past).hasSize(FreshAlarms.MOST + 1);
        hub.acknowledges = true;
        hub.drop();
        awaitAcknowledged(Lane.URGENT, OLD + 1);
    }

    @Test
    void withoutABacklogNothingIsSentTwice() {
        edge.connect(hub.port());
        for (int i = 1; i <= 20; i++) {
            edge.put(event(Lane.URGENT, Phase.INSTANT));
            awaitAcknowledged(Lane.URGENT, i);
        }
        assertThat(hub.past).isEmpty();
        assertThat(hub.sequences(Lane.URGENT)).isEqualTo(upTo(20));
    }

    @Test
    void aSpoiltWelcomeIsNotTakenForAnotherPast() {
        hub.spoiltWelcomes = 1;
        edge.put(event(Lane.URGENT, Phase.INSTANT));
        edge.connect(hub.port());
        awaitAcknowledged(Lane.URGENT, 1);
        assertThat(hub.hellos).hasSize(2);
        assertThat(hub.forks).isEmpty();
    }

    private void fill() {
        for (int i = 0; i < OLD; i++) {
            edge.put(TestingEvents.sized(Lane.URGENT, Phase.INSTANT, 400));
            long last = i + 1L;
            if (last % 100 == 0) {
                await().until(() -> edge.spool.lane(Lane.URGENT).last() == last);
            }
        }
    }
}
