package io.fengsui.edge.gate;

import io.fengsui.edge.gate.AutoAnswer.Sight;
import io.fengsui.edge.gate.AutoGate.Decision;
import io.fengsui.edge.gate.AutoGate.Unit;
import io.fengsui.edge.gate.AutoState.Asked;
import io.fengsui.edge.gate.AutoState.Awaited;
import io.fengsui.edge.gate.AutoState.Marks;
import io.fengsui.edge.gate.AutoState.Phase;
import io.fengsui.edge.gate.AutoState.Stay;
import io.fengsui.edge.gate.GateSettings.Interest;
import io.fengsui.edge.gate.GateSettings.Pace;
import io.fengsui.edge.gate.admission.AskBudget;
import io.fengsui.edge.gate.admission.Surge;
import io.fengsui.edge.gate.luma.LumaChange;
import io.fengsui.edge.gate.size.SizeWatch.Activity;
import io.fengsui.rules.geometry.Mask;
import io.fengsui.rules.geometry.Point;
import io.fengsui.rules.geometry.Polygon;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** States, units and answers from which the tests of {@link AutoGate} start. */
final class GateCase {
    static final LumaChange MOVED = new LumaChange(LumaChange.Kind.LOCAL, 0, 5);
    static final LumaChange NOTHING = new LumaChange(LumaChange.Kind.NOTHING, 0, 0);
    static final long NO_AUDIT = Long.MAX_VALUE / 2;
    static final Mask LEFT_QUARTER = new Mask(
            "flag",
            Mask.Hides.MOTION,
            List.of(),
            new Polygon(List.of(new Point(0, 0), new Point(0.25, 0), new Point(0.25, 1), new Point(0, 1))));

    static GateSettings settings(Duration timetable) {
        Pace pace = new Pace(Duration.ofSeconds(4), Duration.ofSeconds(5));
        return GateSettings.of("auto", Duration.ZERO)
                .with(new Interest(Set.of(), Set.of(), timetable, 0.01, pace, List.of()));
    }

    /** Of a camera whose left quarter is hidden from movement. */
    static GateSettings masked(Duration timetable) {
        GateSettings open = settings(timetable);
        Interest interest = open.interest();
        return open.with(new Interest(
                interest.labels(),
                interest.slow(),
                timetable,
                interest.auditShare(),
                interest.pace(),
                List.of(LEFT_QUARTER)));
    }

    static long at(double seconds) {
        return (long) (seconds * 1e9);
    }

    static AutoState shut(double sinceLook, double sinceSample) {
        return new AutoState(
                Phase.SHUT,
                0,
                new Asked(at(100 - sinceLook), at(100 - sinceSample), NO_AUDIT, Awaited.NOTHING, 0, new AskBudget(0)),
                new Marks(false, false, false),
                Stay.NONE);
    }

    static AutoState seen(AutoState state, boolean isRelevant, boolean isSteady, long now) {
        Sight sight = isRelevant ? new Sight(true, isSteady, false, true) : Sight.NOTHING;
        return AutoAnswer.onSeen(settings(Duration.ZERO), state, sight, now);
    }

    static Unit quiet() {
        return new Unit(false, Activity.QUIET, true, Surge.NONE, true, Duration.ofSeconds(1));
    }

    static Unit keyframe() {
        return new Unit(true, Activity.QUIET, true, Surge.NONE, true, Duration.ofSeconds(1));
    }

    static Unit active() {
        return new Unit(false, Activity.ACTIVE, true, Surge.NONE, true, Duration.ofSeconds(1));
    }

    static Decision next(AutoState state, Unit unit, double seconds) {
        return AutoGate.onUnit(settings(Duration.ZERO), state, unit, at(seconds));
    }

    private GateCase() {}
}
