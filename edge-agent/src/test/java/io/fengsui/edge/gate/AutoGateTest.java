package io.fengsui.edge.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fengsui.edge.gate.AutoGate.Decision;
import io.fengsui.edge.gate.AutoGate.Sight;
import io.fengsui.edge.gate.AutoGate.Unit;
import io.fengsui.edge.gate.AutoState.Asked;
import io.fengsui.edge.gate.AutoState.Awaited;
import io.fengsui.edge.gate.AutoState.Marks;
import io.fengsui.edge.gate.AutoState.Phase;
import io.fengsui.edge.gate.AutoState.Stay;
import io.fengsui.edge.gate.GateSettings.Interest;
import io.fengsui.edge.gate.GateSettings.Pace;
import io.fengsui.edge.gate.admission.Surge;
import io.fengsui.edge.gate.luma.LumaChange;
import io.fengsui.edge.gate.size.SizeWatch.Activity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AutoGateTest {
    private static final LumaChange MOVED = new LumaChange(LumaChange.Kind.LOCAL, 0, 5);
    private static final LumaChange NOTHING = new LumaChange(LumaChange.Kind.NOTHING, 0, 0);
    private static final long NO_AUDIT = Long.MAX_VALUE / 2;

    private static GateSettings settings(Duration timetable) {
        Pace pace = new Pace(Duration.ofSeconds(9), Duration.ofSeconds(5));
        return GateSettings.of("auto", Duration.ZERO).with(new Interest(Set.of(), timetable, 0.01, pace, List.of()));
    }

    private static long at(double seconds) {
        return (long) (seconds * 1e9);
    }

    private static AutoState shut(double sinceLook, double sinceSample) {
        return new AutoState(
                Phase.SHUT,
                0,
                new Asked(at(100 - sinceLook), at(100 - sinceSample), NO_AUDIT, Awaited.NOTHING, 0),
                new Marks(false, false, false),
                Stay.NONE);
    }

    /** What a sleeping camera does at second 100. */
    @ParameterizedTest
    @CsvSource({
        // key, activity, trusted, surge, since look, since sample, timetable -> reason
        "true,  QUIET,    false, NONE,     50, 2,   0,  SAMPLE",
        "true,  QUIET,    false, NONE,     50, 0.5, 0,  QUIET",
        "false, QUIET,    false, NONE,     50, 2,   0,  QUIET",
        "false, QUIET,    false, NONE,     50, 2.5, 0,  SAMPLE",
        "false, LEARNING, false, NONE,     50, 2.5, 0,  SAMPLE",
        "true,  QUIET,    true,  NONE,     50, 50,  0,  QUIET",
        "true,  QUIET,    true,  NONE,     50, 60,  0,  CHECK",
        "false, QUIET,    true,  NONE,     50, 90,  0,  QUIET",
        "false, QUIET,    true,  NONE,     50, 120, 0,  CHECK",
        "false, ACTIVE,   true,  NONE,     50, 1,   0,  SIZE",
        "false, ACTIVE,   false, NONE,     50, 1,   0,  SIZE",
        "false, ACTIVE,   true,  ADMITTED, 50, 1,   0,  SURGE",
        "false, ACTIVE,   true,  WAITS,    50, 1,   0,  QUEUED",
        "false, QUIET,    true,  NONE,     9,  1,   10, QUIET",
        "false, QUIET,    true,  NONE,     10, 1,   10, TIMETABLE",
        "false, ACTIVE,   true,  NONE,     10, 1,   10, SIZE",
    })
    void asleep(
            boolean isKeyframe,
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
                new Unit(isKeyframe, activity, isTrusted, surge, true),
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

    private static AutoState seen(AutoState state, boolean isRelevant, boolean isSteady, long now) {
        Sight sight = isRelevant ? new Sight(true, isSteady, false, true) : Sight.NOTHING;
        return AutoGate.onSeen(settings(Duration.ZERO), state, sight, now);
    }

    private static Unit quiet() {
        return new Unit(false, Activity.QUIET, true, Surge.NONE, true);
    }

    private static Unit keyframe() {
        return new Unit(true, Activity.QUIET, true, Surge.NONE, true);
    }

    private static Unit active() {
        return new Unit(false, Activity.ACTIVE, true, Surge.NONE, true);
    }

    private static Decision next(AutoState state, Unit unit, double seconds) {
        return AutoGate.onUnit(settings(Duration.ZERO), state, unit, at(seconds));
    }

    private static Unit begun(boolean mayBeginFirst) {
        return new Unit(true, Activity.LEARNING, false, Surge.NONE, mayBeginFirst);
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
        AutoState asked = next(shut(50, 5), new Unit(true, Activity.QUIET, false, Surge.NONE, true), 100)
                .next();
        AutoState moved = AutoGate.onLuma(asked, MOVED);
        Decision look = next(moved, quiet(), 100.1);
        assertThat(look.reason()).isEqualTo(GateReason.LUMA);
        assertThat(look.next().phase()).isEqualTo(Phase.OPEN);
        assertThat(next(AutoGate.onLuma(asked, NOTHING), quiet(), 100.1).reason())
                .isEqualTo(GateReason.QUIET);
    }

    /** Looks at somebody who walks about from second 100 on, and when they were. */
    private static List<Double> looksAtAWalker(double until) {
        AutoState state = next(shut(50, 5), active(), 100).next();
        state = seen(state, true, false, at(100));
        List<Double> looks = new ArrayList<>();
        for (int i = 1; 100 + i / 15.0 < until; i++) {
            double t = 100 + i / 15.0;
            Decision decision =
                    next(state, i % 30 == 0 ? new Unit(true, Activity.ACTIVE, true, Surge.NONE, true) : active(), t);
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
                AutoGate.onSeen(settings(Duration.ZERO), open, new Sight(true, false, true, false), at(100.05));
        assertThat(next(doubtful, active(), 100.15).reason()).isEqualTo(GateReason.NOT_DUE);
        Decision again = next(doubtful, active(), 100.2);
        assertThat(again.reason()).isEqualTo(GateReason.CONFIRM);
        AutoState twice = AutoGate.onSeen(
                settings(Duration.ZERO), again.next(), new Sight(true, false, false, false), at(100.25));
        assertThat(next(twice, active(), 100.45).reason()).isEqualTo(GateReason.NOT_DUE);
    }

    @Test
    void somebodyMoreMakesTheRulesUndecidedAgain() {
        AutoState state = next(shut(50, 5), active(), 100).next();
        state = seen(state, true, false, at(100));
        assertThat(next(state, active(), 110).next().stay().sinceNanos()).isEqualTo(at(100));
        state = AutoGate.onSeen(settings(Duration.ZERO), state, new Sight(true, false, true, true), at(110));
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
            Decision decision = next(state, keyframe(), 100.5 + 2 * i);
            state = decision.next();
            if (decision.reason() == GateReason.CLOSING) {
                closing++;
                state = AutoGate.onLuma(state, NOTHING);
            } else {
                assertThat(decision.reason()).isEqualTo(GateReason.QUIET);
            }
        }
        assertThat(closing)
                .as("small pictures in the nine seconds after the last find")
                .isEqualTo(4);
    }

    @Test
    void whoeverTheDetectorOverlookedOnceIsLookedForAgain() {
        AutoState state = next(shut(50, 5), active(), 100).next();
        state = seen(state, true, false, at(100));
        state = seen(next(state, quiet(), 100.5).next(), false, false, at(100.5));
        state = AutoGate.onLuma(next(state, keyframe(), 102).next(), MOVED);
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
        assertThat(next(AutoGate.onMissed(state), active(), 100.6).reason()).isEqualTo(GateReason.FOLLOW);
    }

    /** Whatever comes, a camera that sleeps untrusted has a look within a few seconds, and nothing is asked twice. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void neverSleepsForLong(long seed) {
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
                    random.nextInt(3) == 0);
            Awaited before = state.asked().awaited();
            Decision decision = next(state, unit, t);
            if (decision.reason().isOpen()) {
                lastOpen = t;
            } else {
                assertThat(decision.next().asked().awaited()).isEqualTo(before);
            }
            assertThat(t - lastOpen).as("seconds without a look").isLessThan(6);
            state = decision.reason() == GateReason.AUDIT ? decision.next().nextAudit(at(t + 20)) : decision.next();
            switch (random.nextInt(12)) {
                case 0 -> state = seen(state, random.nextInt(3) == 0, random.nextBoolean(), at(t));
                case 1 -> state = AutoGate.onLuma(state, random.nextInt(3) == 0 ? MOVED : NOTHING);
                case 2 -> state = AutoGate.onMissed(state);
                default -> {}
            }
        }
    }
}
