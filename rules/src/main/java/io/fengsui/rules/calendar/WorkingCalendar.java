package io.fengsui.rules.calendar;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Counts working time. Monday to Friday are worked unless a year's notice says otherwise; holidays are not, exchanged
 * days (调休) are. All stretches of a day are worked on every working day. Immutable; pure.
 */
public final class WorkingCalendar {
    /** Over this many days without any working time a calendar is wrong. */
    private static final int MAX_DAYS = 4_000;

    private final ZoneId zone;
    private final List<WorkHours> hours;
    private final Map<LocalDate, Boolean> exceptions;
    private final Set<Integer> years;
    private final Duration dayLength;

    /** @param years each year once */
    public WorkingCalendar(ZoneId zone, List<WorkHours> hours, List<CalendarYear> years) {
        if (hours.isEmpty()) {
            throw new IllegalArgumentException("a working day has hours");
        }
        for (int i = 1; i < hours.size(); i++) {
            if (hours.get(i).from().isBefore(hours.get(i - 1).to())) {
                throw new IllegalArgumentException("working hours follow one another without overlap");
            }
        }
        this.zone = zone;
        this.hours = List.copyOf(hours);
        Map<LocalDate, Boolean> days = new HashMap<>();
        for (CalendarYear year : years) {
            year.holidays().forEach(day -> days.put(day, false));
            year.workdays().forEach(day -> days.put(day, true));
        }
        this.exceptions = Map.copyOf(days);
        this.years = Set.copyOf(years.stream().map(CalendarYear::year).toList());
        this.dayLength = hours.stream().map(WorkHours::length).reduce(Duration.ZERO, Duration::plus);
    }

    /** Where only days matter and not hours. */
    public static WorkingCalendar ofDays(ZoneId zone, List<CalendarYear> years) {
        return new WorkingCalendar(zone, List.of(new WorkHours(LocalTime.of(9, 0), LocalTime.of(17, 0))), years);
    }

    /** Whether the holidays of this year are known; of another year only the weekends are. */
    public boolean knows(int year) {
        return years.contains(year);
    }

    public boolean isWorkingDay(LocalDate day) {
        Boolean exception = exceptions.get(day);
        if (exception != null) {
            return exception;
        }
        return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
    }

    /** How much time of its measure a limit gives. */
    public Duration length(Limit limit) {
        return switch (limit.measure()) {
            case NATURAL -> Duration.ofSeconds(limit.amount());
            case WORKING_HOURS -> Duration.ofMinutes(limit.amount());
            case WORKING_DAYS -> dayLength.multipliedBy(limit.amount());
        };
    }

    /** The first moment at which {@code length} of this measure has gone by since {@code start}. */
    public Instant after(Limit.Measure measure, Instant start, Duration length) {
        if (measure == Limit.Measure.NATURAL || length.isZero() || length.isNegative()) {
            return start.plus(length.isNegative() ? Duration.ZERO : length);
        }
        Duration left = length;
        LocalDate day = LocalDate.ofInstant(start, zone);
        for (int i = 0; i < MAX_DAYS; i++, day = day.plusDays(1)) {
            if (!isWorkingDay(day)) {
                continue;
            }
            for (WorkHours stretch : hours) {
                Instant from = later(start, at(day, stretch, true));
                Duration here = Duration.between(from, at(day, stretch, false));
                if (here.compareTo(left) >= 0) {
                    return from.plus(left);
                }
                left = here.isNegative() ? left : left.minus(here);
            }
        }
        throw new IllegalStateException("the calendar has no working time after " + start);
    }

    /** How much time of this measure lies between two moments; zero when the second is not later. */
    public Duration between(Limit.Measure measure, Instant from, Instant to) {
        if (!from.isBefore(to)) {
            return Duration.ZERO;
        }
        if (measure == Limit.Measure.NATURAL) {
            return Duration.between(from, to);
        }
        Duration sum = Duration.ZERO;
        LocalDate last = LocalDate.ofInstant(to, zone);
        for (LocalDate day = LocalDate.ofInstant(from, zone); !day.isAfter(last); day = day.plusDays(1)) {
            if (isWorkingDay(day)) {
                for (WorkHours stretch : hours) {
                    Duration here =
                            Duration.between(later(from, at(day, stretch, true)), earlier(to, at(day, stretch, false)));
                    sum = here.isNegative() ? sum : sum.plus(here);
                }
            }
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WorkingCalendar c
                && zone.equals(c.zone)
                && hours.equals(c.hours)
                && exceptions.equals(c.exceptions)
                && years.equals(c.years);
    }

    @Override
    public int hashCode() {
        return Objects.hash(zone, hours, years);
    }

    private Instant at(LocalDate day, WorkHours stretch, boolean isStart) {
        return day.atTime(isStart ? stretch.from() : stretch.to()).atZone(zone).toInstant();
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
