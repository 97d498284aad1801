package io.fengsui.protocol.link;

import io.fengsui.protocol.EventId;
import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Moment;
import java.util.List;

/** Sent by the edge at the interval that Welcome asks for; renews the leases of its open events. */
public record Heartbeat(Moment clock, long unsentUrgent, long unsentBulk, List<EventId> openEvents) {
    public Heartbeat {
        Checks.count("open events", openEvents.size(), 10_000);
        openEvents = List.copyOf(openEvents);
    }
}
