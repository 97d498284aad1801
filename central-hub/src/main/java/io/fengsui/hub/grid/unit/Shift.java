package io.fengsui.hub.grid.unit;

import io.fengsui.protocol.value.Checks;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Set;
import java.util.stream.Stream;

/**
 * When somebody is on duty: week by week, or on certain dates.
 *
 * @param days on which the shift begins, where it names no dates
 * @param dates on which it begins; empty for one of every week
 * @param to not later than {@code from} when it ends on the day after
 */
public record Shift(
        String person, String phone, Set<DayOfWeek> days, Set<LocalDate> dates, LocalTime from, LocalTime to) {
    public Shift {
        Checks.id("person", person);
        Checks.text("phone", phone);
        days = Set.copyOf(days);
        dates = Set.copyOf(dates);
    }

    /** Whether it goes on at this moment, if it begins on this day. */
    boolean goesOn(LocalDate begun, LocalDateTime now) {
        return !now.isBefore(begun.atTime(from)) && now.isBefore(end(begun));
    }

    /** When it begins and ends, if it begins on this day. */
    Stream<LocalDateTime> bounds(LocalDate begun) {
        return Stream.of(begun.atTime(from), end(begun));
    }

    private LocalDateTime end(LocalDate begun) {
        return (from.isBefore(to) ? begun : begun.plusDays(1)).atTime(to);
    }
}
