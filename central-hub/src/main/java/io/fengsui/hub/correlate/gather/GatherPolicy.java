package io.fengsui.hub.correlate.gather;

import io.fengsui.hub.grid.KindPattern;
import io.fengsui.hub.grid.place.AreaLevel;
import io.fengsui.protocol.EventKind;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What belongs together, by the command centre's rules. Immutable. */
public record GatherPolicy(
        List<SameThing> sameThing, Cause cause, List<Flap> flapping, List<Storm> storms, List<Maintenance> works) {
    /** Every incident stands for itself. */
    public static final GatherPolicy NONE = new GatherPolicy(
            List.of(), new Cause(List.of(), Map.of(), Duration.ZERO, 3), List.of(), List.of(), List.of());

    static boolean matches(List<KindPattern> kinds, EventKind kind) {
        for (KindPattern one : kinds) {
            if (one.matches(kind)) {
                return true;
            }
        }
        return false;
    }

    /** Told by several sources about one thing: so near, so close in time. */
    public record SameThing(List<KindPattern> kinds, double metres, Duration within) {
        public SameThing {
            kinds = List.copyOf(kinds);
        }
    }

    /**
     * What hangs on what.
     *
     * @param kinds of incidents that may be another's doing
     * @param upstream what each source hangs on: box, switch, gateway, power
     * @param tops all of what anything hangs on; asked for each incident
     * @param delay how long an incident waits for its cause
     * @param common so many that hang on the same are one fault
     */
    public record Cause(
            List<KindPattern> kinds, Map<String, String> upstream, Set<String> tops, Duration delay, int common) {
        private static final int DEEPEST = 16;

        public Cause(List<KindPattern> kinds, Map<String, String> upstream, Duration delay, int common) {
            this(kinds, upstream, Set.copyOf(upstream.values()), delay, common);
        }

        public Cause {
            kinds = List.copyOf(kinds);
            upstream = Map.copyOf(upstream);
            tops = Set.copyOf(tops);
        }

        /** What a source hangs on, the nearest first. */
        List<String> above(String source) {
            List<String> path = new ArrayList<>();
            String next = upstream.get(source);
            while (next != null && path.size() < DEEPEST && !path.contains(next)) {
                path.add(next);
                next = upstream.get(next);
            }
            return path;
        }

        boolean isOnTop(String source) {
            return tops.contains(source);
        }
    }

    /** The same again so often within a time. */
    public record Flap(List<KindPattern> kinds, int times, Duration within) {
        public Flap {
            kinds = List.copyOf(kinds);
        }
    }

    /** Of each of these kinds for itself at most so many tickets, as severe or more so, are opened in an area of this level within a time. */
    public record Storm(List<KindPattern> kinds, AreaLevel level, int most, Duration within) {
        public Storm {
            kinds = List.copyOf(kinds);
        }
    }

    /**
     * Work that somebody announced.
     *
     * @param sources ids; empty: all
     * @param areas codes; empty: all
     */
    public record Maintenance(List<KindPattern> kinds, List<String> sources, List<String> areas, Hours hours) {
        public Maintenance {
            kinds = List.copyOf(kinds);
            sources = List.copyOf(sources);
            areas = List.copyOf(areas);
        }
    }

    /** When: once, or week by week. */
    public sealed interface Hours {
        /** The end of the window that this moment lies in; null when it lies in none. */
        @Nullable
        Instant end(Instant now, ZoneId zone);
    }

    public record Once(Instant from, Instant to) implements Hours {
        @Override
        public @Nullable Instant end(Instant now, ZoneId zone) {
            return now.isBefore(from) || !now.isBefore(to) ? null : to;
        }
    }

    /**
     * @param days on which it begins
     * @param to on the next day when not later than {@code from}; midnight for the end of a day
     */
    public record Weekly(Set<DayOfWeek> days, LocalTime from, LocalTime to) implements Hours {
        public Weekly {
            days = Set.copyOf(days);
            if (from.equals(to) && !to.equals(LocalTime.MIDNIGHT)) {
                throw new IllegalArgumentException("a weekly window from " + from + " to " + to
                        + " ends when it begins; a whole day is from 00:00 to 24:00");
            }
        }

        /** A moment lies in that of today or of yesterday, never in both: none is longer than a day. */
        @Override
        public @Nullable Instant end(Instant now, ZoneId zone) {
            ZonedDateTime zoned = now.atZone(zone);
            LocalDateTime local = zoned.toLocalDateTime();
            LocalDateTime end = end(local, local.toLocalDate());
            if (end == null) {
                end = end(local, local.toLocalDate().minusDays(1));
            }
            // Of an hour that clocks show twice, the one that this moment is in.
            return end == null
                    ? null
                    : ZonedDateTime.ofLocal(end, zone, zoned.getOffset()).toInstant();
        }

        /** The end of the one that begins on this day; null when there is none, or the moment does not lie in it. */
        private @Nullable LocalDateTime end(LocalDateTime local, LocalDate day) {
            LocalDateTime end = day.plusDays(from.isBefore(to) ? 0 : 1).atTime(to);
            boolean isWithin =
                    days.contains(day.getDayOfWeek()) && !local.isBefore(day.atTime(from)) && local.isBefore(end);
            return isWithin ? end : null;
        }
    }

    public GatherPolicy {
        sameThing = List.copyOf(sameThing);
        flapping = List.copyOf(flapping);
        storms = List.copyOf(storms);
        works = List.copyOf(works);
    }

    public boolean isUsed() {
        return !equals(NONE);
    }
}
