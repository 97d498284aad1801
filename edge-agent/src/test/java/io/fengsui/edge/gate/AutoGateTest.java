package io.fengsui.edge.gate;

import static io.fengsui.edge.gate.GateCase.MOVED;
import static io.fengsui.edge.gate.GateCase.NOTHING;
import static io.fengsui.edge.gate.GateCase.NO_AUDIT;
import static io.fengsui.edge.gate.GateCase.active;
import static io.fengsui.edge.gate.GateCase.at;
import static io.fengsui.edge.gate.GateCase.keyframe;
import static io.fengsui.edge.gate.GateCase.next;
import static io.fengsui.edge.gate.GateCase.quiet;
import static io.fengsui.edge.gate.GateCase.seen;
import static io.fengsui.edge.gate.GateCase.settings;
import static io.fengsui.edge.gate.GateCase.shut;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.gate.AutoAnswer.Sight;
import io.fengsui.edge.gate.AutoGate.Decision;
import io.fengsui.edge.gate.AutoGate.Unit;
import io.fengsui.edge.gate.AutoState.Awaited;
import io.fengsui.edge.gate.AutoState.Phase;
import io.fengsui.edge.gate.admission.Surge;
import io.fengsui.edge.gate.size.SizeWatch.Activity;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AutoGateTest {
    /** What a sleeping camera does at second 100. */
    @ParameterizedTest
    @CsvSource({
        // key, seconds of GOP, activity, trusted, surge, since look, since sample, timetable -> reason
        "true,  0,   QUIET,    false, NONE,     50, 2,   0,  SAMPLE",
        "true,  0,   QUIET,    false, NONE,     50, 0.5, 0,  QUIET",
        "false, 1.9, QUIET,    false, NONE,     50, 2,   0,  QUIET",
        "false, 1.9, QUIET,    false, NONE,     50, 5.5, 0,  QUIET",
        "false, 2.4, QUIET,    false, NONE,     50, 5.5, 0,  QUIET",
        "false, 2.5, QUIET,    false, NONE,     50, 2.5, 0,  SAMPLE",
        "false, 9,   QUIET,    false, NONE,     50, 1.5, 0,  QUIET",
        "false, 9,   LEARNING, false, NONE,     50, 2.5, 0,  SAMPLE",
        "true,  0,   QUIET,    true,  NONE,     50, 50,  0,  QUIET",
        "true,  0,   QUIET,    true,  NONE,     50, 60,  0,  CHECK",
        "false, 1.9, QUIET,    true,  NONE,     50, 90,  0,  QUIET",
        "false, 2.5, QUIET,    true,  NONE,     50, 60,  0,  CHECK",
        "false, 1,   ACTIVE,   true,  NONE,     50, 1,   0,  SIZE",
        "false, 1,   ACTIVE,   false, NONE,     50, 1,   0,  SIZE",
        "false, 1,   ACTIVE,   true,  ADMITTED, 50, 1,   0,  SURGE",
        "false, 1,   ACTIVE,   true,  WAITS,    50, 1,   0,  QUEUED",
        "false, 1,   QUIET,    true,  NONE,     9,  1,   10, QUIET",
        "false, 1,   QUIET,    true,  NONE,     10, 1,   10, TIMETABLE",
        "false, 1,   ACTIVE,   true,  NONE,     10, 1,   10, SIZE",
    })
    void asleep(
            boolean isKeyframe,
            double gop,
            Activity activity,
            boolean isTrusted,
            Surge surge,
            double sinceLook,
            double sinceSample,
            int timetable,
            GateReason expected) {
        Decision decision = AutoGate.onUnit(
                settings(Duration.ofSeconds(timetable)),
                shut(sinceLook, sinceSample),
                new Unit(isKeyframe, activity, isTrusted, surge, true, Duration.ofNanos(at(gop))),
                at(100));
        assertThat(decision.reason()).isEqualTo(expected);
        assertThat(decision.next().asked().awaited())
                .isEqualTo(
                        switch (expected.aim()) {
                            case DETECT -> Awaited.SEEN;
                            case LUMA -> Awaited.LUMA;
                            case NOTHING -> Awaited.NOTHING;
                        });
        assertThat(decision.next().phase()).isEqualTo(expected == GateReason.SIZE ? Phase.OPEN : Phase.SHUT);
    }

    private static Unit begun(boolean mayBeginFirst) {
        return new Unit(true, Activity.LEARNING, false, Surge.NONE, mayBeginFirst, Duration.ZERO);
    }

    @Test
    void aStreamHasItsFirstLookAtAKeyframeWhenThereIsTime() {
        AutoState first = AutoState.first(0, NO_AUDIT);
        assertThat(next(first, quiet(), 0).reason()).isEqualTo(GateReason.QUIET);
        assertThat(next(first, begun(false), 2).reason()).as("meanwhile").isEqualTo(GateReason.SAMPLE);
        assertThat(next(first, active(), 2).reason())
                .as("what moves does not wait")
                .isEqualTo(GateReason.SIZE);
        Decision look = next(first, begun(true), 0.1);
        assertThat(look.reason()).isEqualTo(GateReason.FIRST);
        assertThat(next(look.next(), quiet(), 2).reason()).isEqualTo(GateReason.AWAITING);
        assertThat(seen(look.next(), false, false, at(2)).phase()).isEqualTo(Phase.SHUT);
        assertThat(seen(look.next(), false, false, at(2)).marks().isFirstDue()).isFalse();
        assertThat(seen(look.next(), true, false, at(2)).phase()).isEqualTo(Phase.OPEN);
        // Its answer never came: it is still due.
        assertThat(next(look.next(), begun(true), 6).reason()).isEqualTo(GateReason.FIRST);
    }

    @Test
    void movementInASmallPictureOpensWithTheNextUnit() {
        AutoState asked = next(shut(50, 5), new Unit(true, Activity.QUIET, false, Surge.NONE, true, Duration.ZERO), 100)
                .next();
        AutoState moved = AutoAnswer.onLuma(asked, MOVED, at(100.1));
        Decision look = next(moved, quiet(), 100.1);
        assertThat(look.reason()).isEqualTo(GateReason.LUMA);
        assertThat(look.next().phase()).isEqualTo(Phase.OPEN);
        assertThat(next(AutoAnswer.onLuma(asked, NOTHING, at(100.1)), quiet(), 100.1)
                        .reason())
                .isEqualTo(GateReason.QUIET);
    }

    @Test
    void aSampleOfTimeAsleepIsLookedAt() {
        AutoState state = shut(50, 1).nextAudit(at(100));
        assertThat(next(state, keyframe(), 99).reason()).isNotEqualTo(GateReason.AUDIT);
        Decision look = next(state, keyframe(), 100);
        assertThat(look.reason()).isEqualTo(GateReason.AUDIT);
        assertThat(look.next().phase()).isEqualTo(Phase.SHUT);
        assertThat(seen(look.next(), true, false, at(100)).phase()).isEqualTo(Phase.OPEN);
    }

    @Test
    void anAuditWaitsForAKeyframeButNotForLong() {
        AutoState state = shut(101.9, 1).nextAudit(at(100));
        assertThat(next(state, quiet(), 102).reason()).isNotEqualTo(GateReason.AUDIT);
        assertThat(next(state, quiet(), 102.5).reason()).isEqualTo(GateReason.AUDIT);
    }

    @Test
    void aLookThatNobodyAnswersIsAskedForAgain() {
        AutoState state = next(shut(50, 5), active(), 100).next();
        assertThat(next(state, active(), 103).reason()).isEqualTo(GateReason.AWAITING);
        assertThat(next(state, active(), 105.1).reason()).isEqualTo(GateReason.FOLLOW);
        assertThat(next(state.answered(), active(), 100.6).reason()).isEqualTo(GateReason.FOLLOW);
    }

    /** Whatever comes, a camera that sleeps untrusted has a look within a few seconds, and nothing is asked twice. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void neverSleepsForLong(long seed) {
        neverSleepsForLong(seed, settings(Duration.ZERO));
        neverSleepsForLong(seed, GateCase.masked(Duration.ZERO));
    }

    private static void neverSleepsForLong(long seed, GateSettings gate) {
        SplittableRandom random = new SplittableRandom(seed);
        AutoState state = AutoState.first(0, at(30));
        double lastOpen = 0;
        Activity[] activities = Activity.values();
        for (int i = 0; i < 20_000; i++) {
            double t = i / 15.0;
            Unit unit = new Unit(
                    i % 30 == 0,
                    activities[random.nextInt(100) < 90 ? 1 : random.nextInt(3)],
                    random.nextInt(4000) == 0,
                    random.nextInt(50) == 0 ? Surge.WAITS : Surge.NONE,
                    random.nextInt(3) == 0,
                    Duration.ofNanos(at(i % 30 / 15.0)));
            Awaited before = state.asked().awaited();
            Decision decision = AutoGate.onUnit(gate, state, unit, at(t));
            if (decision.reason().isOpen()) {
                lastOpen = t;
            } else {
                boolean isProof = gate.isHiding() && before == Awaited.LUMA && unit.activity() == Activity.ACTIVE;
                assertThat(decision.next().asked().awaited()).isIn(before, isProof ? Awaited.PROOF : before);
            }
            assertThat(t - lastOpen).as("seconds without a look").isLessThan(6);
            state = decision.reason() == GateReason.AUDIT ? decision.next().nextAudit(at(t + 20)) : decision.next();
            switch (random.nextInt(12)) {
                case 0 -> {
                    boolean isThere = random.nextInt(3) == 0;
                    Sight sight = isThere ? new Sight(true, random.nextBoolean(), false, true) : Sight.NOTHING;
                    state = AutoAnswer.onSeen(gate, state, sight, at(t));
                }
                case 1 -> state = AutoAnswer.onLuma(state, random.nextInt(3) == 0 ? MOVED : NOTHING, at(t));
                case 2 -> state = state.answered();
                default -> {}
            }
        }
    }
}
