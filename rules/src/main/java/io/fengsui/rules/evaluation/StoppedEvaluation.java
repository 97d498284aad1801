package io.fengsui.rules.evaluation;

import io.fengsui.protocol.Reason;
import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Moment;
import io.fengsui.rules.CompiledRule;
import io.fengsui.rules.Finding;
import io.fengsui.rules.Finding.Change;
import io.fengsui.rules.Outcome;
import io.fengsui.rules.RuleCheck;
import io.fengsui.rules.RuleInput;
import io.fengsui.rules.RuleReason;
import io.fengsui.rules.RuleState;
import io.fengsui.rules.RuleState.StillState;
import io.fengsui.rules.RuleState.StillState.Anchor;
import io.fengsui.rules.geometry.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides one step of a rule of things that stand still. Rests on places and not on track numbers: what is found where
 * something stood is taken for the same thing. Made for one evaluation.
 */
final class StoppedEvaluation {
    private final CompiledRule rule;
    private final RuleCheck.Stopped check;
    private final Moment now;

    StoppedEvaluation(CompiledRule rule, RuleCheck.Stopped check, Moment now) {
        this.rule = rule;
        this.check = check;
        this.now = now;
    }

    static StillState fresh(Moment now) {
        return new StillState(now, Watch.firstInterval(), List.of(), false, RuleState.NEVER);
    }

    Outcome evaluate(StillState state, RuleInput input) {
        return switch (input) {
            case RuleInput.Sighting sighting -> onPicture(state, sighting);
            case RuleInput.Tick _ -> onTick(state);
            case RuleInput.Sample _, RuleInput.Word _ -> Outcome.nothing(state, RuleReason.NOTHING);
        };
    }

    private Outcome onTick(StillState s) {
        boolean isIdle = !s.isOpen() && s.anchors().isEmpty();
        if (isIdle || now.steadyNanos() < Watch.limit(rule, s.last(), s.isOpen())) {
            return Outcome.nothing(s, s.isOpen() ? RuleReason.OPEN : RuleReason.NOTHING);
        }
        StillState after = new StillState(s.last(), s.intervalNanos(), List.of(), false, RuleState.NEVER);
        String silence = "no picture for "
                + DwellEvaluation.seconds(now.steadyNanos() - s.last().steadyNanos());
        return s.isOpen() ? ended(after, RuleReason.UNWATCHED, silence) : Outcome.nothing(after, RuleReason.NOTHING);
    }

    private Outcome onPicture(StillState given, RuleInput.Sighting sighting) {
        long elapsed = now.steadyNanos() - given.last().steadyNanos();
        if (elapsed < 0) {
            return Outcome.nothing(given, RuleReason.OUT_OF_ORDER);
        }
        Outcome late = onTick(given);
        if (!late.findings().isEmpty()) {
            Outcome fresh = onPicture(fresh(now), sighting);
            return new Outcome(fresh.state(), late.reason(), late.findings());
        }
        StillState state = (StillState) late.state();
        boolean isPause = Watch.isPause(state.intervalNanos(), elapsed);
        Step step = new Step(state, isPause);
        step.see(ObjectTest.eachOnce(ObjectTest.pick(rule, check.filter(), sighting, rigour(state))));
        step.missTheRest();
        step.attend(sighting.objects());
        return decide(state, step, Watch.interval(state.intervalNanos(), elapsed));
    }

    private ObjectTest.Rigour rigour(StillState state) {
        boolean isBelieved = state.anchors().stream().anyMatch(a -> a.hits() >= check.inertia());
        return isBelieved ? ObjectTest.Rigour.GOES_ON : ObjectTest.Rigour.FULL;
    }

