package io.fengsui.edge.config;

import io.fengsui.rules.RuleScope;
import io.fengsui.rules.calendar.CalendarReader;
import io.fengsui.rules.calendar.CalendarYear;
import io.fengsui.rules.calendar.WorkingCalendar;
import io.fengsui.rules.reader.TimingReader;
import io.fengsui.rules.timing.Mode;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem.Code;
import io.fengsui.settings.Problems;
import io.fengsui.settings.SettingsFile;
import io.fengsui.settings.ValueReader;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What {@code calendar} and {@code modes} say.
 *
 * @param times for reading rules
 */
record TimesSection(RuleScope.Times times, List<Mode> modes) {
    static TimesSection read(MapReader root, ZoneId zone) {
        List<CalendarYear> years = years(root.mapOrEmpty("calendar"));
        WorkingCalendar calendar = WorkingCalendar.ofDays(zone, years);
        RuleScope.Times before = new RuleScope.Times(zone, calendar, !years.isEmpty(), Set.of());
        List<Mode> modes = new TimingReader(before).modes(root, zone);
        Set<String> ids = modes.stream().map(Mode::id).collect(Collectors.toUnmodifiableSet());
        return new TimesSection(new RuleScope.Times(zone, calendar, !years.isEmpty(), ids), modes);
    }

    private static List<CalendarYear> years(MapReader in) {
        List<CalendarYear> years = in.list("years", file -> file.path().flatMap(path -> year(file, path)));
        if (years.stream().map(CalendarYear::year).distinct().count() < years.size()) {
            in.problem("years", Code.VALUE, "two files are for the same year", "each year once");
        }
        boolean isClean = in.finish(() -> true).isPresent();
        return isClean ? years : List.of();
    }

    private static Optional<CalendarYear> year(ValueReader value, Path path) {
        Problems problems = new Problems();
        Optional<CalendarYear> year = SettingsFile.read(path, problems).flatMap(CalendarReader::year);
        problems.list().forEach(problem -> value.problem(Code.VALUE, problem.toString(), "that file anew"));
        return year;
    }
}
