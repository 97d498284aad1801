package io.fengsui.edge.gate;

import static io.fengsui.edge.gate.GateCase.MOVED;
import static io.fengsui.edge.gate.GateCase.NOTHING;
import static io.fengsui.edge.gate.GateCase.active;
import static io.fengsui.edge.gate.GateCase.at;
import static io.fengsui.edge.gate.GateCase.keyframe;
import static io.fengsui.edge.gate.GateCase.next;
import static io.fengsui.edge.gate.GateCase.quiet;
import static io.fengsui.edge.gate.GateCase.seen;
import static io.fengsui.edge.gate.GateCase.settings;
import static io.fengsui.edge.gate.GateCase.shut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fengsui.edge.gate.AutoAnswer.Sight;
import io.fengsui.edge.gate.AutoGate.Decision;
import io.fengsui.edge.gate.AutoGate.Unit;
import io.fengsui.edge.gate.AutoState.Phase;
import io.fengsui.edge.gate.admission.Surge;
import io.fengsui.edge.gate.size.SizeWatch.Activity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A camera that is awake: how often it is looked at, and when it goes to sleep again. */
class AutoGateFollowTest {
    /** Looks at somebody who walks about from second 100 on, and when they were. */
    private static List<Double> looksAtAWalker(double until) {
        AutoState state = next(shut(50, 5), active(), 100).next();
        state = seen(state, true, false, at(100));
        List<Double> looks = new ArrayList<>();
        for (int i = 1; 100 + i / 15.0 < until; i++) {
            double t = 100 + i / 15.0;
            Decision decision = next(
                    state,
                    i % 30 == 0 ? new Unit(true, Activity.ACTIVE, true, Surge.NONE, true, Duration.ZERO) : active(),
                    t);
            state = decision.next();
            if (decision.reason().isOpen()) {
                assertThat(decision.reason()).isEqualTo(GateReason.FOLLOW);
                looks.add(t);
                state = seen(state, true, false, at(t));
            }
        }
        return looks;
    }

    @Test
    void aStayIsLookedAtTwiceASecondWhileARuleIsUndecidedAndThenAtKeyframes() {
        assertThat(looksAtAWalker(105)).hasSizeBetween(9, 11);
        List<Double> later = looksAtAWalker(125).stream().filter(t -> t > 105.1).toList();
        assertThat(later).hasSizeBetween(8, 10);
        assertThat(later.subList(2, later.size()))
                .allSatisfy(
                        t -> assertThat((t - 100) % 2).as("a keyframe at %s", t).isCloseTo(0, within(0.01)));
    }

    @Test
    void whoIsDoubtfulIsLookedAtAgainAtOnce() {
        AutoState open = next(shut(50, 5), active(), 100).next();
        AutoState doubtful =
                AutoAnswer.onSeen(settings(Duration.ZERO), open, new Sight(true, false, true, false), at(100.05));
        assertThat(next(doubtful, active(), 100.15).reason()).isEqualTo(GateReason.NOT_DUE);
        Decision again = next(doubtful, active(), 100.2);
        assertThat(again.reason()).isEqualTo(GateReason.CONFIRM);
        AutoState twice = AutoAnswer.onSeen(
                settings(Duration.ZERO), again.next(), new Sight(true, false, false, false), at(100.25));
        assertThat(next(twice, active(), 100.45).reason()).isEqualTo(GateReason.NOT_DUE);
    }

    @Test
    void somebodyMoreMakesTheRulesUndecidedAgain() {
        AutoState state = next(shut(50, 5), active(), 100).next();
        state = seen(state, true, false, at(100));
        assertThat(next(state, active(), 110).next().stay().sinceNanos()).isEqualTo(at(100));
        state = AutoAnswer.onSeen(settings(Duration.ZERO), state, new Sight(true, false, true, true), at(110));
        assertThat(next(state, active(), 110.5).reason()).isEqualTo(GateReason.FOLLOW);
    }

