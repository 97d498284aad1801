package io.fengsui.rules.evaluation;

import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Quality;
import io.fengsui.protocol.value.Reading;
import io.fengsui.rules.CompiledRule;
import io.fengsui.rules.Finding;
import io.fengsui.rules.Finding.Change;
import io.fengsui.rules.Outcome;
import io.fengsui.rules.RuleCheck;
import io.fengsui.rules.RuleCheck.Side;
import io.fengsui.rules.RuleInput;
import io.fengsui.rules.RuleReason;
import io.fengsui.rules.RuleState;
import io.fengsui.rules.RuleState.LevelState;
import io.fengsui.rules.RuleState.LevelState.Trail;
import io.fengsui.rules.condition.Condition;
import io.fengsui.rules.series.Derivation;
import io.fengsui.rules.series.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Decides one step of a rule of readings: limits with hysteresis, and states. Made for one evaluation. */
final class LevelEvaluation {
    private final CompiledRule rule;
    private final Limits limits;
    private final Condition when;
    private final Moment now;
    private final LevelWords words;

    LevelEvaluation(CompiledRule rule, RuleCheck.OfReadings check, Moment now) {
        this.rule = rule;
        this.limits = Limits.of(check);
        this.when = check.filter().when();
        this.now = now;
        this.words = new LevelWords(rule.definition(), limits);
    }

    static LevelState fresh(Moment now) {
        return new LevelState(now, false, 0, RuleState.NEVER, false, 0, RuleState.NEVER, RuleState.NEVER, Trail.NONE);
    }

    static long nextDue(CompiledRule rule, RuleCheck.OfReadings check, RuleState state) {
        if (!(state instanceof LevelState s)) {
            return RuleState.NEVER;
        }
        Limits limits = Limits.of(check);
        long due = Long.MAX_VALUE;
        if (!s.isOpen()) {
            boolean isPending =
                    s.pendingSince() != RuleState.NEVER && limits.steadiness().times() == 1;
            due = isPending ? s.pendingSince() + limits.hold().toNanos() : due;
            boolean isSilence = limits.of() instanceof Derivation.Silence && s.hasValue();
            due = isSilence ? Math.min(due, s.last().steadyNanos() + (long) (limits.limit() * 1e9) + 1) : due;
        } else {
            long lease = rule.definition().lease().toNanos();
            due = lease == 0 ? due : s.toldAt() + lease / 2;
            Duration off = limits.offDelay();
            due = off == null ? due : Math.min(due, s.activeAt() + off.toNanos());
            long quiet = s.trail().quietSince();
            due = quiet == RuleState.NEVER
                    ? due
                    : Math.min(due, quiet + limits.steadiness().keepFiring().toNanos());
        }
        return due == Long.MAX_VALUE ? RuleState.NEVER : due;
    }

    Outcome evaluate(LevelState state, RuleInput input) {
        return switch (input) {
            case RuleInput.Sample sample -> onSample(state, sample);
            case RuleInput.Tick _ -> onTick(state);
            case RuleInput.Sighting _, RuleInput.Word _ -> Outcome.nothing(state, RuleReason.NOTHING);
        };
    }

