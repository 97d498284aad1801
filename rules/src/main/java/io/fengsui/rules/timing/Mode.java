package io.fengsui.rules.timing;

import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Name;
import java.util.Optional;

/**
 * A state of the whole place that rules go by: night, typhoon, heating season.
 *
 * @param when it is on by itself; empty for one that people switch
 */
public record Mode(String id, Name name, Optional<Schedule> when) {
    /** Most modes. */
    public static final int MAX_MODES = 32;

    public Mode {
        Checks.id("mode", id);
    }
}