    private Outcome decide(StillState before, Step step, long interval) {
        List<Anchor> anchors = step.anchors();
        Optional<Anchor> longest =
                anchors.stream().filter(this::isStopped).min(Comparator.comparingLong(Anchor::since));
        boolean isSeen = longest.map(step::isSeen).orElse(false);
        StillState next = new StillState(now, interval, anchors, before.isOpen(), before.toldAt());
        if (before.isOpen()) {
            if (longest.isEmpty()) {
                StillState closed = new StillState(now, interval, anchors, false, RuleState.NEVER);
                return step.hasMoved
                        ? ended(closed, RuleReason.MOVED, "it moved on")
                        : step.isAttended
                                ? ended(closed, RuleReason.ATTENDED, "somebody is with it")
                                : ended(closed, RuleReason.LEFT, "nothing stands there");
            }
            boolean isDue = isSeen && isNewsDue(before);
            return isDue ? told(next, Change.UPDATED, step, longest.get()) : Outcome.nothing(next, RuleReason.OPEN);
        }
        if (longest.isPresent() && isSeen) {
            return told(next, Change.BEGUN, step, longest.get());
        }
        return Outcome.nothing(next, anchors.isEmpty() ? RuleReason.NOTHING : RuleReason.PENDING);
    }

    private boolean isStopped(Anchor a) {
        return a.hits() >= check.inertia()
                && now.steadyNanos() - a.since() >= check.time().toNanos();
    }

    private boolean isNewsDue(StillState s) {
        long lease = rule.definition().lease().toNanos();
        return lease > 0 && now.steadyNanos() - s.toldAt() >= lease / 2;
    }

    private Outcome told(StillState s, Change change, Step step, Anchor anchor) {
        StillState next = new StillState(s.last(), s.intervalNanos(), s.anchors(), true, now.steadyNanos());
        RuleReason begun = check.attended().labels().isEmpty() ? RuleReason.STOPPED : RuleReason.LEFT_ALONE;
        RuleReason reason = change == Change.BEGUN ? begun : RuleReason.STILL_SO;
        Duration stood = Duration.ofNanos(now.steadyNanos() - anchor.since());
        List<Detection> seen = step.detectionsWith(anchor);
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("stopped-seconds", Long.toString(stood.toSeconds()));
        attributes.put(
                "count",
                Long.toString(s.anchors().stream().filter(this::isStopped).count()));
        seen.stream().findFirst().ifPresent(d -> attributes.put("label", d.label()));
        List<Reason> why = List.of(
                new Reason(
                        "zone",
                        "occupied",
                        zoneName() + ": " + step.found.size() + " inside, this one seen " + anchor.hits() + " times"),
                ruleReason(
                        reason,
                        "stood " + DwellEvaluation.seconds(stood.toNanos()) + " of "
                                + DwellEvaluation.seconds(check.time().toNanos())));
        Finding finding = new Finding(change, reason, rule.definition().severity(), attributes, seen, why);
        return new Outcome(next, reason, List.of(finding));
    }

    private Outcome ended(StillState after, RuleReason reason, String detail) {
        Finding finding = new Finding(
                Change.ENDED,
                reason,
                rule.definition().severity(),
                Map.of(),
                List.of(),
                List.of(new Reason("zone", reason.code(), zoneName() + ": " + detail), ruleReason(reason, detail)));
        return new Outcome(after, reason, List.of(finding));
    }

    private Reason ruleReason(RuleReason reason, String detail) {
        return new Reason("rule", reason.code(), rule.definition().id() + ": " + detail);
    }

    private String zoneName() {
        return rule.zoneId().isEmpty() ? "the whole picture" : rule.zoneId();
    }

    private record Match(Detection object, Anchor anchor, double far) {}

    /** Matches the objects of one picture to the places known. */
    private final class Step {
        private final List<Anchor> waiting;
        private final List<Anchor> kept = new ArrayList<>();
        private final List<Anchor> matched = new ArrayList<>();
        private final List<Detection> found = new ArrayList<>();
        private final long grace;
        private final boolean isPause;
        private boolean hasMoved;
        private boolean isAttended;

        Step(StillState state, boolean isPause) {
            this.waiting = new ArrayList<>(state.anchors());
            this.grace = Watch.grace(check.exitGrace(), state.intervalNanos());
            this.isPause = isPause;
        }

