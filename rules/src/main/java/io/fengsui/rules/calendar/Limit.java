package io.fengsui.rules.calendar;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long something may take: {@code 15m} of natural time (自然时), {@code 4wh} working hours (工作时) or {@code 2wd}
 * working days (工作日).
 *
 * @param amount seconds of natural time, minutes of working hours, or working days
 */
public record Limit(Measure measure, long amount) {
    /** Longest limit that makes sense: a year of any measure. */
    private static final long MAX_DAYS = 366;

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})(s|m|h|d|wm|wh|wd)");

    /** What its length is counted in. */
    public enum Measure {
        /** The clock on the wall, nights and holidays included: for what is urgent. */
        NATURAL,
        WORKING_HOURS,
        WORKING_DAYS
    }

    public Limit {
        long longest = switch (measure) {
            case NATURAL -> MAX_DAYS * 24 * 3600;
            case WORKING_HOURS -> MAX_DAYS * 24 * 60;
            case WORKING_DAYS -> MAX_DAYS;
        };
        if (amount <= 0 || amount > longest) {
            throw new IllegalArgumentException("a limit is positive and at most a year, not " + amount);
        }
    }

    public static Limit natural(Duration length) {
        return new Limit(Measure.NATURAL, length.toSeconds());
    }

    /** Reads what {@link #toString} writes; also {@code 2d}, {@code 30s}, {@code 90wm}. Empty when it is none. */
    public static Optional<Limit> parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(matcher.group(1));
        try {
            return Optional.of(
                    switch (matcher.group(2)) {
                        case "s" -> new Limit(Measure.NATURAL, count);
                        case "m" -> new Limit(Measure.NATURAL, count * 60);
                        case "h" -> new Limit(Measure.NATURAL, count * 3600);
                        case "d" -> new Limit(Measure.NATURAL, count * 86_400);
                        case "wm" -> new Limit(Measure.WORKING_HOURS, count);
                        case "wh" -> new Limit(Measure.WORKING_HOURS, count * 60);
                        case String days -> new Limit(Measure.WORKING_DAYS, count);
                    });
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The shortest text that {@link #parse} reads back. */
    @Override
    public String toString() {
        return switch (measure) {
            case WORKING_DAYS -> amount + "wd";
            case WORKING_HOURS -> amount % 60 == 0 ? amount / 60 + "wh" : amount + "wm";
            case NATURAL -> {
                if (amount % 3600 == 0) {
                    yield amount / 3600 + "h";
                }
                yield amount % 60 == 0 ? amount / 60 + "m" : amount + "s";
            }
        };
    }
}
