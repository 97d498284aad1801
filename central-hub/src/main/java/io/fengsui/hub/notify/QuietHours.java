package io.fengsui.hub.notify;

import io.fengsui.protocol.Severity;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * When a contact is left alone.
 *
 * @param to on the next day when not later than {@code from}
 * @param except what is at least so severe is told all the same
 */
public record QuietHours(LocalTime from, LocalTime to, Severity except) {

    /** The end of the quiet hours that this moment lies in; the moment itself when it lies in none. */
    Instant after(Instant at, ZoneId zone) {
        ZonedDateTime local = at.atZone(zone);
        LocalTime time = local.toLocalTime();
        boolean isOverNight = !from.isBefore(to);
        boolean isEvening = isOverNight && !time.isBefore(from);
        boolean isQuiet = isOverNight ? isEvening || time.isBefore(to) : !time.isBefore(from) && time.isBefore(to);
        if (!isQuiet) {
            return at;
        }
        return local.toLocalDate()
                .plusDays(isEvening ? 1 : 0)
                .atTime(to)
                .atZone(zone)
                .toInstant();
    }
}
