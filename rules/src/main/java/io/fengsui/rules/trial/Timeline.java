package io.fengsui.rules.trial;

import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Reading;
import io.fengsui.rules.CompiledRule;
import io.fengsui.rules.Finding;
import io.fengsui.rules.Outcome;
import io.fengsui.rules.RuleInput;
import io.fengsui.rules.RuleSet;
import io.fengsui.rules.RuleState;
import io.fengsui.rules.evaluation.Evaluation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Runs rules over inputs in the order of their times, letting every deadline pass in between. Confined to one thread. */
public final class Timeline {
    private static final String BOOT = "trial";
    private static final int MAX_TICKS = 1_000_000;

    private final RuleSet rules;
    private final Instant start;
    private final Map<String, Bound> states = new LinkedHashMap<>();
    private final List<Told> told = new ArrayList<>();
    private long now;
    private int ticks;

    /** A rule at work on one subject. */
    private static final class Bound {
        private final CompiledRule rule;
        private final String subject;
        private RuleState state;

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

    /** @param start the wall clock at the beginning */
    public Timeline(RuleSet rules, Instant start) {
        this.rules = rules;
        this.start = start;
    }

    /** The moment at a time since the start. */
    public Moment at(Duration time) {
        return new Moment(start.plus(time), ClockQuality.SYNCED, BOOT, time.toNanos());
    }

    /** A reading comes; times never go back. */
    public void reading(Duration time, Reading reading) {
        advance(time);
        RuleInput input = new RuleInput.Sample(reading, false);
        rules.forReading(reading).forEach(rule -> evaluate(bound(rule, reading.sensor()), input));
    }

    /** A looked picture of a camera comes. */
    public void picture(Duration time, String camera, List<Detection> objects) {
        advance(time);
        RuleInput input = new RuleInput.Sighting(objects);
        rules.forCamera(camera).forEach(rule -> evaluate(bound(rule, camera), input));
    }

    /** Lets time pass, with every deadline in it. */
    public void advance(Duration time) {
        long until = Math.max(now, time.toNanos());
        while (true) {
            Bound next = null;
            long due = Long.MAX_VALUE;
            for (Bound bound : states.values()) {
                OptionalLong its = Evaluation.nextDue(bound.rule, bound.state);
                if (its.isPresent() && its.getAsLong() < due) {
                    due = its.getAsLong();
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
            if (before.equals(next.state)) {
                // It wants another tick at once: nothing would ever change.
                now = until;
                return;
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
        Outcome outcome = Evaluation.of(bound.rule, bound.state, input, at(time));
        bound.state = outcome.state();
        outcome.findings()
                .forEach(finding ->
                        told.add(new Told(time, bound.rule.definition().id(), bound.subject, finding)));
    }

    /** All that was found so far. */
    public List<Told> told() {
        return List.copyOf(told);
    }
}
