package io.fengsui.edge.profile;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The device's own time.
 *
 * @param maxAge a reading that is older counts as uncertain, or as late in a message of history
 */
public record TimeField(ValueSource source, Format format, Duration maxAge) {
    public static final Duration DEFAULT_MAX_AGE = Duration.ofMinutes(5);

    /** Earlier is the time of a clock that nobody set; the first of January 2015. */
    static final Instant EARLIEST = Instant.ofEpochSecond(1_420_070_400L);

    /** A clock that is this far ahead is wrong. */
    static final Duration MAX_AHEAD = Duration.ofMinutes(5);

    /** How it is written. */
    public enum Format {
        /** A number of seconds or milliseconds, told apart by its size, or ISO 8601 text. */
        AUTO,
        /** ISO 8601; without a zone it is local time of the box. */
        ISO,
        SECONDS,
        MILLIS
    }

    /** What is wrong with a time; empty for nothing. */
    public static String fault(@Nullable Instant at, Instant now) {
        if (at == null) {
            return "the device's time cannot be read";
        } else if (at.isBefore(EARLIEST)) {
            return "the device's clock is not set: " + at;
        }
        return at.isAfter(now.plus(MAX_AHEAD)) ? "the device's clock is ahead: " + at : "";
    }
}
