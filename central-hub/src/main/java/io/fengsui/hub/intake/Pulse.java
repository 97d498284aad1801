package io.fengsui.hub.intake;

import io.fengsui.protocol.EventId;
import io.fengsui.protocol.link.Heartbeat;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.value.Moment;
import java.time.Duration;
import java.util.List;

/**
 * What a session learns from its edge's heartbeats: its clock and which of its events it holds open. The log is told of
 * news only. Calls come one at a time.
 */
final class Pulse {
    /** A clock offset that differs by less than this is not worth a row. */
    private static final Duration NOTABLE = Duration.ofMillis(20);

    private final Intake intake;
    private final ClockSamples clocks = new ClockSamples();
    private List<EventId> renewed = List.of();
    private Duration told = Duration.ZERO;

    Pulse(Intake intake) {
        this.intake = intake;
    }

    /** The hello; returns the clock offset that it shows. */
    Duration begin(Hello hello) {
        intake.liveness().entered(hello.identity().edge());
        told = sample(hello.clock());
        return told;
    }

    void beat(Heartbeat heartbeat, String edge) {
        tell(edge, sample(heartbeat.clock()));
        intake.liveness().renewed(edge, heartbeat.openEvents());
        boolean isNews = !heartbeat.openEvents().equals(renewed);
        renewed = heartbeat.openEvents();
        if (isNews && !intake.log().renew(edge, heartbeat.openEvents())) {
            renewed = List.of();
        }
    }

    /**
     * A record that is to be taken next was made at this moment. When the edge's clock was set since the last heartbeat, the log
     * learns of it before the record is dated by the wrong offset.
     */
    void dated(Moment moment, String edge) {
        clocks.of(moment).ifPresent(offset -> tell(edge, offset));
    }

    private void tell(String edge, Duration offset) {
        if (offset.minus(told).abs().compareTo(NOTABLE) >= 0 && intake.log().measured(edge, offset)) {
            told = offset;
        }
    }

    private Duration sample(Moment clock) {
        return clocks.add(clock, intake.time().wall(), intake.time().steadyNanos());
    }
}