    @Test
    void oneEmptyLookShutsACalmCameraAndSmallPicturesFollowWhileRulesWantToSeeEmptiness() {
        AutoState state = next(shut(50, 5), active(), 100).next();
        state = seen(state, true, false, at(100));
        state = seen(next(state, quiet(), 100.5).next(), false, false, at(100.5));
        assertThat(state.phase()).isEqualTo(Phase.SHUT);
        int closing = 0;
        for (int i = 1; i <= 10; i++) {
            double t = 100.5 + 2 * i;
            Decision decision = next(state, keyframe(), t);
            state = decision.next();
            if (decision.reason() == GateReason.CLOSING) {
                closing++;
                state = AutoAnswer.onLuma(state, NOTHING, at(t));
            } else {
                assertThat(decision.reason()).isEqualTo(GateReason.QUIET);
            }
        }
        assertThat(closing)
                .as("small pictures in the nine seconds after the last find")
                .isEqualTo(4);
    }

    /** On a full box every small picture was dropped for half a minute; the stay stayed open and swallowed the next one. */
    @Test
    void emptinessThatNobodySawIsAskedForUntilSomebodyHasSeenEnoughOfIt() {
        AutoState state = next(shut(50, 5), active(), 100).next();
        state = seen(state, true, false, at(100));
        state = seen(next(state, quiet(), 100.5).next(), false, false, at(100.5));
        int lost = 0;
        int closing = 0;
        for (int i = 1; i <= 30; i++) {
            double t = 100.5 + 2 * i;
            Decision decision = next(state, keyframe(), t);
            state = decision.next();
            if (decision.reason() == GateReason.CLOSING) {
                boolean isFull = t < 130;
                lost += isFull ? 1 : 0;
                closing += isFull ? 0 : 1;
                state = isFull ? state.answered() : AutoAnswer.onLuma(state, NOTHING, at(t));
            }
        }
        assertThat(lost).as("small pictures that were dropped").isEqualTo(14);
        assertThat(closing)
                .as("small pictures until the rules have seen enough")
                .isEqualTo(5);
    }

    /** The same, with answers that come, but late: what the rules saw was too little in the time that the gate gave them. */
    @Test
    void emptinessIsWatchedUntilEnoughOfItWasSeenHoweverSlowlyAnswersCome() {
        AutoState state = left();
        List<Double> seen = new ArrayList<>();
        double answer = 0;
        for (double t = 102; t < 160; t += 0.5) {
            if (answer > 0 && t >= answer) {
                state = AutoAnswer.onLuma(state, NOTHING, at(t));
                seen.add(t);
                answer = 0;
            }
            Decision decision = next(state, t % 2 == 0 ? keyframe() : quiet(), t);
            state = decision.next();
            answer = decision.reason() == GateReason.CLOSING ? t + 4 : answer;
        }
        assertThat(seen).as("answers four seconds after they were asked for").hasSize(4);
    }

    @Test
    void emptinessThatNobodyEverSeesIsAskedForAMinute() {
        AutoState state = left();
        double last = 0;
        for (double t = 102; t < 300; t += 2) {
            Decision decision = next(state, keyframe(), t);
            state = decision.next().answered();
            last = decision.reason() == GateReason.CLOSING ? t : last;
        }
        assertThat(last).isEqualTo(158);
    }

    @Test
    void whatOnlyStirredAndWasNothingIsNotAskedForAnyLonger() {
        AutoState state = seen(next(shut(50, 5), active(), 100).next(), false, false, at(100.2));
        state = next(state, quiet(), 100.3).next();
        state = seen(next(state, quiet(), 100.7).next(), false, false, at(100.8));
        double last = 0;
        for (double t = 102; t < 300; t += 2) {
            Decision decision = next(state, keyframe(), t);
            state = decision.next().answered();
            last = decision.reason() == GateReason.CLOSING ? t : last;
        }
        assertThat(last).isLessThan(110);
    }

    /** Somebody was there at 100, and half a second later no more. */
    private static AutoState left() {
        AutoState state = next(shut(50, 5), active(), 100).next();
        state = seen(state, true, false, at(100));
        return seen(next(state, quiet(), 100.5).next(), false, false, at(100.5));
    }

