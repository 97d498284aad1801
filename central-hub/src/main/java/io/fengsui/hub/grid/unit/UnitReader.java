package io.fengsui.hub.grid.unit;

import io.fengsui.hub.grid.KindPattern;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.protocol.value.Name;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem;
import io.fengsui.settings.ValueReader;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads units from their YAML file. */
public final class UnitReader {
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final String DATE_HINT = "a date such as 2026-10-01";
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    private UnitReader() {}

    /** @param areas those that may be named */
    public static Optional<List<Unit>> units(MapReader map, AreaBook areas) {
        Set<String> ids = new HashSet<>();
        List<Unit> units = map.maps("units", unit -> unit(unit, areas));
        for (Unit unit : units) {
            if (!ids.add(unit.id())) {
                map.problem("units", Problem.Code.VALUE, "two units have the id " + unit.id(), "each id once");
            }
        }
        return map.finish(() -> units);
    }

    private static Optional<Unit> unit(MapReader map, AreaBook areas) {
        String id = map.matching("id", ID, "small letters, digits, dots and hyphens, such as fire-brigade");
        Name name = map.map("name")
                .flatMap(both -> {
                    String zh = both.string("zh");
                    String en = both.string("en", "");
                    return both.finish(() -> new Name(zh, en));
                })
                .orElse(Name.NONE);
        String phone = map.string("phone", "");
        List<Unit.Answer> answers = map.maps("answers", answer -> answer(answer, areas));
        List<Shift> duty = map.maps("duty", UnitReader::shift);
        return map.finish(() -> new Unit(id, name, phone, answers, duty));
    }

    private static Optional<Unit.Answer> answer(MapReader map, AreaBook areas) {
        List<KindPattern> kinds = map.list("kinds", KindPattern::read);
        List<String> codes = map.list("areas", ValueReader::string);
        codes.stream()
                .filter(code -> areas.find(code).isEmpty())
                .forEach(code -> map.problem(
                        "areas", Problem.Code.REFERENCE, "there is no area '" + code + "'", "a code of the places"));
        return map.finish(() -> new Unit.Answer(kinds, codes));
    }

    private static Optional<Shift> shift(MapReader map) {
        String person = map.string("person");
        String phone = map.string("phone", "");
        List<DayOfWeek> days = map.list("days", value -> value.enumeration(DayOfWeek.class));
        List<LocalDate> dates = map.list("dates", UnitReader::date);
        // Somebody took the last date out: they meant no day, not every day of the week.
        if (map.isBare("dates")) {
            map.problem(
                    "dates",
                    Problem.Code.VALUE,
                    "a shift of certain dates names at least one; with none it would be of every day of the week",
                    "dates such as [2026-10-01], or take the shift out");
        }
        if (!days.isEmpty() && !dates.isEmpty()) {
            map.problem(
                    "dates", Problem.Code.VALUE, "a shift of certain dates has no days of the week", "days or dates");
        }
        String from = map.matching("from", TIME, "a time such as 08:00");
        String to = map.matching("to", TIME, "a time such as 20:00");
        return map.finish(() -> new Shift(
                person,
                phone,
                days.isEmpty() ? Set.of(DayOfWeek.values()) : Set.copyOf(days),
                Set.copyOf(dates),
                LocalTime.parse(from),
                LocalTime.parse(to)));
    }

    private static Optional<LocalDate> date(ValueReader value) {
        return value.matching(DATE, DATE_HINT).flatMap(text -> {
            try {
                return Optional.of(LocalDate.parse(text));
            } catch (DateTimeParseException e) {
                value.problem(Problem.Code.VALUE, "there is no day " + text, DATE_HINT);
                return Optional.empty();
            }
        });
    }
}
