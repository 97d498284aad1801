package io.fengsui.rules.reader;

import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Name;
import io.fengsui.rules.JointCheck;
import io.fengsui.rules.RuleCheck;
import io.fengsui.rules.RuleDefinition;
import io.fengsui.rules.RuleScope;
import io.fengsui.rules.Sequel;
import io.fengsui.rules.condition.Condition;
import io.fengsui.rules.condition.ConditionScope;
import io.fengsui.rules.timing.Timing;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem.Code;
import io.fengsui.settings.ValueReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code rules} of a configuration. Every problem is told with its place; a rule with a problem is left out.
 * Confined to one thread.
 */
public final class RuleReader {
    private static final String JOINT = "together";
    private static final Duration LONGEST_LEASE = Duration.ofDays(7);

    private final RuleScope scope;
    private final Set<String> ids = new HashSet<>();
    private final List<Joined> joined = new ArrayList<>();

    private record Joined(MapReader map, String rule) {}

    private RuleReader(RuleScope scope) {
        this.scope = scope;
    }

    /** Rules under the key {@code rules}. */
    public static List<RuleDefinition> read(MapReader root, RuleScope scope) {
        RuleReader reader = new RuleReader(scope);
        List<RuleDefinition> rules = new ArrayList<>();
        root.value("rules")
                .flatMap(list -> list.list(RuleDefinition.MAX_RULES))
                .orElse(List.of())
                .forEach(item -> item.map().flatMap(reader::rule).ifPresent(rules::add));
        reader.checkJoined(rules);
        return List.copyOf(rules);
    }

    private Optional<RuleDefinition> rule(MapReader map) {
        String id = map.id("id");
        if (!id.isEmpty() && !ids.add(id)) {
            map.problem("id", Code.VALUE, "there is a rule '" + id + "' already", "another id");
        }
        Name name = ZoneReader.name(map, id);
        Optional<EventKind> kind = kind(map);
        Severity severity = map.enumeration("severity", Severity.class);
        Duration lease = map.duration("lease", Duration.ZERO, LONGEST_LEASE, RuleDefinition.DEFAULT_LEASE);
        Optional<RuleCheck> check = check(map);
        boolean isOfPictures =
                check.filter(RuleCheck.InPicture.class::isInstance).isPresent();
        boolean wantsPicture = map.bool("picture", isOfPictures);
        if (wantsPicture && check.isPresent() && !isOfPictures) {
            map.problem(
                    "picture", Code.VALUE, "a rule of readings has no picture of its own", "'show: [CAMERA]' instead");
        }
        Timing timing = new TimingReader(scope.times()).timing(map, scope.times());
        Optional<Sequel> sequel = new SequelReader(scope).read(map, check);
        return map.finish(() -> new RuleDefinition(
                id,
                name,
                kind.orElseThrow(),
                severity,
                lease,
                wantsPicture,
                timing,
                sequel.orElseThrow(),
                check.orElseThrow()));
    }

    private static Optional<EventKind> kind(MapReader map) {
        return map.required("kind")
                .flatMap(value -> value.string().flatMap(text -> {
                    try {
                        EventKind kind = new EventKind(text);
                        boolean isStuck = kind.equals(EventKind.SENSOR_STUCK) && map.has("stuck");
                        if (isStuck || !kind.isHealth()) {
                            return Optional.of(kind);
                        }
                        value.problem(
                                Code.VALUE,
                                "health.* is for what the program tells of itself",
                                "another kind; a rule 'stuck' may have " + EventKind.SENSOR_STUCK);
                    } catch (IllegalArgumentException e) {
                        value.problem(Code.VALUE, String.valueOf(e.getMessage()), "a kind such as safety.intrusion");
                    }
                    return Optional.empty();
                }));
    }

