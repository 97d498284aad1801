package io.fengsui.rules.timing;

import io.fengsui.rules.calendar.WorkingCalendar;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Set;

/**
 * A stretch of time that comes again: on which days, from when to when. One that ends before it begins lasts over
 * midnight and belongs to the day on which it begins.
 *
 * @param days of the week; empty for no such limit
 * @param sort which days of the working calendar
 * @param dates part of the year; {@link Dates#ALL} for all of it
 * @param from when it begins; midnight with {@code to} midnight: the whole day
 */
public record TimeWindow(Set<DayOfWeek> days, Sort sort, Dates dates, LocalTime from, LocalTime to) {
    /** Days of the working calendar. */
    public enum Sort {
        ANY,
        /** Exchanged weekend days (调休) among them. */
        WORKDAYS,
        /** Weekends and holidays. */
        HOLIDAYS
    }

    /**
     * Part of a year, or of every year.
     *
     * @param year 0 for every year
     * @param first and {@code last}: month times 100 and day; a part that ends before it begins lasts over New Year
     */
    public record Dates(int year, int first, int last) {
        public static final Dates ALL = new Dates(0, 101, 1231);

        boolean contains(LocalDate day) {
            int at = day.getMonthValue() * 100 + day.getDayOfMonth();
            boolean isIn = first <= last ? at >= first && at <= last : at >= first || at <= last;
            return isIn && (year == 0 || year == yearOf(at, day));
        }

        /** A part over New Year is of the year in which it begins. */
        private int yearOf(int at, LocalDate day) {
            return first > last && at <= last ? day.getYear() - 1 : day.getYear();
        }
    }

    public TimeWindow {
        days = Set.copyOf(days);
    }

    /** Whether it begins on this day. */
    boolean beginsOn(LocalDate day, WorkingCalendar calendar) {
        boolean isOfSort = switch (sort) {
            case ANY -> true;
            case WORKDAYS -> calendar.isWorkingDay(day);
            case HOLIDAYS -> !calendar.isWorkingDay(day);
        };
        return isOfSort && dates.contains(day) && (days.isEmpty() || days.contains(day.getDayOfWeek()));
    }

    boolean lastsOverMidnight() {
        return !to.isAfter(from);
    }

    /** Whether its days are those of the working calendar, so that the years must be known. */
    public boolean needsCalendar() {
        return sort != Sort.ANY;
    }
}
