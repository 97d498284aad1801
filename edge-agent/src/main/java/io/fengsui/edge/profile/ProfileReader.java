package io.fengsui.edge.profile;

import com.fasterxml.jackson.core.JsonPointer;
import io.fengsui.edge.profile.MessageShape.Envelope;
import io.fengsui.edge.profile.MessageShape.Format;
import io.fengsui.edge.profile.MessageShape.PresenceSpec;
import io.fengsui.edge.profile.MessageShape.Timing;
import io.fengsui.edge.profile.MessageShape.Who;
import io.fengsui.edge.profile.ReadingSpec.Guard;
import io.fengsui.edge.profile.ReadingSpec.Meaning;
import io.fengsui.edge.profile.ReadingSpec.Measure;
import io.fengsui.edge.profile.ReadingSpec.OpenCount;
import io.fengsui.edge.profile.ReadingSpec.State;
import io.fengsui.protocol.value.Name;
import io.fengsui.rules.condition.Expression;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem.Code;
import io.fengsui.settings.ValueReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code profiles}. What is wrong is told with its place; a profile with a problem is left out. Confined. */
public final class ProfileReader {
    private static final Pattern POINTER = Pattern.compile("\\^?(|(/([^~/]|~0|~1)*)+)");
    private static final String POINTER_HINT = "a JSON pointer such as /data/level, or '' for the whole payload";
    private static final Duration LONGEST = Duration.ofDays(30);

    private ProfileReader() {}

    public static List<Profile> read(MapReader root) {
        return root.maps("profiles", ProfileReader::profile);
    }

    private static Optional<Profile> profile(MapReader in) {
        String id = in.id("id");
        Name name = in.map("name")
                .flatMap(names -> {
                    String zh = names.string("zh", "");
                    String en = names.string("en", "");
                    return names.finish(() -> new Name(zh, en));
                })
                .orElse(new Name(id, id));
        String base = in.string("base", "");
        Duration expire = in.duration("expire-after", Duration.ZERO, LONGEST, Duration.ZERO);
        List<MessageShape> messages = in.maps("messages", ProfileReader::message);
        if (messages.isEmpty() && !in.has("messages")) {
            in.problem("messages", Code.MISSING, "the profile has no messages", "'messages: [{topic: …}]'");
        }
        return in.finish(() -> new Profile(id, name, base, expire, messages));
    }

    private static Optional<MessageShape> message(MapReader in) {
        Optional<TopicPattern> topic = in.required("topic").flatMap(ProfileReader::topic);
        Format format = in.enumeration("format", Format.class, Format.JSON);
        Expression when = expression(in, "when");
        ItemPath each = in.value("each")
                .flatMap(v -> v.string().flatMap(text -> itemPath(v, text)))
                .orElse(null);
        boolean takesRetained = in.bool("retained", true);
        Optional<Who> who = who(in);
        TimeField time = in.map("time").flatMap(ProfileReader::time).orElse(null);
        boolean isHistory = in.bool("history", false);
        Expression test = expression(in, "test");
        List<ReadingSpec> readings = in.maps("readings", ProfileReader::reading);
        PresenceSpec presence =
                in.map("presence").flatMap(ProfileReader::presence).orElse(null);
        return in.finish(() -> new MessageShape(
                topic.orElseThrow(),
                new Envelope(format, when, each, takesRetained),
                who.orElseThrow(),
                new Timing(time, isHistory, test),
                readings,
                presence));
    }

    private static Optional<TopicPattern> topic(ValueReader value) {
        return value.string().flatMap(text -> {
            String fault = TopicPattern.fault(text);
            if (fault.isEmpty()) {
                return Optional.of(new TopicPattern(text));
            }
            value.problem(Code.VALUE, "the topic " + fault, "one such as '{base}/{device}/state'");
            return Optional.empty();
        });
    }

    private static Optional<ItemPath> itemPath(ValueReader value, String text) {
        try {
            return Optional.of(new ItemPath(text));
        } catch (IllegalArgumentException e) {
            value.problem(Code.VALUE, String.valueOf(e.getMessage()), "/history/* or /{device}/*");
            return Optional.empty();
        }
    }

    private static Optional<Who> who(MapReader in) {
        ValueSource said = null;
        String template = "{device}";
        Optional<MapReader> device = in.map("device");
        if (device.isPresent()) {
            MapReader map = device.get();
            said = map.has("name") ? null : source(map);
            template = map.string("name", template);
            map.finish(() -> "");
        }
        JsonPointer same = in.has("same-device") ? pointer(in, "same-device") : null;
        JsonPointer dedup = in.has("message-id") ? pointer(in, "message-id") : null;
        return Optional.of(new Who(said, template, same, dedup));
    }

    private static Optional<TimeField> time(MapReader in) {
        ValueSource source = source(in);
        TimeField.Format format = in.enumeration("format", TimeField.Format.class, TimeField.Format.AUTO);
        Duration maxAge = in.duration("max-age", Duration.ofSeconds(1), Duration.ofDays(7), TimeField.DEFAULT_MAX_AGE);
        return in.finish(() -> new TimeField(source, format, maxAge));
    }