    private Outcome onSample(LevelState s, RuleInput.Sample sample) {
        Reading reading = sample.reading();
        if (reading.quality() == Quality.BAD) {
            return Outcome.nothing(s, RuleReason.BAD_QUALITY);
        }
        if (sample.isRetained() && s.hasValue() && Double.compare(s.value(), reading.value()) == 0) {
            return Outcome.nothing(s, RuleReason.RETAINED_SAME);
        }
        boolean isAgeUnknown = sample.isRetained() && !s.hasValue();
        Derivation of = limits.of();
        Series series = s.trail().series().with(of, now.steadyNanos(), reading.value(), s.value());
        double level = level(series, reading.value());
        boolean isKnown = !Double.isNaN(level);
        boolean isBeyond = isKnown && limits.isBeyond(level) && isMet(s, reading);
        List<Long> hits = hits(s, isBeyond);
        Trail trail =
                new Trail(isKnown ? level : s.trail().level(), series, s.trail().quietSince(), hits);
        LevelState next = new LevelState(
                now,
                true,
                reading.value(),
                pendingSince(s, isBeyond),
                s.isOpen(),
                s.step(),
                isBeyond ? now.steadyNanos() : s.activeAt(),
                s.toldAt(),
                trail);
        if (s.isOpen()) {
            return isKnown ? onOpen(next, reading, isBeyond) : Outcome.nothing(next, RuleReason.OPEN);
        }
        boolean isOften = hits.size() >= limits.steadiness().times()
                || limits.steadiness().times() == 1;
        if (isBeyond
                && isOften
                && now.steadyNanos() - next.pendingSince() >= limits.hold().toNanos()) {
            return begin(next, reading.unit(), isAgeUnknown);
        }
        return Outcome.nothing(next, isBeyond ? RuleReason.PENDING : RuleReason.NOTHING);
    }

    /** What is measured against the limit; NaN while too little is known. Too much is known before the window is full. */
    private double level(Series series, double value) {
        double derived = series.derived(limits.of(), now.steadyNanos(), value).orElse(Double.NaN);
        boolean isTooMuch = Double.isNaN(derived)
                && limits.of() instanceof Derivation.Use
                && limits.side() == Side.ABOVE
                && limits.isBeyond(series.usedSoFar());
        return isTooMuch ? series.usedSoFar() : derived;
    }

    /** Times of readings beyond the limit that still count. */
    private List<Long> hits(LevelState s, boolean isBeyond) {
        RuleCheck.Steadiness steadiness = limits.steadiness();
        if (steadiness.times() == 1) {
            return List.of();
        }
        long from = now.steadyNanos() - steadiness.within().toNanos();
        List<Long> hits = new ArrayList<>(
                s.trail().hits().stream().filter(hit -> hit >= from).toList());
        if (isBeyond) {
            hits.add(now.steadyNanos());
        }
        int spare = hits.size() - steadiness.times();
        return spare > 0 ? hits.subList(spare, hits.size()) : hits;
    }

    private long pendingSince(LevelState s, boolean isBeyond) {
        if (!isBeyond) {
            return s.isOpen() ? s.pendingSince() : RuleState.NEVER;
        }
        return s.pendingSince() == RuleState.NEVER ? now.steadyNanos() : s.pendingSince();
    }

    private Outcome onOpen(LevelState s, Reading reading, boolean isBeyond) {
        double level = s.trail().level();
        if (limits.isClear(level)) {
            return onQuiet(s, RuleReason.CLEARED);
        }
        LevelState loud = s.trail().quietSince() == RuleState.NEVER ? s : withQuiet(s, RuleState.NEVER);
        int step = limits.step(level, s.step());
        if (step == s.step()) {
            return Outcome.nothing(loud, isBeyond ? RuleReason.OPEN : RuleReason.GRACE);
        }
        return tell(loud, Change.UPDATED, RuleReason.SEVERITY_CHANGED, step, words.attributes(s, reading.unit()));
    }

    /** Good again: over at once, or after it was good for long enough. */
    private Outcome onQuiet(LevelState s, RuleReason reason) {
        long keep = limits.steadiness().keepFiring().toNanos();
        long since = s.trail().quietSince() == RuleState.NEVER
                ? now.steadyNanos()
                : s.trail().quietSince();
        return now.steadyNanos() - since >= keep
                ? end(s, reason)
                : Outcome.nothing(withQuiet(s, since), RuleReason.GRACE);
    }

    private static LevelState withQuiet(LevelState s, long since) {
        Trail trail = new Trail(
                s.trail().level(), s.trail().series(), since, s.trail().hits());
        return new LevelState(
                s.last(),
                s.hasValue(),
                s.value(),
                s.pendingSince(),
                s.isOpen(),
                s.step(),
                s.activeAt(),
                s.toldAt(),
                trail);
    }

