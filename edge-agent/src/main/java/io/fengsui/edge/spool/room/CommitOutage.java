package io.fengsui.edge.spool.room;

import java.time.Duration;

/**
 * Says once that nothing can be committed, and once that it can be again; not of a failure that is over soon, which nobody can do
 * anything about. Confined to {@code ring-spool}.
 */
public final class CommitOutage {
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What others are to be told now. */
    public enum News {
        NONE,
        BEGUN,
        ENDED
    }

    private boolean isFailing;
    private boolean isTold;
    private long sinceNanos;

    /** @param isTold whether others know already that nothing can be committed */
    public CommitOutage(boolean isTold) {
        this.isTold = isTold;
    }

    /** Nothing could be committed just now. */
    public News failing(long nowNanos) {
        if (!isFailing) {
            isFailing = true;
            sinceNanos = nowNanos;
        }
        if (isTold || nowNanos - sinceNanos < PATIENCE.toNanos()) {
            return News.NONE;
        }
        isTold = true;
        return News.BEGUN;
    }

    /** A commit came through. */
    public News works() {
        isFailing = false;
        News news = isTold ? News.ENDED : News.NONE;
        isTold = false;
        return news;
    }
}
