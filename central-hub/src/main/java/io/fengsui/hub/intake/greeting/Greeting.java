package io.fengsui.hub.intake.greeting;

import io.fengsui.protocol.link.LanePosition;
import io.fengsui.protocol.link.Refusal;
import java.util.List;

/** The log's answer to a hello. */
public sealed interface Greeting {
    /** Served: the edge sends from each position + 1. */
    record Served(List<LanePosition> positions) implements Greeting {
        public Served {
            positions = List.copyOf(positions);
        }
    }

    record Refused(Refusal.Cause cause, GreetingReason reason, String detail) implements Greeting {}
}
