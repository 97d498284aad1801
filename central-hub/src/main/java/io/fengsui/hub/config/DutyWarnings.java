package io.fengsui.hub.config;

import io.fengsui.settings.MapReader;
import io.fengsui.settings.ValueReader;
import io.fengsui.settings.Where;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds who is told nothing though the files look as if they were: people on rosters without a contact, contacts without a
 * shift or a channel. A warning and no error, since there are units that are told otherwise. Pure.
 */
final class DutyWarnings {
    /** A name in a file. */
    private record Named(String unit, String person, Where where) {
        boolean isSame(Named other) {
            return unit.equals(other.unit) && person.equals(other.person);
        }
    }

    private DutyWarnings() {}

    /** Of files in which nothing else is wrong; for people, each with its place. */
    static List<String> of(MapReader units, MapReader notifications) {
        List<Named> shifts = shifts(units);
        List<MapReader> contacts = groups(notifications, "contacts").toList();
        List<Named> duties = contacts.stream()
                .flatMap(contact -> contact.map("duty").stream())
                .map(duty -> new Named(duty.string("unit"), duty.string("person"), duty.where("person")))
                .toList();
        Set<String> unitsOfDuties = duties.stream().map(Named::unit).collect(Collectors.toUnmodifiableSet());
        List<String> warnings = new ArrayList<>();
        shifts.stream()
                .filter(shift -> unitsOfDuties.contains(shift.unit()))
                .filter(noneOf(duties))
                .forEach(shift -> warnings.add(shift.where() + ": no contact has this duty, as others of "
                        + shift.unit()
                        + " have: who is on this shift is told nothing. Write a contact with duty: {unit: "
                        + shift.unit() + ", person: " + shift.person() + "}"));
        duties.stream()
                .filter(noneOf(shifts))
                .forEach(duty -> warnings.add(duty.where() + ": " + duty.person() + " is on no shift of " + duty.unit()
                        + ", so that this contact is never on duty. Write the name as in the units' duty"));
        contacts.stream()
                .filter(contact -> contact.strings("channels").isEmpty())
                .forEach(contact -> warnings.add(
                        contact.where() + ": the contact has no channels, and is told nothing. Write channels: […]"));
        return warnings;
    }

    private static Predicate<Named> noneOf(List<Named> others) {
        return one -> others.stream().noneMatch(one::isSame);
    }

    /** The first shift of each person. */
    private static List<Named> shifts(MapReader units) {
        Set<List<String>> known = new LinkedHashSet<>();
        return groups(units, "units")
                .flatMap(unit -> groups(unit, "duty")
                        .map(shift -> new Named(unit.string("id"), shift.string("person"), shift.where("person"))))
                .filter(shift -> known.add(List.of(shift.unit(), shift.person())))
                .toList();
    }

    /** The maps of a list. */
    static Stream<MapReader> groups(MapReader map, String key) {
        return map.value(key).flatMap(value -> value.list(MapReader.MAX_ITEMS)).orElse(List.of()).stream()
                .map(ValueReader::map)
                .flatMap(Optional::stream);
    }
}
