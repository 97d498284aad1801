package io.fengsui.hub.correlate.gather;

import io.fengsui.protocol.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Work that people announced at a desk; what stands in the file is the policy's. Writer's thread only. */
public interface Announced {
    /** When the work is over that holds such an incident back, as severe as it is now; null when none does. */
    @Nullable
    Instant worksUntil(Gathered one, Severity severity, Instant now);

    /** Whether there is any that is not over. */
    boolean isAny(Instant now);
}
