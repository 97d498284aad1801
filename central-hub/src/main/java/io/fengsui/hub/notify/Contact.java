package io.fengsui.hub.notify;

import io.fengsui.hub.grid.KindPattern;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Checks;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is told: what they want to know, by which channels, and how much of it they can bear.
 *
 * @param leads codes of the areas whose leader this is: ladders may tell the leader of where a ticket is
 */
public record Contact(
        String id,
        Wants wants,
        List<String> channels,
        Manners manners,
        @Nullable Duty duty,
        List<String> leads) {

    /** Told only while this person is on duty in this unit. */
    public record Duty(String unit, String person) {}

    /**
     * @param units whose tickets; empty: all tickets
     * @param on empty: only what a ladder tells
     * @param areas codes; empty: every place
     */
    public record Wants(
            List<String> units, Set<NoticeKind> on, List<KindPattern> kinds, Severity least, List<String> areas) {
        public Wants {
            units = List.copyOf(units);
            on = Set.copyOf(on);
            kinds = List.copyOf(kinds);
            areas = List.copyOf(areas);
        }
    }

    /**
     * @param quiet null: never
     * @param limit null: as many as there are
     */
    public record Manners(
            @Nullable QuietHours quiet, @Nullable Ration limit, Grouping grouping, Digest digest) {
        /** With the digest that is the default. */
        Manners(@Nullable QuietHours quiet, @Nullable Ration limit, Grouping grouping) {
            this(quiet, limit, grouping, Digest.DEFAULT);
        }

        /** Whether anything but a message that waits may hold one back. */
        boolean isUsed() {
            return quiet != null || limit != null || grouping.isUsed();
        }

        /** The same for what a storm puts into a ticket: a digest, whatever else is told one by one. */
        Manners ofStorm() {
            Duration interval = grouping.interval.compareTo(digest.interval) > 0 ? grouping.interval : digest.interval;
            return new Manners(quiet, limit, new Grouping(List.of(), digest.delay, interval), digest);
        }
    }

    /**
     * How much one message tells.
     *
     * @param most things in one message; how many more there would be is said
     * @param delay how long the first of a storm waits for more
     * @param interval how long at least until the next message of that storm
     */
    public record Digest(int most, Duration delay, Duration interval) {
        public static final Digest DEFAULT = new Digest(100, Duration.ofMinutes(1), Duration.ofMinutes(10));
    }

    /** At most so many messages within a time. */
    public record Ration(int most, Duration within) {}

    /**
     * What goes together in one message.
     *
     * @param by what must be equal
     * @param delay how long the first waits for others
     * @param interval how long at least until the group is told of again
     * @param repeat after so long without a word it is told again of a ticket that is not done; zero: never
     */
    public record Grouping(List<GroupBy> by, Duration delay, Duration interval, Duration repeat) {
        public static final Grouping NONE = new Grouping(List.of(), Duration.ZERO, Duration.ZERO);

        /** Without a repeat. */
        Grouping(List<GroupBy> by, Duration delay, Duration interval) {
            this(by, delay, interval, Duration.ZERO);
        }

        public Grouping {
            by = List.copyOf(by);
        }

        boolean isUsed() {
            return delay.isPositive() || interval.isPositive();
        }
    }

    /** What may have to be equal within a group. */
    public enum GroupBy {
        KIND,
        CATEGORY,
        GRID,
        VILLAGE,
        TOWN,
        CITY
    }

    public Contact {
        Checks.id("contact", id);
        channels = List.copyOf(channels);
        leads = List.copyOf(leads);
    }

    /** Leads nothing. */
    public Contact(String id, Wants wants, List<String> channels, Manners manners, @Nullable Duty duty) {
        this(id, wants, channels, manners, duty, List.of());
    }
}