    private Optional<RuleCheck> check(MapReader map) {
        List<Optional<RuleCheck>> found = new ArrayList<>();
        boolean isWritten = map.has(JOINT);
        map.map(JOINT).ifPresent(m -> found.add(joint(m)));
        ObjectCheckReader objects = new ObjectCheckReader(scope);
        for (String key : ObjectCheckReader.KEYS) {
            isWritten |= map.has(key);
            map.map(key).ifPresent(m -> found.add(objects.read(key, m)));
        }
        ReadingCheckReader readings = new ReadingCheckReader(scope);
        for (String key : ReadingCheckReader.KEYS) {
            isWritten |= map.has(key);
            map.map(key).ifPresent(m -> found.add(readings.read(key, m)));
        }
        if (!isWritten || found.size() > 1) {
            map.problem(
                    "id",
                    isWritten ? Code.VALUE : Code.MISSING,
                    isWritten ? "a rule checks one thing only" : "the rule checks nothing",
                    "one of " + String.join(", ", ObjectCheckReader.KEYS) + ", "
                            + String.join(", ", ReadingCheckReader.KEYS) + ", " + JOINT);
            return Optional.empty();
        }
        return found.isEmpty() ? Optional.empty() : found.getFirst();
    }

    private Optional<RuleCheck> joint(MapReader map) {
        List<String> rules = map.list("rules", ValueReader::string);
        JointCheck.Link link = map.enumeration("at-one", JointCheck.Link.class);
        Duration within = map.duration("within", Duration.ZERO, RuleCheck.MAX_TIME);
        rules.forEach(rule -> joined.add(new Joined(map, rule)));
        return map.finish(() -> new JointCheck(rules, link, within));
    }

    /** What a rule joins is a rule of the file, and no rule that joins others itself. */
    private void checkJoined(List<RuleDefinition> rules) {
        for (Joined one : joined) {
            Optional<RuleDefinition> named =
                    rules.stream().filter(r -> r.id().equals(one.rule())).findFirst();
            boolean isJoint = named.filter(r -> r.check() instanceof JointCheck).isPresent();
            if (isJoint || !ids.contains(one.rule())) {
                one.map()
                        .problem(
                                "rules",
                                Code.REFERENCE,
                                isJoint
                                        ? "rule '" + one.rule() + "' joins others itself"
                                        : "there is no rule '" + one.rule() + "'",
                                "ids of rules of pictures or readings");
            }
        }
    }

    /** A list of names, each of which must be known; with nothing known, any will do. */
    static List<String> known(MapReader map, String key, Set<String> known, String what) {
        return map.list(
                key,
                value -> value.string().filter(name -> {
                    boolean isKnown =
                            !name.isEmpty() && (known.contains(name) || known.isEmpty() && what.equals("label"));
                    if (!isKnown) {
                        value.problem(Code.REFERENCE, "there is no " + what + " '" + name + "'", oneOf(known));
                    }
                    return isKnown;
                }));
    }

    static Optional<Condition> when(MapReader map, ConditionScope scope) {
        Optional<ValueReader> value = map.value("when");
        String text = value.flatMap(ValueReader::string).orElse("");
        return switch (Condition.compile(text, scope)) {
            case Condition.Compiled.Sound sound -> Optional.of(sound.condition());
            case Condition.Compiled.Faulty faulty -> {
                faulty.faults()
                        .forEach(fault -> value.ifPresent(v -> v.problem(
                                Code.VALUE,
                                "the condition is wrong at " + fault,
                                "a CEL expression over " + String.join(", ", scope.texts()) + ", "
                                        + String.join(", ", scope.numbers()))));
                yield Optional.empty();
            }
        };
    }

    static Duration time(MapReader map, String key, @Nullable Duration absent) {
        return absent == null
                ? map.duration(key, Duration.ZERO, RuleCheck.MAX_TIME)
                : map.duration(key, Duration.ZERO, RuleCheck.MAX_TIME, absent);
    }

    static String oneOf(Collection<String> names) {
        if (names.isEmpty()) {
            return "one that is configured";
        }
        List<String> first = names.stream().sorted().limit(8).toList();
        return "one of " + String.join(", ", first) + (names.size() > 8 ? " …" : "");
    }
}
