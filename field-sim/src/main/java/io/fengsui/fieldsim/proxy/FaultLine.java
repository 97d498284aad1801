package io.fengsui.fieldsim.proxy;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** A fault as a person writes it: {@code latency up 200 50}. Thread-safe. */
public final class FaultLine {
    /** What can be written; a way is {@code up}, {@code down} or {@code both}. */
    public static final List<String> COMMANDS = List.of(
            "latency WAY MS [JITTER-MS]",
            "throttle WAY BYTES-PER-SECOND",
            "loss WAY PART [RESEND-MS]",
            "stall WAY",
            "swallow WAY",
            "duplicate WAY PART",
            "corrupt WAY PART",
            "slice WAY BYTES",
            "cut-after WAY BYTES",
            "half-open",
            "cut",
            "refuse",
            "heal");

    private static final long RESEND_MILLIS = 200;

    private FaultLine() {}

    /** What the line asks for; {@link IllegalArgumentException} says what is wrong with it. */
    public static Consumer<FaultProxy> parse(String line) {
        String[] words = line.strip().split("\\s+", -1);
        if (words.length == 1) {
            return switch (words[0]) {
                case "half-open" -> FaultProxy::halfOpen;
                case "cut" -> FaultProxy::cut;
                case "refuse" -> FaultProxy::refuse;
                case "heal" -> FaultProxy::heal;
                default -> throw unknown(line);
            };
        }
        List<Direction> ways = ways(words[1]);
        Fault fault = fault(words, line);
        return proxy -> ways.forEach(way -> proxy.apply(way, fault));
    }

    private static List<Direction> ways(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "up" -> List.of(Direction.UP);
            case "down" -> List.of(Direction.DOWN);
            case "both" -> List.of(Direction.values());
            default -> throw new IllegalArgumentException("a way is up, down or both, not '" + word + "'");
        };
    }

    private static Fault fault(String[] words, String line) {
        boolean isBare = words.length == 2;
        if (isBare) {
            return switch (words[0]) {
                case "stall" -> new Fault.Stall();
                case "swallow" -> new Fault.Swallow();
                default -> throw unknown(line);
            };
        }
        long second = words.length > 3 ? whole(words[3]) : -1;
        if (words.length > 4 || words.length > 3 && !words[0].equals("latency") && !words[0].equals("loss")) {
            throw unknown(line);
        }
        return switch (words[0]) {
            case "latency" ->
                new Fault.Latency(Duration.ofMillis(whole(words[2])), Duration.ofMillis(Math.max(0, second)));
            case "throttle" -> new Fault.Throttle(whole(words[2]));
            case "loss" -> new Fault.Loss(part(words[2]), Duration.ofMillis(second < 0 ? RESEND_MILLIS : second));
            case "duplicate" -> new Fault.Duplicate(part(words[2]));
            case "corrupt" -> new Fault.Corrupt(part(words[2]));
            case "slice" -> new Fault.Slice((int) Math.min(Integer.MAX_VALUE, whole(words[2])));
            case "cut-after" -> new Fault.CutAfter(whole(words[2]));
            default -> throw unknown(line);
        };
    }

    private static long whole(String word) {
        if (!word.matches("[0-9]{1,12}")) {
            throw new IllegalArgumentException("a whole number is needed, not '" + word + "'");
        }
        return Long.parseLong(word);
    }

    private static double part(String word) {
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a part is a number from 0 to 1, not '" + word + "'", e);
        }
    }

    private static IllegalArgumentException unknown(String line) {
        return new IllegalArgumentException(
                "cannot do '" + line.strip() + "'; there are: " + String.join(", ", COMMANDS));
    }
}
