package io.fengsui.hub.notify.silence;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Rows of silences; used by the shard's writer inside its transaction. */
public interface SilenceTable {
    /** Those that are not over, oldest first. */
    List<Silence> current(Instant now, int limit);

    void write(Collection<Silence> silences);
}
