package io.fengsui.edge.gate;

import static io.fengsui.edge.gate.GateCase.MOVED;
import static io.fengsui.edge.gate.GateCase.NOTHING;
import static io.fengsui.edge.gate.GateCase.active;
import static io.fengsui.edge.gate.GateCase.at;
import static io.fengsui.edge.gate.GateCase.masked;
import static io.fengsui.edge.gate.GateCase.shut;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.gate.AutoAnswer.Sight;
import io.fengsui.edge.gate.AutoGate.Decision;
import io.fengsui.edge.gate.AutoGate.Unit;
import io.fengsui.edge.gate.AutoState.Awaited;
import io.fengsui.edge.gate.AutoState.Phase;
import io.fengsui.edge.gate.admission.Surge;
import io.fengsui.edge.gate.luma.LumaChange;
import io.fengsui.edge.gate.size.SizeWatch.Activity;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A camera that has a part of its picture hidden from movement: sizes ask, a small picture decides. */
class MaskedGateTest {
    private static final GateSettings MASKED = masked(Duration.ZERO);
    private static final Sight SOMEBODY = new Sight(true, false, false, true);
    private static final Sight STANDS = new Sight(true, true, false, true);

    private static Decision next(AutoState state, Unit unit, double seconds) {
        return AutoGate.onUnit(MASKED, state, unit, at(seconds));
    }

    private static Unit stirred(boolean isKeyframe) {
        return new Unit(isKeyframe, Activity.ACTIVE, true, Surge.NONE, true, Duration.ofSeconds(1));
    }

    /** What a sleeping camera with a hidden part does at second 100. */
    @ParameterizedTest
    @CsvSource({
        // key, activity, trusted, surge, proofs spent, since look, since sample, timetable -> reason, awaited
        "false, ACTIVE,   true,  NONE,     0, 50, 1,   0,  MASKED,    PROOF",
        "false, ACTIVE,   false, NONE,     0, 50, 1,   0,  MASKED,    PROOF",
        "true,  ACTIVE,   true,  NONE,     0, 50, 1,   0,  MASKED,    PROOF",
        "false, ACTIVE,   true,  NONE,     3, 50, 1,   0,  MASKED,    PROOF",
        "false, ACTIVE,   true,  NONE,     0, 50, 0.2, 0,  QUIET,     NOTHING",
        "false, ACTIVE,   true,  NONE,     4, 50, 1,   0,  QUIET,     NOTHING",
        "true,  ACTIVE,   true,  NONE,     4, 50, 1,   0,  SAMPLE,    PROOF",
        "true,  ACTIVE,   false, NONE,     4, 50, 1,   0,  SAMPLE,    PROOF",
        "false, ACTIVE,   true,  ADMITTED, 0, 50, 1,   0,  SURGE,     LUMA",
        "false, ACTIVE,   true,  WAITS,    0, 50, 1,   0,  QUEUED,    NOTHING",
        "true,  ACTIVE,   true,  WAITS,    0, 50, 1,   0,  SAMPLE,    LUMA",
        "true,  QUIET,    true,  NONE,     0, 50, 50,  0,  QUIET,     NOTHING",
        "true,  QUIET,    true,  NONE,     0, 50, 60,  0,  CHECK,     LUMA",
        "true,  QUIET,    false, NONE,     0, 50, 2,   0,  SAMPLE,    LUMA",
        "true,  QUIET,    true,  NONE,     1, 50, 2,   0,  SAMPLE,    LUMA",
        "true,  LEARNING, false, NONE,     0, 50, 2,   0,  SAMPLE,    LUMA",
        "false, ACTIVE,   true,  NONE,     4, 10, 1,   10, TIMETABLE, SEEN",
    })
    void asleep(
            boolean isKeyframe,
            Activity activity,
            boolean isTrusted,
            Surge surge,
            int spent,
            double sinceLook,
            double sinceSample,
            int timetable,
            GateReason expected,
            Awaited awaited) {
        AutoState state = shut(sinceLook, sinceSample);
        for (int i = 0; i < spent; i++) {
            state = state.spending(at(100));
        }
        Decision decision = AutoGate.onUnit(
                masked(Duration.ofSeconds(timetable)),
                state,
                new Unit(isKeyframe, activity, isTrusted, surge, true, Duration.ofSeconds(1)),
                at(100));
        assertThat(decision.reason()).isEqualTo(expected);
        assertThat(decision.next().asked().awaited()).isEqualTo(awaited);
        assertThat(decision.next().phase()).isEqualTo(Phase.SHUT);
    }

