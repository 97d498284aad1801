package io.fengsui.rules.trial;

import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Quality;
import io.fengsui.protocol.value.Reading;
import io.fengsui.rules.Finding.Change;
import io.fengsui.rules.RuleReason;
import io.fengsui.rules.RuleSet;
import io.fengsui.rules.timing.Modes;
import io.fengsui.rules.trial.Timeline.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A timeline and what rules must find in it, no more and no less. News of what is still so is left out. */
public record RuleTest(
        String name,
        Instant start,
        Duration length,
        List<Sample> samples,
        List<View> views,
        List<Switched> switches,
        List<Expected> expected) {
    public RuleTest {
        samples = List.copyOf(samples);
        views = List.copyOf(views);
        switches = List.copyOf(switches);
        expected = List.copyOf(expected);
    }

    /** A reading at a time. */
    public record Sample(Duration at, String sensor, String quantity, double value, String unit) {}

    /** A person switches a mode at a time. */
    public record Switched(Duration at, String mode, boolean isOn, Duration length) {}

    /** What a camera's picture shows at a time. */
    public record View(Duration at, String camera, List<Detection> objects) {
        public View {
            objects = List.copyOf(objects);
        }
    }

    /** A finding that must come between two times, both included. */
    public record Expected(Duration after, Duration before, String rule, Change change, Optional<Severity> severity) {
        boolean isMetBy(Told told) {
            return told.rule().equals(rule)
                    && told.finding().change() == change
                    && severity.filter(s -> s != told.finding().severity()).isEmpty()
                    && told.at().compareTo(after) >= 0
                    && told.at().compareTo(before) <= 0;
        }

        @Override
        public String toString() {
            return rule + " " + change + severity.map(s -> " " + s).orElse("") + " between " + show(after) + " and "
                    + show(before);
        }
    }

    /**
     * What is wrong; empty when the test holds.
     *
     * @param spots of cameras and sensors, by their ids
     */
    public List<String> run(RuleSet rules, Map<String, Spot> spots) {
        Timeline timeline = new Timeline(rules, start, spots);
        Map<Duration, List<Runnable>> inputs = new TreeMap<>();
        for (Sample sample : samples) {
            inputs.computeIfAbsent(sample.at(), _ -> new ArrayList<>())
                    .add(() -> timeline.reading(
                            sample.at(),
                            new Reading(
                                    sample.sensor(),
                                    sample.quantity(),
                                    sample.value(),
                                    sample.unit(),
                                    Quality.GOOD,
                                    timeline.at(sample.at()))));
        }
        for (View view : views) {
            inputs.computeIfAbsent(view.at(), _ -> new ArrayList<>())
                    .add(() -> timeline.picture(view.at(), view.camera(), view.objects()));
        }
        for (Switched one : switches) {
            Modes.Switch switched =
                    new Modes.Switch(one.isOn(), start.plus(one.at()).plus(one.length()));
            inputs.computeIfAbsent(one.at(), _ -> new ArrayList<>())
                    .addFirst(() -> timeline.mode(one.at(), one.mode(), switched));
        }
        inputs.values().forEach(at -> at.forEach(Runnable::run));
        timeline.advance(length);
        return compare(timeline.told());
    }

    private List<String> compare(List<Told> found) {
        List<Told> left = new ArrayList<>(found);
        left.removeIf(told -> told.finding().reason() == RuleReason.STILL_SO);
        List<String> wrong = new ArrayList<>();
        for (Expected one : expected) {
            Optional<Told> met = left.stream().filter(one::isMetBy).findFirst();
            met.ifPresentOrElse(left::remove, () -> wrong.add("expected " + one + ", but it did not come"));
        }
        for (Told told : left) {
            String why = told.finding().why().isEmpty()
                    ? ""
                    : " (" + told.finding().why().getLast().detail() + ")";
            wrong.add("not expected: " + told.rule() + " " + told.finding().change() + " "
                    + told.finding().severity() + " of " + told.subject() + " at " + show(told.at()) + why);
        }
        return wrong;
    }

    static String show(Duration time) {
        return time.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }
}
