package io.fengsui.edge.spool;

import io.fengsui.runtime.RoleThreads;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Where a spool's file is opened and verified, which may read all of it and rebuild it.
 *
 * @param executor where that is done
 * @param patience how long a start waits for it
 */
public record Checks(Executor executor, Duration patience) {
    /** On a thread of its own; a start waits for five seconds. */
    public static final Checks ASIDE =
            new Checks(work -> RoleThreads.named("spool-check", work).start(), Duration.ofSeconds(5));

    /** On the thread that asks for it. */
    public static final Checks AT_ONCE = new Checks(Runnable::run, Duration.ZERO);
}