    @ParameterizedTest
    @EnumSource(LumaChange.Kind.class)
    void theSmallPictureDecidesAndWhatCannotBeHeldAgainstAnythingOpens(LumaChange.Kind kind) {
        AutoState asked = next(shut(50, 5), stirred(false), 100).next();
        AutoState answered = AutoAnswer.onLuma(asked, new LumaChange(kind, 0, 3), at(100.05));
        Decision after = next(answered, stirred(false), 100.1);
        boolean isOpened = switch (kind) {
            case NOTHING -> false;
            case UNKNOWN, LOCAL, LIGHT, WIDE -> true;
        };
        assertThat(after.reason()).isEqualTo(isOpened ? GateReason.LUMA : GateReason.QUIET);
        assertThat(after.next().phase()).isEqualTo(isOpened ? Phase.OPEN : Phase.SHUT);
    }

    @Test
    void lightOverManyCamerasOpensNone() {
        Unit unit = new Unit(false, Activity.ACTIVE, true, Surge.ADMITTED, true, Duration.ofSeconds(1));
        AutoState asked = next(shut(50, 5), unit, 100).next();
        AutoState answered = AutoAnswer.onLuma(asked, LumaChange.UNKNOWN, at(100.05));
        assertThat(next(answered, unit, 100.1).next().phase()).isEqualTo(Phase.SHUT);
    }

    /** One keyframe in two seconds, sizes up all the time, nothing outside of what is hidden. */
    @Test
    void aTreeThatMovesForTenMinutesCostsSmallPicturesOnly() {
        AutoState state = shut(50, 5);
        Map<GateReason, Integer> reasons = new EnumMap<>(GateReason.class);
        for (int i = 0; i < 600 * 15; i++) {
            double t = 100 + i / 15.0;
            Decision decision = next(state, stirred(i % 30 == 0), t);
            state = decision.next();
            reasons.merge(decision.reason(), 1, Integer::sum);
            if (decision.reason().aim() == GateReason.Aim.LUMA) {
                state = AutoAnswer.onLuma(state, NOTHING, at(t));
            }
        }
        assertThat(reasons.keySet()).containsOnly(GateReason.MASKED, GateReason.SAMPLE, GateReason.QUIET);
        assertThat(reasons.get(GateReason.MASKED)).isBetween(115, 125);
        assertThat(reasons.get(GateReason.SAMPLE)).isBetween(175, 305);
    }

    /** Nothing else opens such a camera. */
    @ParameterizedTest
    @EnumSource(
            value = Awaited.class,
            names = {"NOTHING", "SEEN"})
    void movementInAnAnswerThatWasGivenUpOpensAllTheSame(Awaited awaited) {
        AutoState state = shut(50, 5);
        AutoState waiting = awaited == Awaited.NOTHING ? state : state.askedFor(awaited, at(99));
        AutoState answered = AutoAnswer.onSmall(MASKED, waiting, MOVED, at(100));
        assertThat(next(answered, GateCase.quiet(), 100.1).reason()).isEqualTo(GateReason.LUMA);
        assertThat(AutoAnswer.onSmall(GateCase.settings(Duration.ZERO), waiting, MOVED, at(100)))
                .as("without a mask")
                .isEqualTo(waiting);
        assertThat(AutoAnswer.onSmall(MASKED, waiting, NOTHING, at(100))).isEqualTo(waiting);
    }

    @ParameterizedTest
    @CsvSource({"NONE, PROOF", "WAITS, LUMA"})
    void aSampleThatIsOnItsWayWhenSizesRiseIsAProofUnlessManyCamerasAre(Surge surge, Awaited expected) {
        Unit untrusted = new Unit(true, Activity.QUIET, false, Surge.NONE, true, Duration.ZERO);
        Decision sample = next(shut(50, 5), untrusted, 100);
        assertThat(sample.next().asked().awaited()).isEqualTo(Awaited.LUMA);
        Unit rising = new Unit(false, Activity.ACTIVE, false, surge, true, Duration.ofSeconds(1));
        AutoState state = next(sample.next(), rising, 100.1).next();
        assertThat(state.asked().awaited()).isEqualTo(expected);
    }

    /** A routine sample may wait for seconds there, an opening may not. */
    @Test
    void inAFullBoxSizesDoNotWaitForASampleThatWaits() {
        Unit untrusted = new Unit(true, Activity.QUIET, false, Surge.NONE, true, Duration.ZERO);
        AutoState state = next(shut(50, 5), untrusted, 100).next();
        state = next(state, stirred(false), 100.5).next();
        Decision asked = next(state, stirred(false), 101);
        assertThat(asked.reason()).isEqualTo(GateReason.MASKED);
        assertThat(asked.reason().urgency()).isEqualTo(GateReason.Urgency.OPENING);
    }

    @ParameterizedTest
    @EnumSource(
            value = Awaited.class,
            names = {"LUMA", "PROOF"})
    void whileManyCamerasAreActiveNoneAsksAgainBeforeItsAnswerComes(Awaited awaited) {
        Unit unit = new Unit(false, Activity.ACTIVE, true, Surge.ADMITTED, true, Duration.ofSeconds(1));
        AutoState state = shut(50, 5).askedFor(awaited, at(98));
        assertThat(next(state, unit, 100).reason()).isEqualTo(GateReason.AWAITING);
    }

