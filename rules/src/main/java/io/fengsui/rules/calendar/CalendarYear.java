package io.fengsui.rules.calendar;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * What the notice of a year says: days off, and the weekend days that are worked for them (调休).
 *
 * @param holidays days off, weekends among them where the notice names them
 */
public record CalendarYear(int year, Set<LocalDate> holidays, Set<LocalDate> workdays) {
    public CalendarYear {
        holidays = Set.copyOf(holidays);
        workdays = Set.copyOf(workdays);
        for (LocalDate day : List.copyOf(workdays)) {
            if (holidays.contains(day)) {
                throw new IllegalArgumentException(day + " is both a holiday and a working day");
            }
        }
    }
}
