package io.fengsui.hub.sla.deadline;

import io.fengsui.rules.calendar.Limit;
import io.fengsui.rules.calendar.WorkingCalendar;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By when a ticket must have left a state, or be done altogether. Time is counted only while it runs.
 *
 * @param told the highest percentage of the time that was told of; 100 once it has passed
 * @param end null while it is open
 */
public record Deadline(
        Key key,
        Terms terms,
        Instant started,
        Run run,
        int told,
        @Nullable End end) {
    /** The percentage at which a deadline passes. */
    public static final int PASSED = 100;

    /**
     * Which deadline of which ticket.
     *
     * @param step a state of the ticket's workflow, or {@link #WHOLE}
     * @param since the ticket's version when it began: a ticket may come to a state again
     */
    public record Key(String ticket, String step, long since) {
        /** The deadline of the ticket as a whole, from its opening to its closing. */
        public static final String WHOLE = "*";

        public String text() {
            return ticket + "/" + step + "/" + since;
        }

        /** Of a text that {@link #text} wrote. */
        public static Key parse(String text) {
            int first = text.indexOf('/');
            int last = text.lastIndexOf('/');
            if (first < 1 || last <= first) {
                throw new IllegalArgumentException("no deadline is called " + text);
            }
            return new Key(
                    text.substring(0, first),
                    text.substring(first + 1, last),
                    Long.parseLong(text.substring(last + 1)));
        }

        boolean isWhole() {
            return step.equals(WHOLE);
        }
    }

    /** @param extra time that was granted on top, in the limit's measure */
    public record Terms(Limit limit, Duration extra) {}

    /**
     * @param spent time counted before {@code from}
     * @param from since when it runs; null while it stands still
     */
    public record Run(Duration spent, @Nullable Instant from) {}

    /** @param isOnTime whether it had not passed by then */
    public record End(Instant at, boolean isOnTime) {}

    static Deadline begun(Key key, Limit limit, Instant now) {
        return new Deadline(key, new Terms(limit, Duration.ZERO), now, new Run(Duration.ZERO, now), 0, null);
    }

    public boolean isRunning() {
        return end == null && run.from() != null;
    }

    /** When this percentage of the time is spent, if it runs on; null while it stands still. */
    public @Nullable Instant at(int percent, WorkingCalendar calendar) {
        if (end != null || run.from() == null) {
            return null;
        }
        Duration until = total(calendar).multipliedBy(percent).dividedBy(100).minus(run.spent());
        return calendar.after(terms.limit().measure(), run.from(), until);
    }

    public @Nullable Instant due(WorkingCalendar calendar) {
        return at(PASSED, calendar);
    }

    /** The next percentage to tell of; 0 when there is none. */
    int next(List<Integer> percents) {
        return percents.stream().filter(percent -> percent > told).findFirst().orElse(0);
    }

    Duration total(WorkingCalendar calendar) {
        return calendar.length(terms.limit()).plus(terms.extra());
    }

    Duration spent(WorkingCalendar calendar, Instant now) {
        return run.from() == null
                ? run.spent()
                : run.spent().plus(calendar.between(terms.limit().measure(), run.from(), now));
    }

    Deadline told(int percent) {
        return new Deadline(key, terms, started, run, percent, end);
    }

    Deadline paused(WorkingCalendar calendar, Instant now) {
        return with(new Run(spent(calendar, now), null));
    }

    Deadline resumed(Instant now) {
        return run.from() != null ? this : with(new Run(run.spent(), now));
    }

    /** With more time; what was told under the shorter time and is not true any more may be told again. */
    Deadline extended(Limit by, WorkingCalendar calendar, Instant now) {
        Duration more = by.measure() == terms.limit().measure()
                ? calendar.length(by)
                : calendar.between(
                        terms.limit().measure(), now, calendar.after(by.measure(), now, calendar.length(by)));
        Deadline longer =
                new Deadline(key, new Terms(terms.limit(), terms.extra().plus(more)), started, run, told, end);
        Duration total = longer.total(calendar);
        long share = total.isZero() ? PASSED : longer.spent(calendar, now).toMillis() * PASSED / total.toMillis();
        return longer.told((int) Math.min(told, share));
    }

    /** Of this limit from now on, with nothing told, where that is over sooner than what is left; else as it is. */
    Deadline tightened(Limit by, WorkingCalendar calendar, Instant now) {
        Deadline anew = new Deadline(key, new Terms(by, Duration.ZERO), started, new Run(Duration.ZERO, now), 0, null);
        Instant sooner = anew.due(calendar);
        Instant due = resumed(now).due(calendar);
        if (sooner == null || due == null || !sooner.isBefore(due)) {
            return this;
        }
        return run.from() == null ? anew.paused(calendar, now) : anew;
    }

    Deadline ended(WorkingCalendar calendar, Instant now) {
        boolean isOnTime = spent(calendar, now).compareTo(total(calendar)) <= 0;
        return new Deadline(key, terms, started, new Run(spent(calendar, now), null), told, new End(now, isOnTime));
    }

    private Deadline with(Run changed) {
        return new Deadline(key, terms, started, changed, told, end);
    }
}
