package io.fengsui.rules.trial;

import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Reading;
import io.fengsui.rules.CompiledRule;
import io.fengsui.rules.Finding;
import io.fengsui.rules.JointCheck;
import io.fengsui.rules.Outcome;
import io.fengsui.rules.RuleInput;
import io.fengsui.rules.RuleSet;
import io.fengsui.rules.RuleState;
import io.fengsui.rules.Sequel;
import io.fengsui.rules.activity.Activity;
import io.fengsui.rules.activity.ActivityBook;
import io.fengsui.rules.activity.Judgement;
import io.fengsui.rules.evaluation.Evaluation;
import io.fengsui.rules.geometry.Point;
import io.fengsui.rules.geometry.Travels;
import io.fengsui.rules.geometry.Zone;
import io.fengsui.rules.timing.Modes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs rules over inputs in the order of their times, letting every deadline pass in between. Confined to one thread. */
public final class Timeline {
    private static final String BOOT = "trial";
    /** Deadlines between two inputs. */
    private static final int MAX_TICKS = 1_000_000;

    private static final Duration LONGEST_STEP = Duration.ofMinutes(1);

    private final RuleSet rules;
    private final Instant start;
    private final Map<String, Spot> spots;
    private final Map<String, Travels> travels = new HashMap<>();
    private final ActivityBook activity = new ActivityBook();
    private final Map<String, List<Zone>> zones = new HashMap<>();
    private final Map<String, Duration> lastPicture = new HashMap<>();
    private Modes modes;
    private final Map<String, Bound> states = new LinkedHashMap<>();
    private final List<Told> told = new ArrayList<>();
    private final Consumer<Told> taker;
    private long now;

    /** A rule at work on one subject. */
    private static final class Bound {
        private final CompiledRule rule;
        private final String subject;
        private RuleState state;
        private long due = Long.MAX_VALUE;

        Bound(CompiledRule rule, String subject, RuleState state) {
            this.rule = rule;
            this.subject = subject;
            this.state = state;
        }
    }

    /**
     * A finding.
     *
     * @param at since the start
     */
    public record Told(Duration at, String rule, String subject, Finding finding) {}

    /**
     * @param start the wall clock at the beginning
     * @param spots of cameras and sensors, by their ids
     */
    public Timeline(RuleSet rules, Instant start, Map<String, Spot> spots) {
        this(rules, start, spots, null);
    }

    /** @param taker is given each finding when it comes, and none is kept here; null keeps all */
    public Timeline(RuleSet rules, Instant start, Map<String, Spot> spots, @Nullable Consumer<Told> taker) {
        this.taker = taker == null ? told::add : taker;
        this.rules = rules;
        this.start = start;
        this.spots = Map.copyOf(spots);
        this.modes = rules.modes();
        rules.all().forEach(rule -> {
            if (rule.zone() != null) {
                zones.computeIfAbsent(rule.camera(), _ -> new ArrayList<>()).add(rule.zone());
            }
        });
    }

    /** The moment at a time since the start. */
    public Moment at(Duration time) {
        return new Moment(start.plus(time), ClockQuality.SYNCED, BOOT, time.toNanos());
    }

    /** A reading comes; times never go back. */
    public void reading(Duration time, Reading reading) {
        sample(time, new RuleInput.Sample(reading, false));
    }

    /** The same, or one that the broker kept. */
    public void sample(Duration time, RuleInput.Sample sample) {
        advance(time);
        Reading reading = sample.reading();
        rules.forReading(reading).forEach(rule -> evaluate(bound(rule, reading.sensor()), sample));
    }

    /** A looked picture of a camera comes. */
    public void picture(Duration time, String camera, List<Detection> objects) {
        Map<Long, Double> travelled =
                travels.computeIfAbsent(camera, _ -> new Travels()).update(objects);
        sighting(time, camera, new RuleInput.Sighting(objects, travelled));
    }

    /** The same, where it is known how far the objects have come. */
    public void sighting(Duration time, String camera, RuleInput.Sighting sighting) {
        advance(time);
        watched(time, camera, sighting.objects());
        rules.forCamera(camera).forEach(rule -> evaluate(bound(rule, camera), sighting));
    }

