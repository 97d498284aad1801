package io.fengsui.hub.access.answer;

import java.time.Duration;

/**
 * How many answers are kept, how many bytes of bodies they have together, and for how long; the oldest go first.
 * The same in memory and in the database.
 */
public record AnswerSettings(int most, long mostBytes, Duration goodFor) {
    public static final AnswerSettings DEFAULT = new AnswerSettings(10_000, 32L << 20, Duration.ofHours(24));

    public AnswerSettings {
        if (most < 1 || mostBytes < 1 || goodFor.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("at least one answer of one byte is kept for a minute");
        }
    }
}
