package io.fengsui.rules.evaluation;

import static io.fengsui.rules.evaluation.Scripted.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Name;
import io.fengsui.rules.CompiledRule;
import io.fengsui.rules.LineCheck;
import io.fengsui.rules.RuleCheck;
import io.fengsui.rules.RuleDefinition;
import io.fengsui.rules.RuleInput;
import io.fengsui.rules.condition.Condition;
import io.fengsui.rules.geometry.Point;
import io.fengsui.rules.geometry.Travels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Crowds, lines, what is left alone, size and displacement: the same at any rate and across a restart. */
class PictureChecksTest {
    private static CompiledRule rule(RuleCheck check) {
        return new CompiledRule(
                new RuleDefinition(
                        "r", Name.NONE, new EventKind("safety.x"), Severity.MINOR, Duration.ZERO, true, check),
                "cam",
                null);
    }

    private static RuleCheck.ObjectFilter filter(RuleCheck.Shape shape, String... labels) {
        return new RuleCheck.ObjectFilter(List.of(), "", List.of(labels), 0.4, shape, Condition.ALWAYS);
    }

    private static CompiledRule line(LineCheck.Direction direction, Duration coolDown) {
        return rule(new LineCheck(
                filter(RuleCheck.Shape.ANY, "person"), new Point(0.5, 0.9), new Point(0.5, 0.3), direction, coolDown));
    }

