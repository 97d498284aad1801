package io.fengsui.edge.decide.health;

import java.time.Duration;
import java.util.Optional;

/**
 * One part that should work and may not: a camera's stream, a vision worker. Pure: what is known, and what is to be told
 * of it now.
 *
 * @param isUp whether it works
 * @param sinceNanos since when its not working counts; ahead of now while a start is waited for
 * @param code why it does not, for machines
 * @param isDefinite its answer leaves no hope that waiting helps: told at once
 * @param told code of what was told last; empty when nothing, or its end, was
 */
record Outage(boolean isUp, long sinceNanos, String code, String detail, boolean isDefinite, String told) {

    /** What to tell. */
    enum News {
        BEGUN,
        CAUSE_CHANGED,
        ENDED
    }

    /** Not seen working yet; what it does not do counts from {@code nanos} on. */
    static Outage unknownSince(long nanos) {
        return new Outage(false, nanos, "not_started", "not started yet", false, "");
    }

    /** No word of it came since {@code nanos}. */
    static Outage silentSince(long nanos, String detail) {
        return new Outage(false, nanos, "silent", detail, false, "");
    }

    /** Works, as far as anybody knows. */
    static Outage neverSaid(long nanos) {
        return new Outage(true, nanos, "none", "", false, "");
    }

    /** Told before a restart with this definite cause, and not said again yet. */
    static Outage unconfirmed(String cause, long nanos) {
        return new Outage(false, nanos, cause, "told before a restart", true, cause);
    }

    Outage up() {
        return new Outage(true, sinceNanos, code, detail, false, told);
    }

    Outage down(String newCode, String newDetail, boolean newDefinite, long nowNanos) {
        return new Outage(false, isUp ? nowNanos : sinceNanos, newCode, newDetail, newDefinite, told);
    }

    /** Counted from then on. */
    Outage since(long nanos) {
        return new Outage(isUp, nanos, code, detail, isDefinite, told);
    }

    /** Whether nothing but the time that passes makes it worth telling. */
    boolean isOnlyWaiting() {
        return !isUp && !isDefinite && told.isEmpty();
    }

    Outage alreadyTold(String as) {
        return new Outage(isUp, sinceNanos, code, detail, isDefinite, as);
    }

    /** Once told, only a change between a definite cause and none is told again: attempts come and go. */
    Optional<News> news(Duration patience, long nowNanos) {
        if (isUp) {
            return told.isEmpty() ? Optional.empty() : Optional.of(News.ENDED);
        }
        if (!told.isEmpty()) {
            return told.equals(cause()) ? Optional.empty() : Optional.of(News.CAUSE_CHANGED);
        }
        boolean isTime = isDefinite || nowNanos - sinceNanos >= patience.toNanos();
        return isTime ? Optional.of(News.BEGUN) : Optional.empty();
    }

    /** After telling. */
    Outage telling(News news) {
        return alreadyTold(
                switch (news) {
                    case BEGUN, CAUSE_CHANGED -> cause();
                    case ENDED -> "";
                });
    }

    /** A definite answer by its code; all others are one. */
    String cause() {
        return isDefinite ? code : "offline";
    }
}