        /**
         * What is where something stood comes first, nearest first: track numbers may mean other things after a restart.
         */
        void see(List<Detection> objects) {
            List<Match> matches = new ArrayList<>();
            for (Detection object : objects) {
                Point foot = Point.footOf(object.box());
                for (Anchor a : waiting) {
                    double far = distance(a, foot);
                    if (far <= check.maxDisplacement() * Math.max(a.size(), 1e-3)) {
                        matches.add(new Match(object, a, far));
                    }
                }
            }
            matches.sort(Comparator.comparing(
                            (Match m) -> m.anchor().track() != m.object().track())
                    .thenComparingDouble(Match::far));
            List<Detection> elsewhere = new ArrayList<>(objects);
            for (Match match : matches) {
                if (waiting.contains(match.anchor()) && elsewhere.remove(match.object())) {
                    stay(match.anchor(), match.object());
                }
            }
            elsewhere.forEach(this::arrive);
        }

        private void stay(Anchor a, Detection object) {
            waiting.remove(a);
            int hits = Math.min(a.hits() + 1, 1_000_000);
            add(new Anchor(object.track(), a.x(), a.y(), a.size(), a.since(), hits, RuleState.NEVER), object);
        }

        private void arrive(Detection object) {
            Point foot = Point.footOf(object.box());
            double size = Math.max(object.box().width(), object.box().height());
            boolean isMoved = waiting.removeIf(a -> {
                boolean isSame = object.track() != 0 && a.track() == object.track();
                hasMoved |= isSame && isStopped(a);
                return isSame;
            });
            if (isMoved || kept.size() + waiting.size() < StillState.MAX_ANCHORS) {
                long since = now.steadyNanos();
                add(new Anchor(object.track(), foot.x(), foot.y(), size, since, 1, RuleState.NEVER), object);
            }
        }

        private void add(Anchor anchor, Detection object) {
            kept.add(anchor);
            matched.add(anchor);
            found.add(object);
        }

        void missTheRest() {
            for (Anchor a : waiting) {
                boolean isFirstMiss = a.absentSince() == RuleState.NEVER || isPause;
                long absentSince = isFirstMiss ? now.steadyNanos() : a.absentSince();
                boolean isNoise = a.hits() < check.inertia() && !isFirstMiss;
                if (!isNoise && now.steadyNanos() - absentSince < grace) {
                    kept.add(new Anchor(a.track(), a.x(), a.y(), a.size(), a.since(), a.hits(), absentSince));
                }
            }
            waiting.clear();
        }

        /** The time of what somebody is near begins anew. */
        void attend(List<Detection> objects) {
            List<Detection> keepers = objects.stream()
                    .filter(o -> check.attended().labels().contains(o.label()))
                    .toList();
            for (int i = 0; i < kept.size(); i++) {
                Anchor a = kept.get(i);
                if (keepers.stream().anyMatch(keeper -> isNear(a, keeper))) {
                    isAttended |= isStopped(a);
                    Anchor anew =
                            new Anchor(a.track(), a.x(), a.y(), a.size(), now.steadyNanos(), a.hits(), a.absentSince());
                    kept.set(i, anew);
                    matched.replaceAll(m -> m.equals(a) ? anew : m);
                }
            }
        }

        private boolean isNear(Anchor a, Detection keeper) {
            double size = Math.max(keeper.box().width(), keeper.box().height());
            return distance(a, Point.footOf(keeper.box())) <= check.attended().within() * size;
        }

        List<Anchor> anchors() {
            return kept.stream()
                    .sorted(Comparator.comparingLong(Anchor::since).thenComparingLong(Anchor::track))
                    .toList();
        }

        boolean isSeen(Anchor anchor) {
            return matched.contains(anchor);
        }

        /** The one that stands there first, then the others. */
        List<Detection> detectionsWith(Anchor anchor) {
            List<Detection> all = new ArrayList<>(found);
            int at = matched.indexOf(anchor);
            if (at > 0) {
                all.addFirst(all.remove(at));
            }
            return all;
        }

        private static double distance(Anchor a, Point foot) {
            return Math.hypot(a.x() - foot.x(), a.y() - foot.y());
        }
    }
}
