package io.fengsui.hub.correlate.gather;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Work that people announced at a desk; what stands in the file is the policy's. Writer's thread only. */
public interface Announced {
    /** When the work that such an incident falls into is over; null when it falls into none now. */
    @Nullable
    Instant worksUntil(Gathered one, Instant now);

    /** Whether there is any that is not over. */
    boolean isAny(Instant now);
}
