package io.fengsui.rules.calendar;

import java.time.Duration;
import java.time.LocalTime;

/** One stretch of a working day, such as 09:00 to 12:00; within one day. */
public record WorkHours(LocalTime from, LocalTime to) {
    public WorkHours {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("working hours begin before they end, not " + from + "-" + to);
        }
    }

    Duration length() {
        return Duration.between(from, to);
    }
}
