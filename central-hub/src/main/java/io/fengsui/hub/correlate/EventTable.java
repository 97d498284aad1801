package io.fengsui.hub.correlate;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of events; used by the shard's writer inside its transaction. */
public interface EventTable {
    @Nullable
    EventState find(String event);

    /** The rows of those ids that have one. */
    Map<String, EventState> findAll(Collection<String> ids);

    /** Ids of this edge's events that are open in the table. */
    List<String> open(String edge);

    /** Edges that have events open in the table. */
    List<String> edgesWithOpenEvents();

    void write(Collection<EventState> events);
}
