package io.fengsui.rules.evaluation;

import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Box;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Quality;
import io.fengsui.protocol.value.Reading;
import io.fengsui.rules.CompiledRule;
import io.fengsui.rules.Finding;
import io.fengsui.rules.Outcome;
import io.fengsui.rules.RuleCheck;
import io.fengsui.rules.RuleDefinition;
import io.fengsui.rules.RuleInput;
import io.fengsui.rules.RuleReason;
import io.fengsui.rules.RuleState;
import io.fengsui.rules.StateCodec;
import io.fengsui.rules.condition.Condition;
import io.fengsui.rules.condition.ConditionScope;
import io.fengsui.rules.geometry.Point;
import io.fengsui.rules.geometry.Polygon;
import io.fengsui.rules.geometry.Zone;
import io.fengsui.rules.series.Derivation;
import io.fengsui.rules.timing.Modes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Runs one rule over a script in virtual time, and keeps what it found. */
final class Scripted {
    static final Zone ZONE = new Zone(
            "yard",
            Name.NONE,
            new Polygon(List.of(new Point(0, 0.5), new Point(1, 0.5), new Point(1, 1), new Point(0, 1))));
    private static final Instant START = Instant.parse("2026-05-01T08:00:00Z");

    /** What was found, and when, in seconds of the script. */
    record Told(double second, Finding finding) {
        String brief() {
            return finding.change() + " " + finding.reason();
        }
    }

    final List<Told> told = new ArrayList<>();
    final CompiledRule rule;
    RuleState state;
    RuleReason lastReason = RuleReason.NOTHING;
    private double newest;
    private String boot = "boot-1";
    private long bootedAt;
    private ClockQuality quality = ClockQuality.SYNCED;

    Scripted(CompiledRule rule) {
        this.rule = rule;
        this.state = Evaluation.fresh(rule, at(0));
    }

    Moment at(double second) {
        long nanos = Math.round(second * 1e9);
        return new Moment(START.plusNanos(nanos), quality, boot, nanos - bootedAt);
    }

    void input(double second, RuleInput input) {
        newest = second;
        Outcome outcome = Evaluation.of(rule, state, input, at(second));
        state = outcome.state();
        lastReason = outcome.reason();
        outcome.findings().forEach(f -> told.add(new Told(second, f)));
    }

    void picture(double second, Detection... objects) {
        input(second, new RuleInput.Sighting(List.of(objects)));
    }

    void reading(double second, double value) {
        reading(second, value, Quality.GOOD, false);
    }

    void reading(double second, double value, Quality quality, boolean isRetained) {
        input(second, new RuleInput.Sample(new Reading("s-1", "level", value, "m", quality, at(second)), isRetained));
    }

    /** Lets every deadline up to this second pass. */
    void tickUntil(double second) {
        while (true) {
            OptionalLong due = Evaluation.nextDue(rule, state, at(newest), Modes.NONE);
            if (due.isEmpty()) {
                return;
            }
            double at = (due.getAsLong() + bootedAt) / 1e9;
            if (at > second) {
                return;
            }
            RuleState before = state;
            input(at, new RuleInput.Tick());
            if (before.equals(state)) {
                throw new AssertionError("a tick at its due time changes nothing: " + state);
            }
        }
    }

    /** The process ends and another begins, with the state from the disk. */
    void restart() {
        StateCodec.Stored stored =
                StateCodec.decode(StateCodec.encode(rule.fingerprint(), state)).orElseThrow();
        state = stored.state();
    }

    /** The machine boots: another steady clock. */
    void reboot(double second, ClockQuality after) {
        restart();
        boot = "boot-" + second;
        bootedAt = Math.round(second * 1e9) - 5_000_000_000L;
        quality = after;
    }

    List<String> brief() {
        return told.stream().map(Told::brief).toList();
    }

    static Detection person(double x, double footY, long track) {
        return object("person", x, footY, 0.1, 0.3, track);
    }

    static Detection object(String label, double x, double footY, double width, double height, long track) {
        return new Detection(
                label,
                0.8f,
                Box.clamped((float) (x - width / 2), (float) (footY - height), (float) (x + width / 2), (float) footY),
                track);
    }

    static CompiledRule dwell(Duration time, String when) {
        return inPicture(new RuleCheck.Dwell(
                new RuleCheck.ObjectFilter(
                        List.of(), "yard", List.of("person"), 0.4, condition(when, ConditionScope.OBJECT)),
                time,
                RuleCheck.Dwell.DEFAULT_EXIT_GRACE,
                RuleCheck.Dwell.DEFAULT_INERTIA));
    }

    static CompiledRule stopped(Duration time) {
        return inPicture(new RuleCheck.Stopped(
                new RuleCheck.ObjectFilter(List.of(), "yard", List.of("car", "truck"), 0.4, Condition.ALWAYS),
                time,
                RuleCheck.Stopped.DEFAULT_EXIT_GRACE,
                RuleCheck.Dwell.DEFAULT_INERTIA,
                RuleCheck.Stopped.DEFAULT_MAX_DISPLACEMENT));
    }

    private static CompiledRule inPicture(RuleCheck check) {
        RuleDefinition definition = new RuleDefinition(
                "r", Name.NONE, new EventKind("safety.intrusion"), Severity.MAJOR, Duration.ofMinutes(10), true, check);
        return new CompiledRule(definition, "cam", ZONE);
    }

    static CompiledRule above(double limit, double clear, Duration hold, String when, RuleCheck.Step... steps) {
        return ofReadings(
                new RuleCheck.Threshold(filter(when), RuleCheck.Side.ABOVE, limit, clear, hold, List.of(steps)));
    }

    static CompiledRule below(double limit, double clear) {
        return ofReadings(
                new RuleCheck.Threshold(filter(""), RuleCheck.Side.BELOW, limit, clear, Duration.ZERO, List.of()));
    }

    static CompiledRule active(Duration hold, Duration offDelay) {
        return ofReadings(new RuleCheck.State(filter(""), hold, offDelay.isZero() ? null : offDelay));
    }

    /** Of what is derived from the readings. */
    static CompiledRule derived(Derivation of, RuleCheck.Side side, double limit, RuleCheck.Steadiness steadiness) {
        return ofReadings(
                new RuleCheck.Threshold(filter(""), of, side, limit, limit, Duration.ZERO, List.of(), steadiness));
    }

    private static RuleCheck.ReadingFilter filter(String when) {
        return new RuleCheck.ReadingFilter(List.of(), "level", condition(when, ConditionScope.READING));
    }

    private static CompiledRule ofReadings(RuleCheck check) {
        RuleDefinition definition = new RuleDefinition(
                "r", Name.NONE, new EventKind("water.level"), Severity.MINOR, Duration.ofMinutes(10), false, check);
        return new CompiledRule(definition, "", null);
    }

    private static Condition condition(String text, ConditionScope scope) {
        return switch (Condition.compile(text, scope)) {
            case Condition.Compiled.Sound sound -> sound.condition();
            case Condition.Compiled.Faulty faulty -> throw new AssertionError(faulty.toString());
        };
    }
}
