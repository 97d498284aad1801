package io.fengsui.hub.correlate.gather;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of gathered incidents; used by the shard's writer inside its transaction. */
public interface GatherTable {
    @Nullable
    Gathered find(String incident);

    /**
     * Those that are open, held, or were heard of since then; oldest first, the newest {@code limit}.
     *
     * @param isStorm of those that a storm put into a ticket; of all others otherwise
     */
    List<Gathered> recent(Instant since, boolean isStorm, int limit);

    /** Those that have waited long enough. */
    List<String> held(Instant now, int limit);

    /** Whether any waits. */
    boolean isHolding();

    /** Those that wait for this reason have waited long enough. */
    void release(GatherReason reason, Instant now);

    /** Nobody follows any of them for now: what is open, and how severe that is, is not known from then on. Not of what waits. */
    void lose();

    /** Whether a ticket has an open incident other than this one. */
    boolean hasOtherOpen(String ticket, String incident);

    void write(Collection<Gathered> gathered);
}
