package io.fengsui.hub.grid.unit;

import io.fengsui.protocol.value.Checks;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Set;

/**
 * When somebody is on duty, week by week.
 *
 * @param days on which the shift begins
 * @param to not later than {@code from} when it ends on the day after
 */
public record Shift(String person, String phone, Set<DayOfWeek> days, LocalTime from, LocalTime to) {
    public Shift {
        Checks.id("person", person);
        Checks.text("phone", phone);
        days = Set.copyOf(days);
    }

    /** When it begins next, now included; {@code now} with days that name none is never asked. */
    LocalDateTime next(LocalDateTime now) {
        LocalDateTime begin = now.toLocalDate().atTime(from);
        while (begin.isBefore(now) || !days.contains(begin.getDayOfWeek())) {
            begin = begin.plusDays(1);
        }
        return begin;
    }

    public boolean covers(LocalDateTime now) {
        LocalTime time = now.toLocalTime();
        if (from.isBefore(to)) {
            return days.contains(now.getDayOfWeek()) && !time.isBefore(from) && time.isBefore(to);
        }
        boolean isEvening = days.contains(now.getDayOfWeek()) && !time.isBefore(from);
        boolean isMorningAfter = days.contains(now.getDayOfWeek().minus(1)) && time.isBefore(to);
        return isEvening || isMorningAfter;
    }
}