    private static Optional<PresenceSpec> presence(MapReader in) {
        ValueSource source = source(in);
        Set<String> online = values(in, "online", Set.of("online", "true", "1"));
        Set<String> offline = values(in, "offline", Set.of("offline", "false", "0"));
        boolean isGateway = in.bool("gateway", false);
        return in.finish(() -> new PresenceSpec(source, online, offline, isGateway));
    }

    private static Optional<ReadingSpec> reading(MapReader in) {
        String quantity = in.id("quantity");
        ValueSource source = source(in);
        Optional<Meaning> meaning = meaning(in);
        Expression when = expression(in, "when");
        Set<String> ignored = values(in, "ignore", Set.of());
        boolean isRequired = in.bool("required", false);
        return in.finish(
                () -> new ReadingSpec(quantity, source, meaning.orElseThrow(), new Guard(when, ignored, isRequired)));
    }

    private static Optional<Meaning> meaning(MapReader in) {
        List<String> written =
                List.of("state", "unit", "gone-when").stream().filter(in::has).toList();
        if (written.size() != 1) {
            in.problem(
                    "quantity",
                    written.isEmpty() ? Code.MISSING : Code.VALUE,
                    "what the value means is said by one of 'state', 'unit' and 'gone-when'",
                    "'state: {}' or 'unit: m'");
            return Optional.empty();
        }
        return switch (written.getFirst()) {
            case "state" ->
                in.map("state").flatMap(map -> {
                    Optional<Meaning> state = state(map);
                    return map.finish(state::orElseThrow);
                });
            case "unit" -> Optional.ofNullable(measure(in));
            default -> Optional.ofNullable(expression(in, "gone-when")).map(OpenCount::new);
        };
    }

    /** The keys {@code true-values}, {@code false-values} and {@code off-delay} of a group. */
    public static Optional<Meaning> state(MapReader in) {
        Set<String> trueValues = values(in, "true-values", State.USUAL_TRUE);
        Set<String> falseValues = values(in, "false-values", State.USUAL_FALSE);
        Duration offDelay = in.value("off-delay")
                .flatMap(v -> v.duration(Duration.ofMillis(100), Duration.ofDays(7)))
                .orElse(null);
        try {
            return Optional.of(new State(trueValues, falseValues, offDelay));
        } catch (IllegalArgumentException e) {
            in.problem("true-values", Code.VALUE, String.valueOf(e.getMessage()), "texts that differ");
            return Optional.empty();
        }
    }

    /** The keys {@code unit}, {@code scale}, {@code range} and {@code counter} of a group. */
    public static @Nullable Measure measure(MapReader in) {
        Unit unit = in.enumeration("unit", Unit.class);
        double scale = in.number("scale", -1e9, 1e9, 1);
        boolean isCounter = in.bool("counter", false);
        List<Double> range = in.list("range", v -> v.number(-1e15, 1e15));
        if (in.has("range") && (range.size() != 2 || range.get(0) > range.get(1)) || scale == 0) {
            in.problem(
                    scale == 0 ? "scale" : "range", Code.VALUE, "this is empty", "[least, most] in SI; a scale not 0");
            return null;
        }
        double least = isCounter ? 0 : Double.NEGATIVE_INFINITY;
        return range.isEmpty()
                ? new Measure(unit, scale, least, Double.POSITIVE_INFINITY, isCounter)
                : new Measure(unit, scale, range.get(0), range.get(1), isCounter);
    }

    private static ValueSource source(MapReader in) {
        if (in.has("pointer") == in.has("value")) {
            in.problem(
                    "pointer",
                    Code.MISSING,
                    "where the value stands is said by one of 'pointer' and 'value'",
                    POINTER_HINT);
            return new ValueSource.At(JsonPointer.empty(), false);
        }
        Expression expression = expression(in, "value");
        return in.has("pointer") || expression == null
                ? at(in.has("pointer") ? in.matching("pointer", POINTER, POINTER_HINT) : "")
                : new ValueSource.Formula(expression);
    }

    private static ValueSource at(String text) {
        boolean isOfWhole = text.startsWith("^");
        return new ValueSource.At(JsonPointer.compile(isOfWhole ? text.substring(1) : text), isOfWhole);
    }

    private static JsonPointer pointer(MapReader in, String key) {
        String text = in.matching(key, POINTER, POINTER_HINT);
        return JsonPointer.compile(text.startsWith("^") ? text.substring(1) : text);
    }

    private static Set<String> values(MapReader in, String key, Set<String> absent) {
        return in.has(key)
                ? in.strings(key).stream()
                        .map(v -> v.toLowerCase(java.util.Locale.ROOT))
                        .collect(Collectors.toCollection(TreeSet::new))
                : absent;
    }

    private static @Nullable Expression expression(MapReader in, String key) {
        Optional<ValueReader> value = in.value(key);
        String text = value.flatMap(ValueReader::string).orElse("");
        if (value.isEmpty()) {
            return null;
        }
        return switch (Expression.compile(text)) {
            case Expression.Compiled.Sound sound -> sound.expression();
            case Expression.Compiled.Faulty faulty -> {
                faulty.faults()
                        .forEach(fault -> value.get()
                                .problem(
                                        Code.VALUE,
                                        "the expression is wrong at " + fault,
                                        "a CEL expression over " + String.join(", ", Expression.VARIABLES)));
                yield null;
            }
        };
    }
}
