package io.fengsui.protocol.link;

import io.fengsui.protocol.value.Checks;
import java.time.Duration;

/** The hub's answer to an edge that it does not serve. */
public record Refusal(Cause cause, String detail, String address, Duration retryAfter) {
    /** Why not; the label is the metric's tag. */
    public enum Cause {
        UNKNOWN_EDGE,
        VERSION,
        /** Two spools with one identity: neither is acknowledged. */
        FORK,
        DUPLICATE_SESSION,
        OVERLOADED,
        /** Another hub node holds this edge's shard. */
        ELSEWHERE,
        MALFORMED
    }

    public Refusal {
        Checks.text("detail", detail);
        Checks.text("address", address);
    }
}
