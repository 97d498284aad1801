package io.fengsui.rules.evaluation;

import io.fengsui.protocol.Reason;
import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Moment;
import io.fengsui.rules.CompiledRule;
import io.fengsui.rules.Finding;
import io.fengsui.rules.Finding.Change;
import io.fengsui.rules.LineCheck;
import io.fengsui.rules.LineCheck.Direction;
import io.fengsui.rules.LineState;
import io.fengsui.rules.LineState.Trace;
import io.fengsui.rules.Outcome;
import io.fengsui.rules.RuleInput;
import io.fengsui.rules.RuleReason;
import io.fengsui.rules.RuleState;
import io.fengsui.rules.geometry.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides one step of a line that is crossed: an object that was clearly on one side is clearly on the other, and the way
 * between the two passes through the line. Follows track numbers, and places where those have changed. Made for one
 * evaluation.
 */
final class LineEvaluation {
    private static final long FORGET = Duration.ofSeconds(10).toNanos();
    private static final double CLEAR = 0.1;
    private static final double REACH = 1;
    private static final double SPEED = 1.5;

    private final CompiledRule rule;
    private final LineCheck check;
    private final Moment now;

    LineEvaluation(CompiledRule rule, LineCheck check, Moment now) {
        this.rule = rule;
        this.check = check;
        this.now = now;
    }

    static LineState fresh(Moment now) {
        return new LineState(now, List.of(), RuleState.NEVER, 0);
    }

    static long forgetAt(LineState state) {
        return state.last().steadyNanos() + FORGET;
    }

    Outcome evaluate(LineState state, RuleInput input) {
        return switch (input) {
            case RuleInput.Sighting sighting -> onPicture(state, sighting);
            case RuleInput.Tick _ -> Outcome.nothing(kept(state, List.of()), RuleReason.NOTHING);
            case RuleInput.Sample _, RuleInput.Word _ -> Outcome.nothing(state, RuleReason.NOTHING);
        };
    }

    private record Crossing(Detection object, Direction direction) {}

    private Outcome onPicture(LineState state, RuleInput.Sighting sighting) {
        if (now.steadyNanos() < state.last().steadyNanos()) {
            return Outcome.nothing(state, RuleReason.OUT_OF_ORDER);
        }
        List<Detection> objects = ObjectTest.pick(rule, check.filter(), sighting, ObjectTest.Rigour.FULL);
        List<Trace> waiting = new ArrayList<>(kept(state, List.of()).traces());
        List<Trace> next = new ArrayList<>();
        List<Crossing> crossings = new ArrayList<>();
        for (Detection object : objects) {
            Optional<Trace> before = take(waiting, object, objects);
            Trace after = step(before, object);
            next.add(after);
            before.flatMap(trace -> crossing(trace, after)).ifPresent(way -> crossings.add(new Crossing(object, way)));
        }
        next.addAll(waiting);
        LineState seen = kept(state, next);
        return crossings.isEmpty()
                ? Outcome.nothing(seen, objects.isEmpty() ? RuleReason.NOTHING : RuleReason.PENDING)
                : tell(seen, crossings);
    }

    /** What is still remembered. */
    private LineState kept(LineState state, List<Trace> traces) {
        List<Trace> all = traces.isEmpty() ? state.traces() : traces;
        List<Trace> recent = all.stream()
                .filter(t -> now.steadyNanos() - t.atNanos() < FORGET)
                .sorted(Comparator.comparingLong(Trace::atNanos).reversed())
                .limit(LineState.MAX_TRACES)
                .toList();
        return new LineState(now, recent, state.toldAt(), state.untold());
    }

    /** The object's own trace; after a change of its number the nearest that nobody has, within what it can have walked. */
    private Optional<Trace> take(List<Trace> waiting, Detection object, List<Detection> all) {
        Optional<Trace> own = waiting.stream()
                .filter(t -> object.track() != 0 && t.track() == object.track() && isNear(t, object))
                .findFirst();
        Optional<Trace> found = own.or(() -> waiting.stream()
                .filter(t -> all.stream().noneMatch(d -> d.track() == t.track() && isNear(t, d)) && isNear(t, object))
                .min(Comparator.comparingDouble(t -> far(t.foot(), Point.footOf(object.box())))));
        found.ifPresent(waiting::remove);
        return found;
    }

