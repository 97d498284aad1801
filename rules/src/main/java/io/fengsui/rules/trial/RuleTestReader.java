package io.fengsui.rules.trial;

import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Box;
import io.fengsui.protocol.value.Detection;
import io.fengsui.rules.Finding.Change;
import io.fengsui.rules.timing.Modes;
import io.fengsui.rules.trial.RuleTest.Expected;
import io.fengsui.rules.trial.RuleTest.Sample;
import io.fengsui.rules.trial.RuleTest.View;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem.Code;
import io.fengsui.settings.ValueReader;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Reads {@code tests}: timelines of readings and detections, and the events that are expected. Confined. */
public final class RuleTestReader {
    private static final String START = "2026-05-01T00:00:00Z";
    private static final Duration LONGEST = Duration.ofDays(60);
    private static final Duration MILLI = Duration.ofMillis(1);
    private static final int MAX_PICTURES = 100_000;

    private RuleTestReader() {}

    public static List<RuleTest> read(MapReader root) {
        return root.maps("tests", RuleTestReader::test);
    }

    private static Optional<RuleTest> test(MapReader in) {
        String name = in.string("name");
        Instant start = start(in);
        List<Sample> samples = new ArrayList<>();
        in.maps("readings", RuleTestReader::samples).forEach(samples::addAll);
        List<View> views = in.has("detections") ? views(in) : List.of();
        List<RuleTest.Switched> switches = in.maps("modes", RuleTestReader::switched);
        List<Expected> expected = in.maps("expect", RuleTestReader::expected);
        Duration last = samples.stream().map(Sample::at).reduce(Duration.ZERO, RuleTestReader::later);
        last = views.stream().map(View::at).reduce(last, RuleTestReader::later);
        last = expected.stream().map(Expected::before).reduce(last, RuleTestReader::later);
        Duration length = in.duration("length", Duration.ZERO, LONGEST, last);
        return in.finish(() -> new RuleTest(name, start, length, samples, views, switches, expected));
    }

    private static Optional<RuleTest.Switched> switched(MapReader in) {
        String mode = in.id("mode");
        Duration at = in.duration("at", Duration.ZERO, LONGEST, Duration.ZERO);
        boolean isOn = in.bool("on", true);
        Duration length = in.duration("for", MILLI, Modes.LONGEST_SWITCH, Modes.LONGEST_SWITCH);
        return in.finish(() -> new RuleTest.Switched(at, mode, isOn, length));
    }

    private static Duration later(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Instant start(MapReader in) {
        String text = in.string("start", START);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            in.problem("start", Code.VALUE, "this is no time in UTC", "one such as " + START);
            return Instant.parse(START);
        }
    }

