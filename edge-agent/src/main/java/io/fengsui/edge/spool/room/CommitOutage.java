package io.fengsui.edge.spool.room;

import java.time.Duration;

/**
 * Says once that nothing can be committed, and once that it can be: with the first commit of all, and the first after a failure that
 * was told; not of a failure that is over soon, which nobody can do anything about. Not thread-safe.
 */
public final class CommitOutage {
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What others are to be told now. */
    public enum News {
        NONE,
        BEGUN,
        ENDED
    }

    private enum Told {
        NOTHING,
        FAILS,
        WORKS
    }

    private boolean isFailing;
    private Told told;
    private long sinceNanos;

    /** @param isTold whether others know already that nothing can be committed */
    public CommitOutage(boolean isTold) {
        this.told = isTold ? Told.FAILS : Told.NOTHING;
    }

    /** Nothing could be committed just now. */
    public News failing(long nowNanos) {
        if (!isFailing) {
            isFailing = true;
            sinceNanos = nowNanos;
        }
        if (told == Told.FAILS || nowNanos - sinceNanos < PATIENCE.toNanos()) {
            return News.NONE;
        }
        told = Told.FAILS;
        return News.BEGUN;
    }

    /** A commit came through. */
    public News works() {
        isFailing = false;
        News news = told == Told.WORKS ? News.NONE : News.ENDED;
        told = Told.WORKS;
        return news;
    }
}
