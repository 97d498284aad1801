package io.fengsui.settings;

import io.fengsui.settings.Problem.Code;
import io.fengsui.settings.SettingNode.Mapping;
import io.fengsui.settings.SettingNode.Scalar;
import io.fengsui.settings.SettingNode.Sequence;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads one value as the type that is wanted. Each method tells what is wrong and then answers empty, so that reading
 * goes on. Types are those of the YAML 1.2 core schema: {@code NO} is a text, {@code 0o17} is 15, a quoted number is a
 * text. Confined to one thread.
 */
public final class ValueReader {
    private static final int LONGEST_SHOWN = 60;
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(0|[1-9][0-9]{0,18})");
    private static final Pattern LEADING_ZERO = Pattern.compile("[-+]?0[0-9]+");
    private static final Pattern OCTAL = Pattern.compile("0o[0-7]{1,20}");
    private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F]{1,15}");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?");

    private final SettingNode node;
    private final String key;
    private final ReadScope scope;

    ValueReader(SettingNode node, String key, ReadScope scope) {
        this.node = node;
        this.key = key;
        this.scope = scope;
    }

    /** Where this value stands, for problems found later. */
    public Where where() {
        return node.where().withKey(key);
    }

    /** Reports that this value is wrong. {@code hint} follows the word "write". */
    public void problem(Code code, String reason, String hint) {
        scope.add(where(), code, reason, hint);
    }

    /** Text exactly as written; a plain {@code NO}, {@code 1.10} or {@code 0o17} is a text too. */
    public Optional<String> string() {
        return scalar("a text").map(Scalar::text);
    }

    /** Text of a shape; {@code hint} says which. */
    public Optional<String> matching(Pattern shape, String hint) {
        return string().filter(
                        text -> shape.matcher(text).matches() || refuse("'" + show(text) + "' is not taken", hint));
    }

    public Optional<Integer> integer(int min, int max) {
        return whole(min, max).map(Math::toIntExact);
    }

    /** A whole number: decimal, {@code 0o17} or {@code 0xff}. */
    public Optional<Long> whole(long min, long max) {
        String hint = "a whole number from " + min + " to " + max;
        return scalar("a whole number").flatMap(scalar -> {
            String text = scalar.text();
            Optional<Long> value = scalar.isPlain() ? wholeOf(text) : Optional.empty();
            if (value.isEmpty()) {
                String why = LEADING_ZERO.matcher(text).matches() ? " (a leading zero is ambiguous)" : "";
                String quoted = scalar.isPlain() ? "" : " (it is in quotes)";
                problem(Code.TYPE, "'" + show(text) + "' is not a whole number" + why + quoted, hint);
                return value;
            }
            return value.filter(v -> (v >= min && v <= max) || refuse(text + " is out of range", hint));
        });
    }

    private static Optional<Long> wholeOf(String text) {
        if (DECIMAL.matcher(text).matches()) {
            try {
                return Optional.of(Long.valueOf(text));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
        if (OCTAL.matcher(text).matches()) {
            return Optional.of(Long.valueOf(text.substring(2), 8));
        }
        return HEX.matcher(text).matches() ? Optional.of(Long.valueOf(text.substring(2), 16)) : Optional.empty();
    }

    /** A finite number. */
    public Optional<Double> number(double min, double max) {
        String hint = "a number from " + plain(min) + " to " + plain(max);
        return scalar("a number").flatMap(scalar -> {
            String text = scalar.text();
            if (!scalar.isPlain() || text.length() > 40 || !NUMBER.matcher(text).matches()) {
                String quoted = scalar.isPlain() ? "" : " (it is in quotes)";
                problem(Code.TYPE, "'" + show(text) + "' is not a number" + quoted, hint);
                return Optional.empty();
            }
            double value = Double.parseDouble(text);
            boolean isTaken = value >= min && value <= max && Double.isFinite(value);
            return isTaken || refuse(text + " is out of range", hint) ? Optional.of(value) : Optional.empty();
        });
    }

    /** {@code true} or {@code false}; never yes, no, on, off. */
    public Optional<Boolean> bool() {
        return scalar("true or false").flatMap(scalar -> {
            if (scalar.isPlain() && scalar.text().matches("true|True|TRUE|false|False|FALSE")) {
                return Optional.of(Boolean.valueOf(scalar.text()));
            }
            problem(Code.TYPE, "'" + show(scalar.text()) + "' is neither true nor false", "true or false");
            return Optional.empty();
        });
    }

    /** {@code 500ms}, {@code 10s}, {@code 5m}, {@code 24h}, {@code 7d}. */
    public Optional<Duration> duration(Duration min, Duration max) {
        String hint = "a duration from " + Amounts.show(min) + " to " + Amounts.show(max)
                + " such as 500ms, 10s, 5m, 24h or 7d";
        return scalar("a duration").flatMap(scalar -> {
            Optional<Duration> value = Amounts.duration(scalar.text());
            if (value.isEmpty()) {
                problem(Code.TYPE, "'" + show(scalar.text()) + "' is not a duration with its unit", hint);
            }
            return value.filter(v -> (v.compareTo(min) >= 0 && v.compareTo(max) <= 0)
                    || refuse(show(scalar.text()) + " is out of range", hint));
        });
    }

    /** {@code 20MiB}, {@code 1.5GiB}. */
    public Optional<Long> bytes(long min, long max) {
        String hint =
                "a size from " + Amounts.show(min) + " to " + Amounts.show(max) + " such as 512KiB, 20MiB or 2GiB";
        return scalar("a size").flatMap(scalar -> {
            Optional<Long> value = Amounts.bytes(scalar.text());
            if (value.isEmpty()) {
                problem(Code.TYPE, "'" + show(scalar.text()) + "' is not a size with its unit", hint);
            }
            return value.filter(v -> (v >= min && v <= max) || refuse(show(scalar.text()) + " is out of range", hint));
        });
    }

    /** One of the constants, in lower case with hyphens: {@code VERY_HIGH} is written {@code very-high}. */
    public <E extends Enum<E>> Optional<E> enumeration(Class<E> type) {
        List<String> labels =
                Arrays.stream(type.getEnumConstants()).map(ValueReader::label).toList();
        return string().flatMap(text -> {
            int index = labels.indexOf(text);
            if (index < 0) {
                String near = DidYouMean.nearest(text.toLowerCase(Locale.ROOT), labels)
                        .map(word -> word + " (one of " + String.join(", ", labels) + ")")
                        .orElse("one of " + String.join(", ", labels));
                problem(Code.VALUE, "'" + show(text) + "' is not known here", near);
                return Optional.empty();
            }
            return Optional.of(type.getEnumConstants()[index]);
        });
    }

    /** How a constant is written in a file. */
    public static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A path; a relative one starts at the folder of the file that it is written in. */
    public Optional<Path> path() {
        return string().flatMap(text -> {
            try {
                if (!text.isEmpty()) {
                    return Optional.of(scope.resolve(text));
                }
            } catch (InvalidPathException e) {
                // told below, like an empty one
            }
            problem(Code.VALUE, "'" + show(text) + "' is not a path", "a path");
            return Optional.empty();
        });
    }

    /** An absolute URI with a host and without credentials, of one of these schemes. Never shown in a problem. */
    public Optional<URI> uri(String... schemes) {
        String hint = String.join(":// or ", schemes) + "://HOST[:PORT][/PATH]";
        return string().flatMap(text -> {
            URI uri;
            try {
                uri = new URI(text);
            } catch (URISyntaxException e) {
                problem(
                        Code.VALUE,
                        "this is not an address (" + e.getReason() + " at index " + e.getIndex() + ")",
                        hint);
                return Optional.empty();
            }
            if (uri.getRawUserInfo() != null
                    || (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@"))) {
                problem(
                        Code.SECRET,
                        "credentials stand in the address, where logs and process lists would show them",
                        "the address without them, and username and password-file beside it");
                return Optional.empty();
            }
            boolean isTaken = uri.getHost() != null && Arrays.asList(schemes).contains(uri.getScheme());
            return isTaken || refuse("this is not such an address", hint) ? Optional.of(uri) : Optional.empty();
        });
    }

    /** A group of keys. */
    public Optional<MapReader> map() {
        if (node instanceof Mapping map) {
            return Optional.of(new MapReader(map, key, scope.inner()));
        }
        problem(Code.TYPE, "here is " + node.sort() + ", but a group of keys belongs here", "'key: value' lines");
        return Optional.empty();
    }

    /** A list of at most {@code maxItems}. */
    public Optional<List<ValueReader>> list(int maxItems) {
        if (!(node instanceof Sequence sequence)) {
            problem(Code.TYPE, "here is " + node.sort() + ", but a list belongs here", "'- item' lines or [a, b]");
            return Optional.empty();
        }
        if (sequence.items().size() > maxItems) {
            problem(Code.VALUE, "the list has " + sequence.items().size() + " items", "at most " + maxItems);
            return Optional.empty();
        }
        List<ValueReader> items = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            items.add(new ValueReader(sequence.items().get(i), key + "[" + i + "]", scope));
        }
        return Optional.of(items);
    }

    private Optional<Scalar> scalar(String wanted) {
        if (node instanceof Scalar scalar && !scalar.isNull()) {
            return Optional.of(scalar);
        }
        problem(Code.TYPE, "here is " + node.sort() + ", but " + wanted + " belongs here", wanted);
        return Optional.empty();
    }

    private boolean refuse(String reason, String hint) {
        problem(Code.VALUE, reason, hint);
        return false;
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** A value as a problem may show it: short, one line. */
    static String show(String text) {
        String line = text.codePoints()
                .limit(LONGEST_SHOWN)
                .map(c -> Character.isISOControl(c) ? '.' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return line.length() < text.length() ? line + "…" : line;
    }
}
