package io.fengsui.hub.correlate;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of incidents; used by the shard's writer inside its transaction. */
public interface IncidentTable {
    @Nullable
    Incident find(String incident);

    /** Ids of the newest incidents of a key, newest first, at most {@code limit}. */
    List<String> newest(String edge, String dedupKey, int limit);

    void write(Collection<Incident> incidents);
}
