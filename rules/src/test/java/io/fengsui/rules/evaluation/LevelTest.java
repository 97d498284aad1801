package io.fengsui.rules.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Quality;
import io.fengsui.rules.CompiledRule;
import io.fengsui.rules.Finding;
import io.fengsui.rules.RuleCheck;
import io.fengsui.rules.RuleInput;
import io.fengsui.rules.RuleReason;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LevelTest {
    /** Limit 3, clear below 2.8: one letter a reading, b begins, e ends, . nothing. */
    @ParameterizedTest
    @CsvSource({
        "2 3 3.1,              ..b",
        "3.1 3.0 2.9 2.8 2.79, b...e",
        "3.1 2.9 3.1 2.9 3.2,  b....",
        "3.1 2.7 2.9 3.01,     be.b",
        "2.9 2.9 2.9,          ...",
        "-5 100 -5,            .be",
    })
    void hasHysteresis(String values, String expected) {
        assertThat(letters(Scripted.above(3, 2.8, Duration.ZERO, ""), values)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1.1 1 0.9 1 1.1 1.2 1.21, ..b...e", "0.5 2, be"})
    void hasHysteresisDownwards(String values, String expected) {
        assertThat(letters(Scripted.below(1, 1.2), values)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"3.1 3 3.1, beb", "3 2 3, ..."})
    void worksWithoutHysteresis(String values, String expected) {
        assertThat(letters(Scripted.above(3, 3, Duration.ZERO, ""), values)).isEqualTo(expected);
    }

    @Test
    void neitherBeginsNorEndsOnABadReading() {
        Scripted run = new Scripted(Scripted.above(3, 2.8, Duration.ZERO, ""));
        run.reading(0, 9, Quality.BAD, false);
        assertThat(run.lastReason).isEqualTo(RuleReason.BAD_QUALITY);
        run.reading(1, 9, Quality.UNCERTAIN, false);
        run.reading(2, 0, Quality.BAD, false);
        assertThat(run.brief()).containsExactly("BEGUN ABOVE");
    }

    @Test
    void waitsForTheHoldWithoutAnotherReading() {
        Scripted run = new Scripted(Scripted.above(3, 2.8, Duration.ofSeconds(30), ""));
        run.reading(0, 3.5);
        run.tickUntil(29.9);
        assertThat(run.brief()).isEmpty();
        run.tickUntil(40);
        assertThat(run.brief()).containsExactly("BEGUN ABOVE");
        assertThat(run.told.getFirst().second()).isEqualTo(30);
    }

    @Test
    void startsTheHoldAgainAfterAReadingWithin() {
        Scripted run = new Scripted(Scripted.above(3, 2.8, Duration.ofSeconds(30), ""));
        run.reading(0, 3.5);
        run.reading(20, 2.95);
        run.reading(25, 3.5);
        run.tickUntil(54);
        assertThat(run.brief()).isEmpty();
        run.tickUntil(56);
        assertThat(run.brief()).containsExactly("BEGUN ABOVE");
    }

    @Test
    void carriesAHoldAcrossAReboot() {
        Scripted run = new Scripted(Scripted.above(3, 2.8, Duration.ofSeconds(30), ""));
        run.reading(0, 3.5);
        run.reboot(20, ClockQuality.SYNCED);
        run.input(20, new RuleInput.Tick());
        assertThat(run.brief()).isEmpty();
        run.tickUntil(35);
        assertThat(run.told.getFirst().second()).isEqualTo(30);
    }

    @Test
    void goesUpAndDownItsSteps() {
        Scripted run = new Scripted(Scripted.above(
                3,
                2.8,
                Duration.ZERO,
                "",
                new RuleCheck.Step(3.5, Severity.MAJOR),
                new RuleCheck.Step(4, Severity.CRITICAL)));
        double t = 0;
        for (double value : new double[] {3.2, 3.6, 4.5, 3.9, 3.7, 3.2, 2.9, 2.7}) {
            run.reading(t++, value);
        }
        assertThat(run.told)
                .extracting(
                        told -> told.finding().change() + " " + told.finding().severity())
                .containsExactly(
                        "BEGUN MINOR",
                        "UPDATED MAJOR",
                        "UPDATED CRITICAL",
                        "UPDATED MAJOR",
                        "UPDATED MINOR",
                        "ENDED MINOR");
    }

    @Test
    void beginsAtTheStepThatTheFirstReadingIsOn() {
        Scripted run =
                new Scripted(Scripted.above(3, 3, Duration.ZERO, "", new RuleCheck.Step(3.5, Severity.CRITICAL)));
        run.reading(0, 9);
        assertThat(run.told.getFirst().finding().severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void knowsTheRateOfRise() {
        Scripted run = new Scripted(Scripted.above(0, 0, Duration.ZERO, "rate * 60.0 > 0.05"));
        run.reading(0, 1.0);
        run.reading(60, 1.04);
        assertThat(run.brief()).isEmpty();
        run.reading(120, 1.10);
        assertThat(run.brief()).containsExactly("BEGUN ABOVE");
    }

    @Test
    void comparesARetainedReadingWithWhatIsKnown() {
        Scripted unknown = new Scripted(Scripted.active(Duration.ZERO, Duration.ZERO));
        unknown.reading(0, 1, Quality.GOOD, true);
        assertThat(unknown.told.getFirst().finding().attributes()).containsEntry("age", "unknown");

        Scripted same = new Scripted(Scripted.active(Duration.ZERO, Duration.ZERO));
        same.reading(0, 1);
        same.reading(1, 1, Quality.GOOD, true);
        assertThat(same.lastReason).isEqualTo(RuleReason.RETAINED_SAME);
        assertThat(same.brief()).containsExactly("BEGUN ACTIVE");

        Scripted changed = new Scripted(Scripted.active(Duration.ZERO, Duration.ZERO));
        changed.reading(0, 0);
        changed.restart();
        changed.reading(1, 1, Quality.GOOD, true);
        assertThat(changed.brief()).containsExactly("BEGUN ACTIVE");
        assertThat(changed.told.getFirst().finding().attributes()).doesNotContainKey("age");
    }

    @Test
    void endsAButtonAfterItsOffDelay() {
        Scripted run = new Scripted(Scripted.active(Duration.ZERO, Duration.ofSeconds(30)));
        run.reading(0, 1);
        run.reading(20, 1);
        run.tickUntil(49);
        assertThat(run.brief()).containsExactly("BEGUN ACTIVE");
        run.tickUntil(51);
        assertThat(run.brief()).containsExactly("BEGUN ACTIVE", "ENDED OFF_DELAY");
        run.reading(60, 1);
        assertThat(run.brief()).hasSize(3);
    }

    @Test
    void saysThatItIsStillSoWhileASensorIsSilent() {
        Scripted run = new Scripted(Scripted.active(Duration.ZERO, Duration.ZERO));
        run.reading(0, 1);
        run.tickUntil(1000);
        assertThat(run.brief())
                .containsExactly("BEGUN ACTIVE", "UPDATED STILL_SO", "UPDATED STILL_SO", "UPDATED STILL_SO");
    }

    private static String letters(CompiledRule rule, String values) {
        Scripted run = new Scripted(rule);
        StringBuilder letters = new StringBuilder();
        List<String> numbers = Arrays.asList(values.trim().split(" "));
        for (int i = 0; i < numbers.size(); i++) {
            int before = run.told.size();
            run.reading(i, Double.parseDouble(numbers.get(i)));
            letters.append(
                    run.told.size() == before
                            ? "."
                            : run.told.getLast().finding().change() == Finding.Change.BEGUN ? "b" : "e");
        }
        return letters.toString();
    }
}