    @Test
    void aSampleThatIsMissedWhileNothingIsExpectedChangesNoPace() {
        AutoState state = next(shut(50, 61), keyframe(), 100).next();
        assertThat(state.asked().awaited()).isEqualTo(AutoState.Awaited.LUMA);
        assertThat(state.answered().stay()).isEqualTo(state.stay());
        assertThat(next(state.answered(), keyframe(), 102).reason()).isEqualTo(GateReason.QUIET);
    }

    @Test
    void whoeverTheDetectorOverlookedOnceIsLookedForAgain() {
        AutoState state = next(shut(50, 5), active(), 100).next();
        state = seen(state, true, false, at(100));
        state = seen(next(state, quiet(), 100.5).next(), false, false, at(100.5));
        state = AutoAnswer.onLuma(next(state, keyframe(), 102).next(), MOVED, at(102.1));
        Decision again = next(state, quiet(), 102.1);
        assertThat(again.reason()).isEqualTo(GateReason.LUMA);
        assertThat(again.next().stay().empty()).as("looks that found nothing").isEqualTo(1);
        assertThat(seen(again.next(), true, false, at(102.2)).stay().sinceNanos())
                .as("the same stay")
                .isEqualTo(at(100));
    }

    @Test
    void aCameraThatIsStillActiveIsLookedAtUntilTheRulesHaveSeenEnough() {
        AutoState state = next(shut(50, 5), active(), 100).next();
        state = seen(state, true, false, at(100));
        state = next(state, active(), 100.1).next();
        for (int i = 1; i <= 17; i++) {
            state = seen(state, false, false, at(100 + i / 2.0));
            assertThat(state.phase()).as("after %s half seconds", i).isEqualTo(Phase.OPEN);
        }
        assertThat(seen(state, false, false, at(109)).phase()).isEqualTo(Phase.RESTLESS);
    }

    @Test
    void whatMovesAndIsNothingIsLookedAtEveryTwoSecondsUntilItIsCalm() {
        AutoState state = next(shut(50, 5), active(), 100).next();
        state = next(state, active(), 100.1).next();
        for (int i = 0; i < 3; i++) {
            state = seen(state, false, false, at(101 + i / 10.0));
        }
        assertThat(state.phase()).isEqualTo(Phase.RESTLESS);
        int looks = 0;
        for (double t = 102; t < 122; t += 1 / 15.0) {
            Decision decision = next(state, active(), t);
            state = decision.next();
            if (decision.reason().isOpen()) {
                assertThat(decision.reason()).isEqualTo(GateReason.RESTLESS);
                looks++;
                state = seen(state, false, false, at(t));
            }
        }
        assertThat(looks).isBetween(9, 11);
        state = next(state, quiet(), 122).next();
        assertThat(next(state, quiet(), 125).next().phase()).isEqualTo(Phase.RESTLESS);
        assertThat(next(state, quiet(), 127).next().phase()).isEqualTo(Phase.SHUT);
        assertThat(seen(state, true, false, at(122.1)).phase())
                .as("somebody among the leaves")
                .isEqualTo(Phase.OPEN);
    }

    @Test
    void whatHasNotMovedForAMinuteIsLookedAtByTheClock() {
        AutoState state = next(shut(50, 5), active(), 100).next();
        state = next(state, quiet(), 100.1).next();
        double t = 100.2;
        while (state.phase() == Phase.OPEN && t < 300) {
            state = seen(next(state, quiet(), t).next(), true, true, at(t));
            t += 2;
        }
        assertThat(t).as("until it sleeps").isBetween(140.0, 180.0);
        assertThat(state.isSettled()).isTrue();
        Decision look = next(state, quiet(), t + 40);
        assertThat(look.reason()).isEqualTo(GateReason.TIMETABLE);
        assertThat(seen(look.next(), true, true, at(t + 40)).isSettled()).isTrue();
        assertThat(seen(look.next(), true, false, at(t + 40)).phase()).isEqualTo(Phase.OPEN);
        assertThat(seen(look.next(), false, false, at(t + 40)).isSettled()).isFalse();
    }
}
