package io.fengsui.edge.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A topic with names for what varies: {@code {base}/{device...}/availability}. {@code {name}} is one level,
 * {@code {name...}} one or more, {@code {base}} the profile's own beginning, which may have several levels; {@code +} and
 * {@code #} are those of MQTT. Immutable.
 */
public record TopicPattern(String text) {
    /** Longest topic and pattern, in characters, that is looked at. */
    public static final int MAX_LENGTH = 512;

    /** Most levels. */
    public static final int MAX_LEVELS = 32;

    private static final Pattern LEVEL =
            Pattern.compile("\\{[a-z][a-z0-9-]{0,31}(\\.\\.\\.)?}|\\+|#|[^+#{}\\p{Cntrl}/]*");

    public TopicPattern {
        String fault = fault(text);
        if (!fault.isEmpty()) {
            throw new IllegalArgumentException("the topic '" + text + "' " + fault);
        }
    }

    /** What is wrong with a pattern; empty for nothing. */
    static String fault(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return "needs 1 to " + MAX_LENGTH + " characters";
        }
        List<String> levels = levels(text);
        if (levels.size() > MAX_LEVELS) {
            return "has more than " + MAX_LEVELS + " levels";
        }
        if (levels.stream().anyMatch(level -> !LEVEL.matcher(level).matches())) {
            return "has a level that is neither a text nor '{name}', '{name...}', '+' or '#'";
        }
        long open = levels.stream().filter(TopicPattern::isLong).count();
        boolean isHashLast = !levels.contains("#") || levels.indexOf("#") == levels.size() - 1;
        return open > 1 || !isHashLast ? "has '#' before its end, or more than one '{name...}'" : "";
    }

    /** This pattern with {@code {base}} written out. */
    public TopicPattern withBase(String base) {
        return new TopicPattern(text.replace("{base}", base));
    }

    /** This pattern with the device written out, when it is one of its names. */
    public TopicPattern withDevice(String device) {
        return new TopicPattern(text.replace("{device...}", device).replace("{device}", device));
    }

    /** Whether nothing in it varies. */
    public boolean isPlain() {
        return !text.contains("{") && !text.contains("+") && !text.contains("#");
    }

    /** The filter to subscribe to. A long name in the middle becomes {@code #}. */
    public String filter() {
        List<String> filter = new ArrayList<>();
        for (String level : levels(text)) {
            filter.add(isLong(level) ? "#" : level.startsWith("{") ? "+" : level);
            if (isLong(level)) {
                break;
            }
        }
        return String.join("/", filter);
    }

    /** What the names stand for in a topic; empty when it is another topic. */
    public Optional<Map<String, String>> match(List<String> topic) {
        List<String> levels = levels(text);
        if (topic.getFirst().startsWith("$") && !levels.getFirst().startsWith("$")) {
            // MQTT 5.0 section 4.7.2: wildcards do not reach the broker's own topics.
            return Optional.empty();
        }
        Map<String, String> names = new LinkedHashMap<>();
        int spare = topic.size() - levels.size();
        int at = 0;
        for (String level : levels) {
            if (level.equals("#")) {
                return Optional.of(names);
            }
            int width = isLong(level) ? 1 + spare : 1;
            if (width < 1 || at + width > topic.size() || !takes(level, topic, at)) {
                return Optional.empty();
            }
            if (level.startsWith("{")) {
                String name = level.substring(1, level.length() - (isLong(level) ? 4 : 1));
                names.put(name, topic.subList(at, at + width).stream().collect(Collectors.joining("/")));
            }
            at += width;
        }
        return at == topic.size() ? Optional.of(names) : Optional.empty();
    }

    private static boolean takes(String level, List<String> topic, int at) {
        return level.startsWith("{") || level.equals("+") || level.equals(topic.get(at));
    }

    private static boolean isLong(String level) {
        return level.endsWith("...}");
    }

    /** The levels of a topic. */
    public static List<String> levels(String topic) {
        return List.of(topic.split("/", -1));
    }
}