    /** Between two pictures that follow one another the camera watched. */
    private void watched(Duration time, String camera, List<Detection> objects) {
        Duration last = lastPicture.put(camera, time);
        boolean isWatched = last != null && time.minus(last).compareTo(LONGEST_STEP) <= 0;
        activity.account(camera, isWatched, at(time));
        for (Detection object : objects) {
            activity.saw(camera, "", object.label(), at(time));
            zones.getOrDefault(camera, List.of()).stream()
                    .filter(zone -> zone.polygon().contains(Point.footOf(object.box())))
                    .forEach(zone -> activity.saw(camera, zone.id(), object.label(), at(time)));
        }
    }

    /** A person switches a mode. */
    public void mode(Duration time, String mode, Modes.Switch switched) {
        advance(time);
        modes = modes.with(mode, switched);
        List.copyOf(states.values()).forEach(bound -> evaluate(bound, new RuleInput.Tick()));
    }

    /** Lets time pass, with every deadline in it. */
    public void advance(Duration time) {
        long until = Math.max(now, time.toNanos());
        int ticks = 0;
        while (true) {
            Bound next = null;
            long due = Long.MAX_VALUE;
            for (Bound bound : states.values()) {
                if (bound.due < due) {
                    due = bound.due;
                    next = bound;
                }
            }
            if (next == null || due > until || ticks++ > MAX_TICKS) {
                now = until;
                return;
            }
            now = Math.max(now, due);
            RuleState before = next.state;
            evaluate(next, new RuleInput.Tick());
            if (before.equals(next.state) && next.due <= now) {
                // It wants another tick at once: nothing would ever change.
                next.due = Long.MAX_VALUE;
            }
        }
    }

    private Bound bound(CompiledRule rule, String subject) {
        String key = rule.definition().id() + "\n" + subject + "\n" + rule.zoneId();
        return states.computeIfAbsent(
                key, _ -> new Bound(rule, subject, Evaluation.fresh(rule, at(Duration.ofNanos(now)))));
    }

    private void evaluate(Bound bound, RuleInput input) {
        Duration time = Duration.ofNanos(now);
        Outcome outcome = Evaluation.of(bound.rule, bound.state, input, at(time), modes);
        bound.state = outcome.state();
        bound.due = Evaluation.nextDue(bound.rule, bound.state, at(time), modes).orElse(Long.MAX_VALUE);
        for (Finding found : outcome.findings()) {
            Finding finding = judged(bound, found);
            taker.accept(new Told(time, bound.rule.definition().id(), bound.subject, finding));
            join(bound, finding);
        }
    }

    /** A rule that asks who was seen says how bad it is by the answer. */
    private Finding judged(Bound bound, Finding found) {
        Optional<Sequel.Ask> asked = bound.rule.definition().sequel().ask();
        if (asked.isEmpty() || found.change() == Finding.Change.ENDED) {
            return found;
        }
        Sequel.Ask ask = asked.get();
        Instant to = start.plusNanos(now);
        String subject = spot(bound.subject).subject();
        List<String> cameras = !ask.cameras().isEmpty()
                ? ask.cameras()
                : lastPicture.keySet().stream()
                        .filter(camera ->
                                !subject.isEmpty() && spot(camera).subject().equals(subject))
                        .sorted()
                        .toList();
        List<Activity> answers = cameras.stream()
                .map(camera -> activity.ask(camera, ask.zone(), ask.labels(), to.minus(ask.window()), to))
                .toList();
        return Judgement.of(ask, answers).apply(found);
    }

    private void join(Bound bound, Finding finding) {
        if (finding.change() == Finding.Change.UPDATED) {
            return;
        }
        for (CompiledRule joint : rules.joining(bound.rule.definition().id())) {
            Spot spot = spot(bound.subject);
            boolean isPlace =
                    joint.definition().check() instanceof JointCheck check && check.link() == JointCheck.Link.PLACE;
            String common = isPlace ? spot.place() : spot.subject();
            if (!common.isEmpty()) {
                evaluate(
                        bound(joint, common),
                        new RuleInput.Word(bound.rule.definition().id(), finding.change()));
            }
        }
    }

    private Spot spot(String subject) {
        return spots.getOrDefault(subject, Spot.UNKNOWN);
    }

    /** All that was found so far and is kept here. */
    public List<Told> told() {
        return List.copyOf(told);
    }
}