    /** Plays pictures at a rate; a restart of the process in the middle gives tracks other numbers. */
    private static void play(
            Scripted run, double rate, double length, double restartAt, BiFunction<Double, Long, List<Detection>> at) {
        boolean isRestarted = false;
        for (int i = 0; i <= length * rate; i++) {
            double second = i / rate;
            if (!isRestarted && second >= restartAt) {
                isRestarted = true;
                run.restart();
            }
            long shift = isRestarted ? 100 : 0;
            run.picture(second, at.apply(second, shift).toArray(Detection[]::new));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,99", "5,99", "15,99", "1,10", "5,10", "15,10", "5,9.7", "15,10.3"})
    void aLineIsCrossedOnceHoweverOftenOneLooksAndWheneverItRestarts(double rate, double restartAt) {
        Scripted run = new Scripted(line(LineCheck.Direction.BOTH, Duration.ZERO));
        play(
                run,
                rate,
                20,
                restartAt,
                (t, shift) -> List.of(object("person", 0.1 + t * 0.04, 0.6, 0.08, 0.25, 1 + shift)));
        assertThat(run.brief()).containsExactly("HAPPENED CROSSED");
        assertThat(run.told.getFirst().finding().attributes()).containsEntry("direction", "left-to-right");
    }

    @Test
    void onlyTheWantedDirectionIsTold() {
        Scripted run = new Scripted(line(LineCheck.Direction.RIGHT_TO_LEFT, Duration.ZERO));
        play(run, 5, 20, 99, (t, s) -> List.of(object("person", 0.1 + t * 0.04, 0.6, 0.08, 0.25, 1)));
        assertThat(run.brief()).isEmpty();
        play(run, 5, 20, 99, (t, s) -> List.of(object("person", 0.9 - t * 0.04, 0.6, 0.08, 0.25, 2)));
        assertThat(run.told).isEmpty();
        Scripted back = new Scripted(line(LineCheck.Direction.RIGHT_TO_LEFT, Duration.ZERO));
        play(back, 5, 20, 99, (t, s) -> List.of(object("person", 0.9 - t * 0.04, 0.6, 0.08, 0.25, 2)));
        assertThat(back.brief()).containsExactly("HAPPENED CROSSED");
    }

    @Test
    void whoPassesTheEndOfTheLineOrTurnsBackDoesNotCross() {
        Scripted run = new Scripted(line(LineCheck.Direction.BOTH, Duration.ZERO));
        play(run, 5, 20, 99, (t, s) -> List.of(object("person", 0.1 + t * 0.04, 0.2, 0.08, 0.15, 1)));
        play(run, 5, 40, 99, (t, s) -> List.of(object("person", 0.3 + 0.19 * Math.sin(t / 4), 0.6, 0.08, 0.25, 2)));
        assertThat(run.brief()).isEmpty();
    }

    @Test
    void crossingsSoonAfterOneThatWasToldAreCounted() {
        Scripted run = new Scripted(line(LineCheck.Direction.BOTH, Duration.ofMinutes(1)));
        for (int i = 0; i < 4; i++) {
            int from = i * 25;
            long track = i + 1L;
            for (int p = 0; p <= 100; p++) {
                run.picture(from + p / 5.0, object("person", 0.1 + p * 0.008, 0.6, 0.08, 0.25, track));
            }
        }
        assertThat(run.brief()).hasSize(2);
        assertThat(run.told.getLast().finding().attributes()).containsEntry("count", "3");
    }

    @ParameterizedTest
    @CsvSource({"1,99", "5,99", "15,99", "5,20"})
    void aCrowdIsToldWhenItHasStayed(double rate, double restartAt) {
        Scripted run = new Scripted(rule(new RuleCheck.Dwell(
                filter(RuleCheck.Shape.ANY, "person"), Duration.ofSeconds(10), Duration.ofSeconds(5), 3, 4)));
        play(run, rate, 60, restartAt, (t, shift) -> {
            int count = t < 10 ? 3 : t < 40 ? 5 : 2;
            return IntStream.range(0, count)
                    .mapToObj(i -> object("person", 0.1 + i * 0.15, 0.6, 0.08, 0.25, i + 1 + shift))
                    .toList();
        });
        assertThat(run.brief()).containsExactly("BEGUN CROWDED", "ENDED LEFT");
        assertThat(run.told.getFirst().second()).isCloseTo(20, within(1 / rate + 1e-6));
        assertThat(run.told.getFirst().finding().attributes()).containsEntry("count", "5");
    }

    @ParameterizedTest
    @CsvSource({"1,99", "5,99", "15,99", "5,45"})
    void aBagIsLeftAloneFromWhenItsOwnerWent(double rate, double restartAt) {
        Scripted run = new Scripted(rule(new RuleCheck.Stopped(
                filter(RuleCheck.Shape.ANY, "suitcase"),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                3,
                0.3,
                new RuleCheck.Attendance(List.of("person"), 1.5))));
        play(run, rate, 100, restartAt, (t, shift) -> {
            List<Detection> seen = new ArrayList<>();
            seen.add(object("suitcase", 0.5, 0.6, 0.05, 0.08, 1 + shift));
            double owner = t < 20 ? 0.55 : 0.55 + (t - 20) * 0.1;
            if (owner < 0.95) {
                seen.add(object("person", owner, 0.62, 0.08, 0.25, 2 + shift));
            }
            return seen;
        });
        assertThat(run.brief()).containsExactly("BEGUN LEFT_ALONE");
        // The owner is gone beyond 1.5 lengths of 0.25 at 23.3 s.
        assertThat(run.told.getFirst().second()).isCloseTo(53.3, within(1 / rate + 0.5));
    }

    @Test
    void whatIsFoundUnderTwoNamesIsOneThing() {
        Scripted left = new Scripted(rule(new RuleCheck.Stopped(
                filter(RuleCheck.Shape.ANY, "suitcase", "handbag"),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                3,
                0.3,
                new RuleCheck.Attendance(List.of("person"), 1.5))));
        Scripted crowd = new Scripted(rule(new RuleCheck.Dwell(
                filter(RuleCheck.Shape.ANY, "car", "truck"), Duration.ofSeconds(10), Duration.ofSeconds(5), 3, 2)));
        play(
                left,
                5,
                20,
                99,
                (t, shift) -> List.of(
                        object("suitcase", 0.5, 0.6, 0.05, 0.08, 1), object("handbag", 0.502, 0.6, 0.05, 0.082, 2)));
        play(
                crowd,
                5,
                20,
                99,
                (t, shift) -> List.of(object("car", 0.5, 0.6, 0.3, 0.2, 1), object("truck", 0.505, 0.6, 0.3, 0.21, 2)));
        assertThat(left.brief()).containsExactly("BEGUN LEFT_ALONE");
        assertThat(left.told.getFirst().finding().attributes()).containsEntry("count", "1");
        assertThat(crowd.brief()).isEmpty();
    }

    @Test
    void anOwnerWhoComesBackEndsItAndThatIsWhatIsSaid() {
        Scripted run = new Scripted(rule(new RuleCheck.Stopped(
                filter(RuleCheck.Shape.ANY, "suitcase"),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                3,
                0.3,
                new RuleCheck.Attendance(List.of("person"), 1.5))));
        play(run, 5, 40, 99, (t, shift) -> {
            Detection bag = object("suitcase", 0.5, 0.6, 0.05, 0.08, 1);
            return t < 20 ? List.of(bag) : List.of(bag, object("person", 0.55, 0.62, 0.08, 0.25, 2));
        });
        assertThat(run.brief()).containsExactly("BEGUN LEFT_ALONE", "ENDED ATTENDED");
    }

    @Test
    void whatIsTooSmallOrTooLargeDoesNotCount() {
        Scripted run = new Scripted(rule(new RuleCheck.Dwell(
                filter(new RuleCheck.Shape(0.01, 0.1, 0), "person"), Duration.ofSeconds(5), Duration.ofSeconds(2), 3)));
        play(
                run,
                5,
                20,
                99,
                (t, s) -> List.of(object("person", 0.2, 0.6, 0.05, 0.1, 1), object("person", 0.6, 0.9, 0.5, 0.6, 2)));
        assertThat(run.brief()).isEmpty();
        play(run, 5, 20, 99, (t, s) -> List.of(object("person", 0.2, 0.6, 0.1, 0.3, 3)));
        assertThat(run.brief()).isEmpty();
        Scripted right = new Scripted(run.rule);
        play(right, 5, 20, 99, (t, s) -> List.of(object("person", 0.2, 0.6, 0.1, 0.3, 3)));
        assertThat(right.brief()).containsExactly("BEGUN DWELLED");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 5, 15})
    void aPosterIsNobodyAndWhoCameFromElsewhereIsSomebodyAlsoAfterARestart(double rate) {
        CompiledRule rule = rule(new RuleCheck.Dwell(
                filter(new RuleCheck.Shape(0, 1, 0.5), "person"), Duration.ofSeconds(10), Duration.ofSeconds(2), 3));
        Scripted poster = new Scripted(rule);
        Travels still = new Travels();
        Scripted walker = new Scripted(rule);
        Travels walked = new Travels();
        Travels afterRestart = new Travels();
        boolean isRestarted = false;
        for (int i = 0; i <= 40 * rate; i++) {
            double t = i / rate;
            List<Detection> hangs = List.of(object("person", 0.3, 0.6, 0.1, 0.3, 1));
            poster.input(t, new RuleInput.Sighting(hangs, still.update(hangs)));
            if (!isRestarted && t >= 12) {
                isRestarted = true;
                walker.restart();
            }
            List<Detection> comes =
                    List.of(object("person", Math.min(0.7, 0.1 + t * 0.1), 0.6, 0.1, 0.3, isRestarted ? 9 : 1));
            walker.input(t, new RuleInput.Sighting(comes, (isRestarted ? afterRestart : walked).update(comes)));
        }
        assertThat(poster.brief()).isEmpty();
        assertThat(walker.brief()).containsExactly("BEGUN DWELLED");
    }
}
