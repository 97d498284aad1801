package io.fengsui.rules.timing;

import io.fengsui.rules.calendar.WorkingCalendar;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Windows of time in one time zone: in it while one of them lasts. Immutable; pure. */
public final class Schedule {
    /** Most windows. */
    public static final int MAX_WINDOWS = 32;

    private static final int FARTHEST_DAYS = 400;

    private final ZoneId zone;
    private final WorkingCalendar calendar;
    private final List<TimeWindow> windows;

    private record Stretch(Instant from, Instant to) {}

    public Schedule(ZoneId zone, WorkingCalendar calendar, List<TimeWindow> windows) {
        if (windows.isEmpty() || windows.size() > MAX_WINDOWS) {
            throw new IllegalArgumentException("a schedule has 1 to " + MAX_WINDOWS + " windows");
        }
        this.zone = zone;
        this.calendar = calendar;
        this.windows = List.copyOf(windows);
    }

    public boolean contains(Instant at) {
        LocalDate day = LocalDate.ofInstant(at, zone);
        return isIn(at, day) || isIn(at, day.minusDays(1));
    }

    private boolean isIn(Instant at, LocalDate day) {
        return of(day).stream().anyMatch(s -> !at.isBefore(s.from()) && at.isBefore(s.to()));
    }

    private List<Stretch> of(LocalDate day) {
        List<Stretch> stretches = new ArrayList<>();
        for (TimeWindow window : windows) {
            if (window.beginsOn(day, calendar)) {
                LocalDate end = window.lastsOverMidnight() ? day.plusDays(1) : day;
                stretches.add(new Stretch(
                        day.atTime(window.from()).atZone(zone).toInstant(),
                        end.atTime(window.to()).atZone(zone).toInstant()));
            }
        }
        return stretches;
    }

    /** The first moment after this one at which it begins or ends; empty when that is more than a year away. */
    public Optional<Instant> nextChange(Instant after) {
        boolean isIn = contains(after);
        LocalDate first = LocalDate.ofInstant(after, zone).minusDays(1);
        for (int i = 0; i < FARTHEST_DAYS; i++) {
            Optional<Instant> change = of(first.plusDays(i)).stream()
                    .map(s -> isIn ? s.to() : s.from())
                    .filter(at -> at.isAfter(after) && contains(at) != isIn)
                    .sorted()
                    .findFirst();
            if (change.isPresent()) {
                return change;
            }
        }
        return Optional.empty();
    }

    /** Whether holidays matter to it and those of this year are not known. */
    public boolean misses(int year) {
        return !calendar.knows(year) && windows.stream().anyMatch(TimeWindow::needsCalendar);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Schedule s
                && zone.equals(s.zone)
                && windows.equals(s.windows)
                && calendar.equals(s.calendar);
    }

    @Override
    public int hashCode() {
        return Objects.hash(zone, windows);
    }

    /** What it means, for comparing. */
    @Override
    public String toString() {
        return zone + " " + windows;
    }
}
