package io.fengsui.edge.config;

import io.fengsui.edge.patrol.PatrolSettings;
import io.fengsui.edge.patrol.Timetable;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Name;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem.Code;
import io.fengsui.settings.ValueReader;
import java.time.Duration;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code patrols}. Confined. */
final class PatrolSection {
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)*");
    private static final Pattern MODEL =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}(@[A-Za-z0-9][A-Za-z0-9._-]{0,63})?");
    private static final int MAX_TIMES = 96;

    private final Set<String> cameras;
    private final Set<String> labels;
    private final Map<String, MapReader> seen = new HashMap<>();

    /**
     * @param cameras that there are
     * @param labels that the serving model knows; empty when that is not known
     */
    PatrolSection(Set<String> cameras, Set<String> labels) {
        this.cameras = cameras;
        this.labels = labels;
    }

    List<PatrolSettings> read(MapReader root) {
        return root.maps("patrols", this::patrol);
    }

    private Optional<PatrolSettings> patrol(MapReader in) {
        String id = SharedReading.uniqueId(in, "id", "patrol", seen);
        Name name = SharedReading.name(in, id);
        List<String> named = in.list("cameras", ValueReader::string);
        named.stream()
                .filter(camera -> !cameras.contains(camera))
                .forEach(camera -> in.problem(
                        "cameras", Code.REFERENCE, "there is no camera '" + camera + "'", "ids under 'cameras'"));
        List<String> route = in.has("cameras") ? named : List.copyOf(cameras);
        if (route.isEmpty() || route.size() > PatrolSettings.MAX_CAMERAS) {
            in.problem(
                    "cameras",
                    Code.VALUE,
                    "a patrol has 1 to " + PatrolSettings.MAX_CAMERAS + " cameras, not " + route.size(),
                    "several patrols");
        }
        Optional<Timetable> timetable = timetable(in);
        String model = in.has("model") ? in.matching("model", MODEL, "NAME or NAME@VERSION of a model") : "";
        PatrolSettings.Found found = found(in, model.isEmpty());
        return in.finish(() -> new PatrolSettings(id, name, route, timetable.orElseThrow(), model, found));
    }

    private PatrolSettings.Found found(MapReader in, boolean isServing) {
        List<String> wanted = in.list("labels", ValueReader::string);
        wanted.stream()
                .filter(label -> isServing && !labels.isEmpty() && !labels.contains(label))
                .forEach(label -> in.problem(
                        "labels", Code.REFERENCE, "the model does not know '" + label + "'", "one of its labels"));
        double confidence = in.number("min-confidence", 0, 1, 0.5);
        String kind = in.has("kind") ? in.matching("kind", KIND, "a kind such as patrol.found") : "patrol.found";
        Severity severity = in.enumeration("severity", Severity.class, Severity.INFO);
        return new PatrolSettings.Found(
                wanted, confidence, new EventKind(kind.isEmpty() ? "patrol.found" : kind), severity);
    }

    private static Optional<Timetable> timetable(MapReader in) {
        if (in.has("at") == in.has("every")) {
            in.problem("id", Code.MISSING, "a patrol needs times", "'at: [\"08:00\"]' or 'every: 1h'");
            return Optional.empty();
        }
        if (in.has("every")) {
            Duration every = in.duration("every", Timetable.SHORTEST, Duration.ofDays(1), Duration.ofHours(1));
            return Optional.of(new Timetable(List.of(), every));
        }
        List<String> times = in.list("at", v -> v.matching(TIME, "a time such as 08:00"));
        if (times.isEmpty() || times.size() > MAX_TIMES) {
            in.problem("at", Code.VALUE, "1 to " + MAX_TIMES + " times a day", "'at: [\"08:00\", \"20:00\"]'");
            return Optional.empty();
        }
        return Optional.of(new Timetable(times.stream().map(LocalTime::parse).toList(), Duration.ZERO));
    }
}
