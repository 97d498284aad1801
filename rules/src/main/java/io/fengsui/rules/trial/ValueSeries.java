package io.fengsui.rules.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values written short, as promtool does: {@code 1 2 3}, {@code 0+0.5x10} (0 and ten more, each 0.5 higher),
 * {@code 5-1x3}, {@code 2x4} (2 and four more of it), {@code _} and {@code _x5} for none.
 */
final class ValueSeries {
    private static final int MAX_VALUES = 100_000;
    private static final String NUMBER = "[-+]?[0-9]+(?:\\.[0-9]+)?";
    private static final Pattern PART =
            Pattern.compile("(_|" + NUMBER + ")(?:([-+][0-9]+(?:\\.[0-9]+)?))?(?:x([0-9]{1,6}))?");

    private ValueSeries() {}

    /** @throws IllegalArgumentException when it is not written so */
    static List<OptionalDouble> parse(String text) {
        List<OptionalDouble> values = new ArrayList<>();
        for (String part : text.strip().split("\\s+")) {
            Matcher matcher = PART.matcher(part);
            if (!matcher.matches() || matcher.group(2) != null && matcher.group(3) == null) {
                throw new IllegalArgumentException("'" + part + "' is not like 1.5, 0+0.5x10, 2x4, _ or _x5");
            }
            int more = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
            boolean isNone = matcher.group(1).equals("_");
            // As promtool has it, _x5 are five, and 2x4 are five too: one and four more.
            int count = isNone && matcher.group(3) != null ? more : more + 1;
            if (values.size() + count > MAX_VALUES) {
                throw new IllegalArgumentException("more than " + MAX_VALUES + " values");
            }
            double first = isNone ? 0 : Double.parseDouble(matcher.group(1));
            double step = matcher.group(2) == null ? 0 : Double.parseDouble(matcher.group(2));
            for (int i = 0; i < count; i++) {
                values.add(isNone ? OptionalDouble.empty() : OptionalDouble.of(first + i * step));
            }
        }
        return values;
    }
}
