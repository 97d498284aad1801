package io.fengsui.hub.grid.unit;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who is on duty when. Where shifts name a date, they and no others begin on it: the roster of a holiday takes the place of that
 * of the week. Pure.
 *
 * @param named dates that any of them names; asked with each message to somebody on duty
 */
record Roster(List<Shift> shifts, Set<LocalDate> named) {
    /** Nobody's next shift is looked for later than that. */
    private static final int DAYS_AHEAD = 400;

    Roster(List<Shift> shifts) {
        this(
                List.copyOf(shifts),
                shifts.stream().flatMap(shift -> shift.dates().stream()).collect(Collectors.toUnmodifiableSet()));
    }

    List<Shift> at(LocalDateTime now) {
        return shifts.stream().filter(shift -> covers(shift, now)).toList();
    }

    /** The first moment from now on at which a person is on duty. */
    Optional<LocalDateTime> next(String person, LocalDateTime now) {
        List<Shift> own =
                shifts.stream().filter(shift -> shift.person().equals(person)).toList();
        if (own.stream().anyMatch(shift -> covers(shift, now))) {
            return Optional.of(now);
        }
        return Stream.iterate(now.toLocalDate(), day -> day.plusDays(1))
                .limit(own.isEmpty() ? 0 : DAYS_AHEAD)
                .flatMap(day -> own.stream()
                        .filter(shift -> begins(shift, day))
                        .map(shift -> day.atTime(shift.from()))
                        .filter(begin -> !begin.isBefore(now))
                        .sorted())
                .findFirst();
    }

    /** The first moment after now at which others are on duty than now; empty when that is not within a day. */
    Optional<LocalDateTime> changes(LocalDateTime now) {
        List<Shift> present = at(now);
        LocalDate today = now.toLocalDate();
        return Stream.of(today.minusDays(1), today, today.plusDays(1))
                .flatMap(day ->
                        shifts.stream().filter(shift -> begins(shift, day)).flatMap(shift -> shift.bounds(day)))
                .filter(moment -> moment.isAfter(now) && !moment.isAfter(now.plusDays(1)))
                .sorted()
                .filter(moment -> !at(moment).equals(present))
                .findFirst();
    }

    private boolean covers(Shift shift, LocalDateTime now) {
        LocalDate today = now.toLocalDate();
        return Stream.of(today, today.minusDays(1)).anyMatch(day -> begins(shift, day) && shift.goesOn(day, now));
    }

    private boolean begins(Shift shift, LocalDate day) {
        return named.contains(day)
                ? shift.dates().contains(day)
                : shift.dates().isEmpty() && shift.days().contains(day.getDayOfWeek());
    }
}
