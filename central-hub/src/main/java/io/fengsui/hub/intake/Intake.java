package io.fengsui.hub.intake;

import io.fengsui.hub.fleet.Liveness;
import io.fengsui.hub.intake.evidence.EvidenceStore;
import io.fengsui.hub.intake.question.QuestionDesk;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.runtime.TimeSource;

/** What every conversation with an edge works with. Thread-safe. */
public record Intake(
        EventLog log,
        EvidenceStore evidence,
        EdgeSessions sessions,
        Liveness liveness,
        IntakeSettings settings,
        IntakeCounts counts,
        QuestionDesk questions,
        Clock hubClock) {

    /** The hub's clocks, and the boot that the steady one belongs to. */
    public record Clock(TimeSource time, String bootId) {}

    TimeSource time() {
        return hubClock.time();
    }

    Moment clock() {
        return new Moment(
                hubClock.time().wall(),
                ClockQuality.SYNCED,
                hubClock.bootId(),
                hubClock.time().steadyNanos());
    }
}