    private boolean isNear(Trace trace, Detection object) {
        double elapsed = (now.steadyNanos() - trace.atNanos()) / 1e9;
        double size = Math.max(trace.size(), size(object));
        return far(trace.foot(), Point.footOf(object.box())) <= size * (REACH + SPEED * Math.min(1, elapsed));
    }

    private Trace step(Optional<Trace> before, Detection object) {
        Point foot = Point.footOf(object.box());
        double size = size(object);
        double distance = distance(foot);
        int side = Math.abs(distance) < CLEAR * size ? 0 : distance > 0 ? 1 : -1;
        boolean isUnclear = side == 0 && before.isPresent();
        return new Trace(
                object.track(),
                isUnclear ? before.get().side() : side,
                isUnclear ? before.get().clear() : foot,
                foot,
                size,
                now.steadyNanos());
    }

    private Optional<Direction> crossing(Trace before, Trace after) {
        boolean hasChanged = before.side() != 0 && after.side() != 0 && before.side() != after.side();
        if (!hasChanged || !passes(before.clear(), after.clear())) {
            return Optional.empty();
        }
        Direction way = before.side() > 0 ? Direction.LEFT_TO_RIGHT : Direction.RIGHT_TO_LEFT;
        return check.direction() == Direction.BOTH || check.direction() == way ? Optional.of(way) : Optional.empty();
    }

    /** From the line; to the left of one who walks from a to b it is positive. The picture's y goes down. */
    private double distance(Point p) {
        double dx = check.b().x() - check.a().x();
        double dy = check.b().y() - check.a().y();
        return -(dx * (p.y() - check.a().y()) - dy * (p.x() - check.a().x())) / Math.hypot(dx, dy);
    }

    /** Whether the way from one point to another passes between the ends of the line. */
    private boolean passes(Point from, Point to) {
        double share = distance(from) / (distance(from) - distance(to));
        double x = from.x() + share * (to.x() - from.x());
        double y = from.y() + share * (to.y() - from.y());
        double dx = check.b().x() - check.a().x();
        double dy = check.b().y() - check.a().y();
        double along = ((x - check.a().x()) * dx + (y - check.a().y()) * dy) / (dx * dx + dy * dy);
        return along >= 0 && along <= 1;
    }

    private Outcome tell(LineState state, List<Crossing> crossings) {
        boolean isCooling = state.toldAt() != RuleState.NEVER
                && now.steadyNanos() - state.toldAt() < check.coolDown().toNanos();
        if (isCooling) {
            int untold = (int) Math.min(1_000_000L, (long) state.untold() + crossings.size());
            return Outcome.nothing(new LineState(now, state.traces(), state.toldAt(), untold), RuleReason.COOLING_DOWN);
        }
        Crossing first = crossings.getFirst();
        Map<String, String> attributes = new TreeMap<>();
        attributes.put(
                "direction",
                first.direction().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        attributes.put("count", Integer.toString(crossings.size() + state.untold()));
        attributes.put("label", first.object().label());
        Reason why = new Reason(
                "rule",
                RuleReason.CROSSED.code(),
                rule.definition().id() + ": " + first.object().label() + " crossed the line "
                        + attributes.get("direction"));
        Finding finding = new Finding(
                Change.HAPPENED,
                RuleReason.CROSSED,
                rule.definition().severity(),
                attributes,
                crossings.stream().map(Crossing::object).toList(),
                List.of(why));
        LineState told = new LineState(now, state.traces(), now.steadyNanos(), 0);
        return new Outcome(told, RuleReason.CROSSED, List.of(finding));
    }

    private static double size(Detection object) {
        return Math.max(1e-3, Math.max(object.box().width(), object.box().height()));
    }

    private static double far(Point a, Point b) {
        return Math.hypot(a.x() - b.x(), a.y() - b.y());
    }
}
