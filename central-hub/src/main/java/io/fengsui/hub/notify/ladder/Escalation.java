package io.fengsui.hub.notify.ladder;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a ticket's ladder has gone. Changed by its own methods only; pure.
 *
 * @param run how many steps have been taken, in all rounds
 * @param due when the next one is; null while it stands still, or when it is over
 * @param left until the next one, while it stands still; null otherwise
 */
public record Escalation(
        String ticket,
        String ladder,
        int run,
        @Nullable Instant due,
        @Nullable Duration left,
        End end) {
    /** Why it is over, if it is. */
    public enum End {
        GOES_ON,
        /** Somebody took the ticket. */
        ACCEPTED,
        /** The ticket is done. */
        TICKET_OVER,
        /** The last step of the last round is taken. */
        EXHAUSTED,
        /** There is no such ladder any more. */
        LADDER_GONE
    }

    /** @param before in whose place it begins: its first step is not later than the next of that; null for the first one */
    static Escalation begun(String ticket, Ladder ladder, @Nullable Escalation before, Instant now) {
        Duration first = ladder.steps().getFirst().after();
        Duration other = before == null ? null : before.untilNext(now);
        Duration after = other != null && other.compareTo(first) < 0 ? other : first;
        return new Escalation(ticket, ladder.id(), 0, now.plus(after), null, End.GOES_ON);
    }

    /** Null when there is no next step. */
    private @Nullable Duration untilNext(Instant now) {
        return paused(now).left;
    }

    boolean goesOn() {
        return end == End.GOES_ON;
    }

    /** Whether it stands before this step, and that is due: a ladder that has begun anew meanwhile waits for its own time. */
    boolean isDue(int step, Instant now) {
        return goesOn() && run == step && due != null && !due.isAfter(now);
    }

    /** Which step of which round is next. */
    Ladder.Step next(Ladder of) {
        return of.steps().get(run % of.steps().size());
    }

    int round(Ladder of) {
        return run / of.steps().size();
    }

    /** After the step that was due. */
    Escalation taken(Ladder of, Instant now) {
        int runs = run + 1;
        if (runs >= of.steps().size() * (of.again() + 1)) {
            return new Escalation(ticket, ladder, runs, null, null, End.EXHAUSTED);
        }
        Instant next = now.plus(of.steps().get(runs % of.steps().size()).after());
        return new Escalation(ticket, ladder, runs, next, null, End.GOES_ON);
    }

    Escalation paused(Instant now) {
        return !goesOn() || due == null
                ? this
                : new Escalation(
                        ticket, ladder, run, null, due.isAfter(now) ? Duration.between(now, due) : Duration.ZERO, end);
    }

    Escalation resumed(Instant now) {
        return !goesOn() || left == null ? this : new Escalation(ticket, ladder, run, now.plus(left), null, end);
    }

    Escalation ended(End why) {
        return goesOn() ? new Escalation(ticket, ladder, run, null, null, why) : this;
    }
}
