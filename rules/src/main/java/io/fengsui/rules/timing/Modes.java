package io.fengsui.rules.timing;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The modes of a place and what people switched, which holds until it expires and never longer than {@link
 * #LONGEST_SWITCH}. Immutable; pure.
 */
public record Modes(Map<String, Mode> known, Map<String, Switch> switches) {
    public static final Modes NONE = new Modes(Map.of(), Map.of());

    /** A switch that nobody takes back ends by itself after this. */
    public static final Duration LONGEST_SWITCH = Duration.ofDays(31);

    /** What a person said: on or off, until when. */
    public record Switch(boolean isOn, Instant until) {}

    public Modes {
        known = Map.copyOf(known);
        switches = Map.copyOf(switches);
    }

    public static Modes of(List<Mode> modes) {
        Map<String, Mode> known = new LinkedHashMap<>();
        modes.forEach(mode -> known.put(mode.id(), mode));
        return new Modes(known, Map.of());
    }

    public boolean isOn(String id, Instant now) {
        Switch switched = switches.get(id);
        if (switched != null && now.isBefore(switched.until())) {
            return switched.isOn();
        }
        Mode mode = known.get(id);
        return mode != null && mode.when().filter(when -> when.contains(now)).isPresent();
    }

    /** With one switch more; of a mode that is not known, the same. */
    public Modes with(String id, Switch switched) {
        if (!known.containsKey(id)) {
            return this;
        }
        Map<String, Switch> next = new LinkedHashMap<>(switches);
        next.put(id, switched);
        return new Modes(known, next);
    }

    /** Without what has expired. */
    public Modes at(Instant now) {
        Map<String, Switch> next = new LinkedHashMap<>(switches);
        boolean isChanged = next.values().removeIf(s -> !now.isBefore(s.until()));
        return isChanged ? new Modes(known, next) : this;
    }

    /** The first moment after this one at which one of these modes may change. */
    Optional<Instant> nextChange(List<String> ids, Instant after) {
        return ids.stream()
                .flatMap(id -> Stream.concat(
                        Optional.ofNullable(switches.get(id)).map(Switch::until).stream(),
                        Optional.ofNullable(known.get(id))
                                .flatMap(Mode::when)
                                .flatMap(w -> w.nextChange(after))
                                .stream()))
                .filter(at -> at.isAfter(after))
                .sorted()
                .findFirst();
    }
}
