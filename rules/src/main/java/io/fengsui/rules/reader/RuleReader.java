package io.fengsui.rules.reader;

import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Name;
import io.fengsui.rules.RuleCheck;
import io.fengsui.rules.RuleCheck.ObjectFilter;
import io.fengsui.rules.RuleDefinition;
import io.fengsui.rules.RuleScope;
import io.fengsui.rules.condition.Condition;
import io.fengsui.rules.condition.ConditionScope;
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
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code rules} of a configuration. Every problem is told with its place; a rule with a problem is left out.
 * Confined to one thread.
 */
public final class RuleReader {
    private static final Duration LONGEST_LEASE = Duration.ofDays(7);

    private final RuleScope scope;
    private final Set<String> ids = new HashSet<>();

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
            map.problem("picture", Code.VALUE, "a rule of readings has no picture", "false");
        }
        Optional<RuleDefinition> rule = map.finish(() ->
                new RuleDefinition(id, name, kind.orElseThrow(), severity, lease, wantsPicture, check.orElseThrow()));
        return rule;
    }

    private static Optional<EventKind> kind(MapReader map) {
        return map.required("kind")
                .flatMap(value -> value.string().flatMap(text -> {
                    try {
                        EventKind kind = new EventKind(text);
                        if (!kind.isHealth()) {
                            return Optional.of(kind);
                        }
                        value.problem(Code.VALUE, "health.* is for what the program tells of itself", "another kind");
                    } catch (IllegalArgumentException e) {
                        value.problem(Code.VALUE, String.valueOf(e.getMessage()), "a kind such as safety.intrusion");
                    }
                    return Optional.empty();
                }));
    }

    private Optional<RuleCheck> check(MapReader map) {
        List<Optional<RuleCheck>> found = new ArrayList<>();
        map.map("dwell").ifPresent(m -> found.add(dwell(m)));
        map.map("stopped").ifPresent(m -> found.add(stopped(m)));
        boolean isWritten = map.has("dwell") || map.has("stopped");
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
                    "one of dwell, stopped, " + String.join(", ", ReadingCheckReader.KEYS));
            return Optional.empty();
        }
        return found.isEmpty() ? Optional.empty() : found.getFirst();
    }

    private Optional<RuleCheck> dwell(MapReader map) {
        Optional<ObjectFilter> filter = objects(map);
        Duration time = time(map, "time", null);
        Duration grace = time(map, "exit-grace", RuleCheck.Dwell.DEFAULT_EXIT_GRACE);
        int inertia = map.integer("inertia", 1, 100, RuleCheck.Dwell.DEFAULT_INERTIA);
        return map.finish(() -> new RuleCheck.Dwell(filter.orElseThrow(), time, grace, inertia));
    }

    private Optional<RuleCheck> stopped(MapReader map) {
        Optional<ObjectFilter> filter = objects(map);
        Duration time = time(map, "time", null);
        Duration grace = time(map, "exit-grace", RuleCheck.Stopped.DEFAULT_EXIT_GRACE);
        int inertia = map.integer("inertia", 1, 100, RuleCheck.Dwell.DEFAULT_INERTIA);
        double far = map.number("max-displacement", 0.01, 10, RuleCheck.Stopped.DEFAULT_MAX_DISPLACEMENT);
        return map.finish(() -> new RuleCheck.Stopped(filter.orElseThrow(), time, grace, inertia, far));
    }

    private Optional<ObjectFilter> objects(MapReader map) {
        List<String> cameras = known(map, "cameras", scope.zones().keySet(), "camera");
        String zone = map.string("zone", "");
        List<String> labels = known(map, "labels", scope.labels(), "label");
        if (labels.isEmpty() && !map.has("labels")) {
            map.problem("labels", Code.MISSING, "the rule names no label", "'labels: [person]'");
        }
        double confidence = map.number("min-confidence", 0, 1, 0);
        Optional<Condition> when = when(map, ConditionScope.OBJECT);
        checkZone(map, cameras, zone);
        boolean isWhole = !labels.isEmpty() && when.isPresent();
        return isWhole
                ? Optional.of(new ObjectFilter(cameras, zone, labels, confidence, when.get()))
                : Optional.empty();
    }

    private void checkZone(MapReader map, List<String> cameras, String zone) {
        if (zone.isEmpty()) {
            return;
        }
        Collection<String> named = cameras.isEmpty() ? scope.zones().keySet() : cameras;
        TreeSet<String> zones = new TreeSet<>();
        for (String camera : named) {
            List<String> its = scope.zones().getOrDefault(camera, List.of());
            zones.addAll(its);
            if (!cameras.isEmpty() && !its.contains(zone)) {
                map.problem("zone", Code.REFERENCE, "camera '" + camera + "' has no zone '" + zone + "'", oneOf(its));
            }
        }
        if (cameras.isEmpty() && !zones.contains(zone)) {
            map.problem("zone", Code.REFERENCE, "no camera has a zone '" + zone + "'", oneOf(zones));
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
