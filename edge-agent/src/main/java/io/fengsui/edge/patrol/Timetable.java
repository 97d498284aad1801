package io.fengsui.edge.patrol;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;

/**
 * When rounds begin: at fixed times of the day, or at a fixed distance from midnight on. Pure.
 *
 * @param at local times, in order; empty where {@code every} says it
 * @param every zero where {@code at} says it
 */
public record Timetable(List<LocalTime> at, Duration every) {
    /** Shortest distance of two rounds. */
    public static final Duration SHORTEST = Duration.ofMinutes(1);

    public Timetable {
        at = at.stream().sorted().distinct().toList();
        boolean hasEvery = every.compareTo(SHORTEST) >= 0 && every.compareTo(Duration.ofDays(1)) <= 0;
        if (at.isEmpty() != hasEvery) {
            throw new IllegalArgumentException("a timetable has times, or a distance of 1 m to 1 d");
        }
    }

    /** The first round after a moment. On a day that an hour is taken from, a time within it is an hour later. */
    public Instant next(Instant after, ZoneId zone) {
        LocalDate today = LocalDate.ofInstant(after, zone);
        for (LocalDate day = today; ; day = day.plusDays(1)) {
            Instant midnight = day.atStartOfDay(zone).toInstant();
            Instant next = at.isEmpty() ? byDistance(midnight, after) : byTimes(day, after, zone);
            if (next.isAfter(after)
                    && (at.isEmpty() ? LocalDate.ofInstant(next, zone).equals(day) : true)) {
                return next;
            }
        }
    }

    private Instant byDistance(Instant midnight, Instant after) {
        if (after.isBefore(midnight)) {
            return midnight;
        }
        long rounds = Duration.between(midnight, after).dividedBy(every) + 1;
        return midnight.plus(every.multipliedBy(rounds));
    }

    private Instant byTimes(LocalDate day, Instant after, ZoneId zone) {
        return at.stream()
                .map(time -> day.atTime(time).atZone(zone).toInstant())
                .filter(instant -> instant.isAfter(after))
                .min(Comparator.naturalOrder())
                .orElse(after);
    }
}