    private Outcome onTick(LevelState s) {
        if (!s.isOpen()) {
            return onIdleTick(s);
        }
        if (s.trail().quietSince() != RuleState.NEVER) {
            Outcome quiet = onQuiet(s, RuleReason.CLEARED);
            if (!quiet.findings().isEmpty()) {
                return quiet;
            }
        }
        Duration offDelay = limits.offDelay();
        if (offDelay != null && now.steadyNanos() - s.activeAt() >= offDelay.toNanos()) {
            return end(s, RuleReason.OFF_DELAY);
        }
        long lease = rule.definition().lease().toNanos();
        if (lease > 0 && now.steadyNanos() - s.toldAt() >= lease / 2) {
            return tell(s, Change.UPDATED, RuleReason.STILL_SO, s.step(), words.attributes(s, ""));
        }
        return Outcome.nothing(s, RuleReason.OPEN);
    }

    private Outcome onIdleTick(LevelState s) {
        if (limits.of() instanceof Derivation.Silence && s.hasValue()) {
            double silent = s.trail()
                    .series()
                    .derived(limits.of(), now.steadyNanos(), 0)
                    .orElse(0);
            if (!limits.isBeyond(silent)) {
                return Outcome.nothing(s, RuleReason.NOTHING);
            }
            Trail trail = new Trail(silent, s.trail().series(), RuleState.NEVER, List.of());
            LevelState quiet = new LevelState(
                    s.last(), true, s.value(), s.last().steadyNanos(), false, 0, s.activeAt(), s.toldAt(), trail);
            return begin(quiet, "", false);
        }
        boolean isHeld = s.pendingSince() != RuleState.NEVER
                && limits.steadiness().times() == 1
                && now.steadyNanos() - s.pendingSince() >= limits.hold().toNanos();
        return isHeld ? begin(s, "", false) : Outcome.nothing(s, RuleReason.NOTHING);
    }

    private Outcome begin(LevelState s, String unit, boolean isAgeUnknown) {
        RuleReason reason = words.begun();
        Map<String, String> attributes = words.attributes(s, unit);
        if (isAgeUnknown) {
            attributes.put("age", "unknown");
        }
        return tell(s, Change.BEGUN, reason, limits.step(s.trail().level(), 0), attributes);
    }

    private Outcome tell(LevelState s, Change change, RuleReason reason, int step, Map<String, String> attributes) {
        LevelState next = new LevelState(
                s.last(), true, s.value(), s.pendingSince(), true, step, s.activeAt(), now.steadyNanos(), s.trail());
        Severity severity = limits.severity(rule.definition().severity(), step);
        Finding finding = new Finding(change, reason, severity, attributes, List.of(), words.why(reason, s));
        return new Outcome(next, reason, List.of(finding));
    }

    private Outcome end(LevelState s, RuleReason reason) {
        Trail trail = new Trail(s.trail().level(), s.trail().series(), RuleState.NEVER, List.of());
        LevelState next = new LevelState(
                s.last(), true, s.value(), RuleState.NEVER, false, 0, s.activeAt(), RuleState.NEVER, trail);
        Severity severity = limits.severity(rule.definition().severity(), s.step());
        Finding finding =
                new Finding(Change.ENDED, reason, severity, words.attributes(s, ""), List.of(), words.why(reason, s));
        return new Outcome(next, reason, List.of(finding));
    }

    /** A condition that cannot be evaluated counts as met: in doubt it is told. */
    private boolean isMet(LevelState s, Reading reading) {
        if (when.isAlways()) {
            return true;
        }
        double previous = s.hasValue() ? s.value() : reading.value();
        double elapsed = s.hasValue() ? (now.steadyNanos() - s.last().steadyNanos()) / 1e9 : 0;
        double rate = elapsed > 0 ? (reading.value() - previous) / elapsed : 0;
        Map<String, Object> variables = Map.of(
                "sensor", reading.sensor(),
                "quantity", reading.quantity(),
                "unit", reading.unit(),
                "value", reading.value(),
                "previous", previous,
                "elapsed", elapsed,
                "rate", rate);
        return when.test(variables) != Condition.Verdict.NOT_MET;
    }
}
