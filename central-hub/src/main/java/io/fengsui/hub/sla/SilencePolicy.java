package io.fengsui.hub.sla;

import io.fengsui.hub.fleet.Edge;
import java.time.Duration;
import java.time.Instant;

/**
 * Decides when an edge that was once heard of counts as silent. Pure.
 *
 * @param limit quiet for this long is silence
 */
public record SilencePolicy(Duration limit) {

    public enum SilenceReason {
        /** Heard of less than the limit ago. */
        HEARD,
        SILENT,
        /** Told already. */
        ALREADY_SILENT
    }

    /** @param look when to look again; of no meaning once it is silent */
    public record Ruling(SilenceReason reason, Instant since, Instant look) {}

    public SilencePolicy {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("the limit of silence is positive, not " + limit);
        }
    }

    /** @param quiet for how long nothing was heard of it, on the steady clock */
    public Ruling decide(Edge edge, Duration quiet, Instant now) {
        Instant since = now.minus(quiet);
        Instant look = since.plus(limit);
        if (edge.silentSince() != null) {
            return new Ruling(SilenceReason.ALREADY_SILENT, edge.silentSince(), look);
        }
        return new Ruling(quiet.compareTo(limit) >= 0 ? SilenceReason.SILENT : SilenceReason.HEARD, since, look);
    }
}
