package io.fengsui.hub.correlate;

import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.protocol.EvidenceLost;
import org.jspecify.annotations.Nullable;

/** Takes what correlation found. Writer's thread only. */
public interface IncidentSink {
    /**
     * Takes news of an incident, or an incident that has waited once more, as if it were new; answers the ticket that stands
     * for it, null when none does.
     */
    @Nullable
    String onNews(Correlation correlation, Turn turn);

    /**
     * An event's edge fell silent while the event was open, or was heard of again; answers the ticket that stands for its
     * incident, null when none does.
     */
    @Nullable
    String onConfirmation(Correlation told, Turn turn);

    /** A promised picture will never come. */
    void onEvidenceLost(String edge, EvidenceLost lost, Turn turn);
}
