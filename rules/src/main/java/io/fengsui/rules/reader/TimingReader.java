package io.fengsui.rules.reader;

import io.fengsui.rules.RuleScope;
import io.fengsui.rules.calendar.WorkingCalendar;
import io.fengsui.rules.timing.Mode;
import io.fengsui.rules.timing.Schedule;
import io.fengsui.rules.timing.TimeWindow;
import io.fengsui.rules.timing.TimeWindow.Dates;
import io.fengsui.rules.timing.TimeWindow.Sort;
import io.fengsui.rules.timing.Timing;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem.Code;
import io.fengsui.settings.ValueReader;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads windows of time, modes, and when rules count. Confined to one thread. */
public final class TimingReader {
    private static final Pattern HOURS =
            Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-4]):([0-5][0-9])");
    private static final String HOURS_HINT = "such as 22:00-06:00, or 00:00-24:00";
    private static final Pattern DATES =
            Pattern.compile("(?:([0-9]{4})-)?([0-9]{2})-([0-9]{2})(?:\\.\\.(?:([0-9]{4})-)?([0-9]{2})-([0-9]{2}))?");
    private static final String DATES_HINT = "such as 11-15..03-15 for every year, or 2026-08-01..2026-08-03 for one";
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private final WorkingCalendar calendar;
    private final boolean isAnyYearKnown;

    public TimingReader(RuleScope.Times times) {
        this.calendar = times.calendar();
        this.isAnyYearKnown = times.isAnyYearKnown();
    }

    /** {@code modes} of a configuration. */
    public List<Mode> modes(MapReader root, ZoneId zone) {
        Set<String> ids = new HashSet<>();
        List<ValueReader> items =
                root.value("modes").flatMap(v -> v.list(Mode.MAX_MODES)).orElse(List.of());
        return items.stream()
                .flatMap(item -> item.map().stream())
                .flatMap(in -> mode(in, zone, ids).stream())
                .toList();
    }

    private Optional<Mode> mode(MapReader in, ZoneId zone, Set<String> ids) {
        String id = in.id("id");
        if (!id.isEmpty() && !ids.add(id)) {
            in.problem("id", Code.VALUE, "there is a mode '" + id + "' already", "another id");
        }
        var name = ZoneReader.name(in, id);
        Optional<Schedule> when = schedule(in, "when", zone(in, zone));
        return in.finish(() -> new Mode(id, name, when));
    }

    /** {@code active}, {@code mute}, {@code modes}, {@code except-modes} and {@code time-zone} of a rule. */
    Timing timing(MapReader in, RuleScope.Times times) {
        ZoneId zone = zone(in, times.zone());
        Optional<Schedule> active = schedule(in, "active", zone);
        Optional<Schedule> mute = schedule(in, "mute", zone);
        List<String> modes = RuleReader.known(in, "modes", times.modes(), "mode");
        List<String> except = RuleReader.known(in, "except-modes", times.modes(), "mode");
        return new Timing(active, mute, modes, except);
    }

    private static ZoneId zone(MapReader in, ZoneId usual) {
        String name = in.string("time-zone", usual.getId());
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            in.problem("time-zone", Code.VALUE, "there is no time zone of this name", "one such as Asia/Shanghai");
            return usual;
        }
    }

    private Optional<Schedule> schedule(MapReader in, String key, ZoneId zone) {
        if (!in.has(key)) {
            return Optional.empty();
        }
        List<ValueReader> items =
                in.value(key).flatMap(v -> v.list(Schedule.MAX_WINDOWS)).orElse(List.of());
        List<TimeWindow> windows = items.stream()
                .flatMap(item -> item.map().stream())
                .flatMap(map -> window(map).stream())
                .toList();
        if (items.isEmpty()) {
            in.problem(key, Code.MISSING, "it has no window of time", "'[{hours: \"22:00-06:00\"}]', or leave it out");
        }
        return windows.isEmpty() ? Optional.empty() : Optional.of(new Schedule(zone, calendar, windows));
    }

    private Optional<TimeWindow> window(MapReader in) {
        List<String> words = in.strings("days");
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        Sort sort = Sort.ANY;
        for (String word : words) {
            int day = DAYS.indexOf(word);
            if (day >= 0) {
                days.add(DayOfWeek.of(day + 1));
            } else if ((word.equals("workdays") || word.equals("holidays")) && words.size() == 1) {
                sort = word.equals("workdays") ? Sort.WORKDAYS : Sort.HOLIDAYS;
            } else {
                in.problem(
                        "days",
                        Code.VALUE,
                        "'" + word + "' is no day, or stands beside others",
                        "[mon, tue, …], [workdays] or [holidays]");
            }
        }
        if (sort != Sort.ANY && !isAnyYearKnown) {
            in.problem(
                    "days",
                    Code.REFERENCE,
                    "no holidays are known",
                    "'calendar: {years: [calendar/2026.yaml]}' at the top of the file");
        }
        LocalTime[] hours = in.value("hours")
                .flatMap(TimingReader::hours)
                .orElse(new LocalTime[] {LocalTime.MIDNIGHT, LocalTime.MIDNIGHT});
        Dates dates = in.value("dates").flatMap(TimingReader::dates).orElse(Dates.ALL);
        Sort read = sort;
        return in.finish(() -> new TimeWindow(days, read, dates, hours[0], hours[1]));
    }

    private static Optional<LocalTime[]> hours(ValueReader value) {
        return value.matching(HOURS, HOURS_HINT).flatMap(text -> {
            Matcher m = HOURS.matcher(text);
            boolean isRead = m.matches();
            int to = isRead ? Integer.parseInt(m.group(3)) * 60 + Integer.parseInt(m.group(4)) : -1;
            if (to < 0 || to > 24 * 60) {
                value.problem(Code.VALUE, "'" + text + "' does not end within its day", HOURS_HINT);
                return Optional.empty();
            }
            LocalTime from = LocalTime.of(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)));
            return Optional.of(new LocalTime[] {from, LocalTime.MIDNIGHT.plusMinutes(to)});
        });
    }

    private static Optional<Dates> dates(ValueReader value) {
        return value.matching(DATES, DATES_HINT).flatMap(text -> {
            Matcher m = DATES.matcher(text);
            if (!m.matches()) {
                return Optional.empty();
            }
            int year = m.group(1) == null ? 0 : Integer.parseInt(m.group(1));
            boolean isOne = m.group(5) == null;
            int lastYear = isOne ? year : m.group(4) == null ? 0 : Integer.parseInt(m.group(4));
            int first = day(m.group(2), m.group(3), year);
            int last = isOne ? first : day(m.group(5), m.group(6), lastYear);
            boolean areOneYear = year == lastYear || year != 0 && lastYear == year + 1 && last < first;
            if (first < 0 || last < 0 || !areOneYear || year != 0 && year == lastYear && last < first) {
                value.problem(Code.VALUE, "'" + text + "' is no part of a year", DATES_HINT);
                return Optional.empty();
            }
            return Optional.of(new Dates(year, first, last));
        });
    }

    private static int day(String month, String day, int year) {
        try {
            LocalDate date = LocalDate.of(year == 0 ? 2024 : year, Integer.parseInt(month), Integer.parseInt(day));
            return date.getMonthValue() * 100 + date.getDayOfMonth();
        } catch (DateTimeException e) {
            return -1;
        }
    }
}
