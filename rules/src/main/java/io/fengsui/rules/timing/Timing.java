package io.fengsui.rules.timing;

import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a rule counts. While the wall clock cannot be believed it always does: in doubt it is told.
 *
 * @param active its hours; empty for always
 * @param mute when it keeps quiet
 * @param modes it counts in one of these only; empty for all
 * @param exceptModes it does not count in these
 */
public record Timing(Optional<Schedule> active, Optional<Schedule> mute, List<String> modes, List<String> exceptModes) {
    public static final Timing ALWAYS = new Timing(Optional.empty(), Optional.empty(), List.of(), List.of());

    public Timing {
        modes = List.copyOf(modes);
        exceptModes = List.copyOf(exceptModes);
    }

    public boolean isAlways() {
        return active.isEmpty() && mute.isEmpty() && modes.isEmpty() && exceptModes.isEmpty();
    }

    public Standing standing(Moment now, Modes switched) {
        if (isAlways() || now.quality() == ClockQuality.UNKNOWN) {
            return Standing.ON;
        }
        Instant at = now.wall();
        boolean isOff = active.filter(schedule -> !schedule.contains(at)).isPresent()
                || !modes.isEmpty() && modes.stream().noneMatch(mode -> switched.isOn(mode, at))
                || exceptModes.stream().anyMatch(mode -> switched.isOn(mode, at));
        if (isOff) {
            return Standing.OFF;
        }
        return mute.filter(schedule -> schedule.contains(at)).isPresent() ? Standing.MUTED : Standing.ON;
    }

    /** The first moment after this one at which the standing may change, on the same clocks. */
    public Optional<Moment> nextChange(Moment now, Modes switched) {
        if (isAlways() || now.quality() == ClockQuality.UNKNOWN) {
            return Optional.empty();
        }
        List<String> all = new ArrayList<>(modes);
        all.addAll(exceptModes);
        return Stream.of(
                        active.flatMap(s -> s.nextChange(now.wall())),
                        mute.flatMap(s -> s.nextChange(now.wall())),
                        switched.nextChange(all, now.wall()))
                .flatMap(Optional::stream)
                .sorted()
                .findFirst()
                .map(at -> now.plus(Duration.between(now.wall(), at)));
    }

    /** Whether holidays matter to it and those of this year are not known. */
    public boolean misses(int year) {
        return Stream.of(active, mute).flatMap(Optional::stream).anyMatch(s -> s.misses(year));
    }
}