    private static Optional<List<Sample>> samples(MapReader in) {
        String sensor = in.id("sensor");
        String quantity = in.id("quantity");
        String unit = in.string("unit", "");
        Duration from = in.duration("from", Duration.ZERO, LONGEST, Duration.ZERO);
        Duration every = in.duration("every", MILLI, LONGEST);
        List<OptionalDouble> values = in.required("values")
                .flatMap(v -> v.string().flatMap(text -> values(v, text)))
                .orElse(List.of());
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Duration at = from.plus(every.multipliedBy(i));
            values.get(i).ifPresent(value -> samples.add(new Sample(at, sensor, quantity, value, unit)));
        }
        return in.finish(() -> samples);
    }

    private static Optional<List<OptionalDouble>> values(ValueReader value, String text) {
        try {
            return Optional.of(ValueSeries.parse(text));
        } catch (IllegalArgumentException e) {
            value.problem(Code.VALUE, String.valueOf(e.getMessage()), "values such as '2.4 0+0.05x20 _x5 3x10'");
            return Optional.empty();
        }
    }

    /** An object that is there from one time to another, moving in a straight line. */
    private record Thing(
            Duration from, Duration until, String label, float confidence, List<Double> box, List<Double> to) {
        boolean isThere(Duration at) {
            return at.compareTo(from) >= 0 && at.compareTo(until) <= 0;
        }

        Detection at(Duration time, long track) {
            double length = Math.max(1, until.minus(from).toNanos());
            double part = time.minus(from).toNanos() / length;
            List<Double> end = to.isEmpty() ? box : to;
            float[] v = new float[4];
            for (int i = 0; i < v.length; i++) {
                v[i] = (float) (box.get(i) + (end.get(i) - box.get(i)) * part);
            }
            return new Detection(label, confidence, Box.clamped(v[0], v[1], v[2], v[3]), track);
        }
    }

    /** Each group is one camera, whose pictures come at its rate, with all its objects in them. */
    private static List<View> views(MapReader in) {
        List<View> views = new ArrayList<>();
        in.maps("detections", map -> {
                    String camera = map.id("camera");
                    Duration every = map.duration("every", MILLI, Duration.ofHours(1), Duration.ofSeconds(1));
                    Duration until = map.duration("until", Duration.ZERO, LONGEST);
                    List<Thing> objects = map.maps("objects", o -> object(o, until));
                    if (until.dividedBy(every) > MAX_PICTURES) {
                        map.problem(
                                "every", Code.VALUE, "more than " + MAX_PICTURES + " pictures", "a longer interval");
                        return Optional.empty();
                    }
                    return map.finish(() -> pictures(camera, every, until, objects));
                })
                .forEach(views::addAll);
        return views;
    }

    private static List<View> pictures(String camera, Duration every, Duration until, List<Thing> objects) {
        Map<Duration, View> views = new TreeMap<>();
        for (Duration at = Duration.ZERO; at.compareTo(until) <= 0; at = at.plus(every)) {
            List<Detection> there = new ArrayList<>();
            for (int i = 0; i < objects.size(); i++) {
                if (objects.get(i).isThere(at)) {
                    there.add(objects.get(i).at(at, i + 1L));
                }
            }
            views.put(at, new View(at, camera, there));
        }
        return List.copyOf(views.values());
    }

    private static Optional<Thing> object(MapReader in, Duration end) {
        Duration from = in.duration("from", Duration.ZERO, LONGEST, Duration.ZERO);
        Duration until = in.duration("until", Duration.ZERO, LONGEST, end);
        String label = in.string("label");
        double confidence = in.number("confidence", 0, 1, 0.9);
        List<Double> box = corners(in, "box");
        List<Double> to = in.has("to") ? corners(in, "to") : List.of();
        return in.finish(() -> new Thing(from, until, label, (float) confidence, box, to));
    }

    private static List<Double> corners(MapReader in, String key) {
        List<Double> corners = in.list(key, v -> v.number(0, 1));
        if (corners.size() != 4) {
            in.problem(
                    key, Code.VALUE, "a box has four numbers", "[left, top, right, bottom] in 0 to 1 of the picture");
        }
        return corners;
    }

    private static Optional<Expected> expected(MapReader in) {
        String rule = in.id("rule");
        Change change = in.enumeration("event", Change.class, Change.BEGUN);
        Duration at = in.duration("at", Duration.ZERO, LONGEST, Duration.ZERO);
        Duration after = in.duration("after", Duration.ZERO, LONGEST, at);
        Duration before = in.duration("before", Duration.ZERO, LONGEST, in.has("after") ? LONGEST : at);
        if (!in.has("at") && !in.has("after") && !in.has("before")) {
            in.problem(
                    "rule",
                    Code.MISSING,
                    "when it is expected is not said",
                    "'at: 30s', or 'after: 25s' and 'before: 35s'");
        }
        Optional<Severity> severity =
                in.has("severity") ? Optional.of(in.enumeration("severity", Severity.class)) : Optional.empty();
        return in.finish(() -> new Expected(after, before, rule, change, severity));
    }
}
