package io.fengsui.rules.calendar;

import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem;
import io.fengsui.settings.ValueReader;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads years, working hours and limits from YAML. */
public final class CalendarReader {
    private static final Pattern DAYS =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}(\\.\\.[0-9]{4}-[0-9]{2}-[0-9]{2})?");
    private static final Pattern HOURS = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]");
    private static final String HOURS_HINT = "such as 09:00-12:00";
    private static final int LONGEST_HOLIDAY = 31;

    private CalendarReader() {}

    /** Reads the notice of one year. */
    public static Optional<CalendarYear> year(MapReader map) {
        int year = map.integer("year", 2000, 2100);
        map.string("source", "");
        Set<LocalDate> holidays = new HashSet<>();
        map.maps("holidays", one -> holiday(one, year)).forEach(holidays::addAll);
        Set<LocalDate> workdays = new HashSet<>();
        map.list("workdays", value -> days(value, year)).forEach(workdays::addAll);
        for (LocalDate day : workdays) {
            if (holidays.contains(day)) {
                map.problem("workdays", Problem.Code.VALUE, day + " is a holiday too", "each day once");
            }
        }
        return map.finish(() -> new CalendarYear(year, holidays, workdays));
    }

    private static Optional<List<LocalDate>> holiday(MapReader map, int year) {
        map.map("name").ifPresent(name -> {
            name.string("zh");
            name.string("en");
            name.finish(() -> true);
        });
        List<LocalDate> days =
                map.required("days").flatMap(value -> days(value, year)).orElse(List.of());
        return map.finish(() -> days);
    }

    /** One day, {@code 2026-05-09}, or several, {@code 2026-02-15..2026-02-23}. */
    private static Optional<List<LocalDate>> days(ValueReader value, int year) {
        Optional<String> text = value.matching(DAYS, "a day such as 2026-05-09, or 2026-02-15..2026-02-23");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            String[] ends = text.get().split("\\.\\.", 2);
            LocalDate first = LocalDate.parse(ends[0]);
            LocalDate last = LocalDate.parse(ends[ends.length - 1]);
            if (last.isBefore(first) || last.isAfter(first.plusDays(LONGEST_HOLIDAY)) || first.getYear() != year) {
                value.problem(
                        Problem.Code.VALUE,
                        "'" + text.get() + "' does not go forward by at most a month from a day of " + year,
                        "the first day, two dots, the last day");
                return Optional.empty();
            }
            return Optional.of(
                    new ArrayList<>(first.datesUntil(last.plusDays(1)).toList()));
        } catch (DateTimeException e) {
            value.problem(Problem.Code.VALUE, "'" + text.get() + "' is no day of the calendar", "a day that exists");
            return Optional.empty();
        }
    }

    /** One stretch of the working day, {@code 09:00-12:00}. */
    public static Optional<WorkHours> hours(ValueReader value) {
        return value.matching(HOURS, HOURS_HINT).flatMap(text -> {
            LocalTime from = LocalTime.parse(text.substring(0, 5));
            LocalTime to = LocalTime.parse(text.substring(6));
            if (!from.isBefore(to)) {
                value.problem(Problem.Code.VALUE, "'" + text + "' does not begin before it ends", HOURS_HINT);
                return Optional.empty();
            }
            return Optional.of(new WorkHours(from, to));
        });
    }

    /** A limit: {@code 15m}, {@code 4wh}, {@code 2wd}. */
    public static Optional<Limit> limit(ValueReader value) {
        return value.string().flatMap(text -> {
            Optional<Limit> limit = Limit.parse(text);
            if (limit.isEmpty()) {
                value.problem(
                        Problem.Code.VALUE,
                        "'" + text + "' is no limit of at most a year",
                        "15m or 2h of natural time, 4wh working hours, 2wd working days");
            }
            return limit;
        });
    }
}