    @Test
    void anAnswerThatNeverComesIsAskedForAgain() {
        AutoState asked = next(shut(50, 5), active(), 100).next();
        assertThat(next(asked, active(), 100.9).reason()).isEqualTo(GateReason.AWAITING);
        assertThat(next(asked, active(), 101.1).reason()).isEqualTo(GateReason.MASKED);
        assertThat(next(asked.answered(), active(), 100.4).reason()).isEqualTo(GateReason.MASKED);
    }

    /** Whoever comes slowly differs in no cell when sizes notice him first. */
    @Test
    void afterAQuestionThatShowedNothingKeyframesAreSampledForSomeSecondsThoughSizesAreTrusted() {
        AutoState state =
                AutoAnswer.onLuma(next(shut(50, 5), stirred(false), 100).next(), NOTHING, at(100.05));
        Unit keyframe = GateCase.keyframe();
        assertThat(next(state, keyframe, 102).reason()).isEqualTo(GateReason.SAMPLE);
        assertThat(next(state, keyframe, 104.9).reason()).isEqualTo(GateReason.SAMPLE);
        assertThat(next(state, keyframe, 105.1).reason()).isEqualTo(GateReason.QUIET);
    }

    @Test
    void whoeverLeavesIsNotLookedForWhileOnlyTheTreeMoves() {
        AutoState state = AutoAnswer.onLuma(next(shut(50, 5), active(), 100).next(), MOVED, at(100));
        state = AutoAnswer.onSeen(MASKED, next(state, active(), 100.1).next(), SOMEBODY, at(100.2));
        state = AutoAnswer.onSeen(MASKED, next(state, active(), 100.7).next(), Sight.NOTHING, at(100.8));
        assertThat(state.phase()).isEqualTo(Phase.SHUT);
        assertThat(next(state, stirred(true), 102).reason())
                .as("the rules want to see that nobody is there")
                .isEqualTo(GateReason.CLOSING);
    }

    /** A small picture cannot tell whether somebody is still there. */
    @Test
    void whoeverWentWhereMovementIsHiddenIsLookedForByLooks() {
        AutoState state = AutoAnswer.onLuma(next(shut(50, 5), active(), 100).next(), MOVED, at(100));
        state = AutoAnswer.onSeen(MASKED, next(state, active(), 100.1).next(), SOMEBODY, at(100.2));
        double shut = 0;
        for (double t = 100.7; shut == 0 && t < 130; t += 0.1) {
            Decision decision = next(state, active(), t);
            state = decision.next();
            if (decision.reason() == GateReason.FOLLOW) {
                state = AutoAnswer.onSeen(MASKED, state, Sight.ASIDE, at(t));
            }
            shut = state.phase() == Phase.OPEN ? 0 : t;
        }
        assertThat(state.phase()).isEqualTo(Phase.SHUT);
        assertThat(shut).as("when nobody stood still there").isBetween(108.0, 111.0);
    }

    /** A part of whoever is there may be what differs, and who is learned is seen no more. */
    @Test
    void whatDiffersIsNotSoonLearnedWhileSomebodyIsWhereMovementIsHidden() {
        AutoState state = AutoAnswer.onLuma(next(shut(50, 5), active(), 100).next(), MOVED, at(100));
        state = AutoAnswer.onSeen(MASKED, next(state, active(), 100.1).next(), SOMEBODY, at(100.2));
        int learnedAfter = 0;
        for (int look = 1; learnedAfter == 0 && look < 20; look++) {
            AutoState before = next(state, active(), 100.2 + 0.5 * look).next();
            state = AutoAnswer.onSeen(MASKED, before, Sight.ASIDE, at(100.25 + 0.5 * look));
            learnedAfter = AutoAnswer.isNothing(before, Sight.ASIDE, state) ? look : 0;
        }
        assertThat(learnedAfter).isEqualTo(AutoAnswer.EMPTY_LOOKS_BESIDE);
    }

    @Test
    void aParkedCarIsLeftToTheClockThoughTheTreeMoves() {
        AutoState state = AutoAnswer.onLuma(next(shut(50, 5), active(), 100).next(), MOVED, at(100));
        double t = 100;
        for (int i = 0; state.phase() == Phase.OPEN || i == 0; i++) {
            t += 0.6;
            state = AutoAnswer.onSeen(
                    MASKED, next(state, stirred(i % 3 == 0), t).next(), STANDS, at(t));
            assertThat(i).isLessThan(100);
        }
        assertThat(state.isSettled()).isTrue();
    }

    /** It was restless when the mask came with a change of the configuration. */
    @Test
    void aMaskEndsRestlessness() {
        AutoState restless = shut(1, 1).active(true).in(Phase.RESTLESS, at(90), AutoState.Stay.NONE);
        assertThat(next(restless, active(), 100).next().phase()).isEqualTo(Phase.SHUT);
    }
}
