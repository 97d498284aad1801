package io.fengsui.settings;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts of durations and of byte counts. Pure. */
final class Amounts {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern BYTES =
            Pattern.compile("(\\d{1,15}(?:\\.\\d{1,3})?)\\s?(B|kB|KB|MB|GB|KiB|MiB|GiB|TiB)");

    private Amounts() {}

    /** {@code 500ms}, {@code 10s}, {@code 5m}, {@code 24h}, {@code 7d}, or several from large to small: {@code 1h30m}. */
    static Optional<Duration> duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        Duration sum = Duration.ZERO;
        Duration smallest = Duration.ofDays(1_000);
        int at = 0;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                return Optional.empty();
            }
            Duration unit = unit(matcher.group(2));
            if (unit.compareTo(smallest) >= 0) {
                return Optional.empty();
            }
            smallest = unit;
            sum = sum.plus(unit.multipliedBy(Long.parseLong(matcher.group(1))));
            at = matcher.end();
        }
        return at == 0 ? Optional.empty() : Optional.of(sum);
    }

    private static Duration unit(String name) {
        return switch (name) {
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> throw new IllegalArgumentException("no unit of time: " + name);
        };
    }

    /** {@code 20MiB}, {@code 1.5GiB}, {@code 100kB}. */
    static Optional<Long> bytes(String text) {
        Matcher matcher = BYTES.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String unit = matcher.group(2).toUpperCase(Locale.ROOT);
        long base = unit.endsWith("IB") ? 1024 : 1000;
        int power = "BKMGT".indexOf(unit.charAt(0));
        BigDecimal bytes = new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(base).pow(power));
        if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            return Optional.empty();
        }
        return Optional.of(bytes.longValue());
    }

    /** The largest unit that says it without a fraction: {@code 1m30s} reads {@code 90s}. */
    static String show(Duration duration) {
        for (String name : new String[] {"d", "h", "m", "s"}) {
            Duration unit = unit(name);
            if (!duration.isZero() && duration.toMillis() % unit.toMillis() == 0) {
                return duration.toMillis() / unit.toMillis() + name;
            }
        }
        return duration.toMillis() + "ms";
    }

    /** Bytes in the largest binary unit that says it without a fraction. */
    static String show(long bytes) {
        String[] names = {"TiB", "GiB", "MiB", "KiB"};
        long unit = 1L << 40;
        for (String name : names) {
            if (bytes != 0 && bytes % unit == 0) {
                return bytes / unit + name;
            }
            unit >>= 10;
        }
        return bytes + "B";
    }
}
