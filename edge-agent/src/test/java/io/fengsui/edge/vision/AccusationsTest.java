package io.fengsui.edge.vision;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.vision.Charge.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccusationsTest {
    private final Accusations accusations = new Accusations();
    private final List<Quarantine> told = new ArrayList<>();
    private final List<String> tried = new ArrayList<>();
    private long now = -3;

    private void step(String step) {
        switch (step) {
            case "x" -> accusations.accuse("a", Work.DETECTION, now).ifPresent(told::add);
            case "xs" -> accusations.accuse("a", Work.PICTURE, now).ifPresent(told::add);
            case "ok" -> accusations.survived("a", Work.DETECTION, true, now).ifPresent(told::add);
            case "small" -> accusations.survived("a", Work.PICTURE, true, now).ifPresent(told::add);
            case "skip" -> accusations.survived("a", Work.DETECTION, false, now).ifPresent(told::add);
            case "model" -> tried.addAll(accusations.reopenAll(now));
            default -> {
                now += Duration.ofSeconds(Long.parseLong(step)).toNanos();
                Accusations.Passed passed = accusations.pass(now);
                told.addAll(passed.ended());
                tried.addAll(passed.tried());
            }
        }
    }

    /**
     * x: a worker ended at a look of it, xs: at a small picture; ok: a look was answered, small: a small picture came; skip: a look of
     * which no picture came; model: another model serves; a number: seconds pass.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x x                   | LOOKED_AT | ''",
                "x x ok x x            | LOOKED_AT | ''",
                "x 9999 x              | LOOKED_AT | ''",
                "x x x                 | LEFT_OUT  | workers_crashed",
                "x x x x               | LEFT_OUT  | workers_crashed",
                "x x x 599             | LEFT_OUT  | workers_crashed",
                "x x 599 x 599         | LEFT_OUT  | workers_crashed",
                "x x x 599 ok          | LOOKED_AT | workers_crashed decoded",
                "x x x 600             | TRIED     | workers_crashed",
                "x x x 659             | TRIED     | workers_crashed",
                "x x x 600 ok          | LOOKED_AT | workers_crashed decoded",
                "x x x 600 ok x x      | LOOKED_AT | workers_crashed decoded",
                "x x x 600 x           | LEFT_OUT  | workers_crashed",
                "x x x 600 x 599       | LEFT_OUT  | workers_crashed",
                "x x x 600 x 600 ok    | LOOKED_AT | workers_crashed decoded",
                "x x x 660             | LOOKED_AT | workers_crashed untried",
                "x x x 9999            | LOOKED_AT | workers_crashed untried",
                "x x x 660 x           | LEFT_OUT  | workers_crashed untried workers_crashed",
                "x x x 660 ok x x      | LOOKED_AT | workers_crashed untried",
                // What shows less than what ended the workers excuses nobody.
                "x x small x           | LEFT_OUT  | workers_crashed",
                "xs x small x          | LEFT_OUT  | workers_crashed",
                "xs xs small xs        | LOOKED_AT | ''",
                "xs xs xs 600 small    | LOOKED_AT | workers_crashed decoded",
                "x x x 600 small       | TRIED     | workers_crashed",
                "x x x 600 small 60    | LOOKED_AT | workers_crashed untried",
                "x x skip x            | LOOKED_AT | ''",
                "x x x skip            | LEFT_OUT  | workers_crashed",
                // It harms no worker, and nobody sees anything.
                "x x x 600 skip        | TRIED     | workers_crashed",
                "x x x 600 50 skip 50  | TRIED     | workers_crashed",
                "x x x 600 skip ok     | LOOKED_AT | workers_crashed decoded",
                "x x x 600 skip x      | LEFT_OUT  | workers_crashed",
                "x x model x           | LOOKED_AT | ''",
                "x x x model           | TRIED     | workers_crashed",
                "x x x model ok        | LOOKED_AT | workers_crashed decoded",
                "x x x model x 599     | LEFT_OUT  | workers_crashed",
            })
    void leavesACameraOutAfterThreeDeathsInARowAndTriesItAgain(String steps, String how, String said) {
        List.of(steps.strip().split(" ")).forEach(this::step);
        assertThat(String.join(" ", told.stream().map(q -> q.cause().label()).toList()))
                .isEqualTo(said);
        assertThat(accusations.isQuarantined("a", now)).isEqualTo(how.equals("LEFT_OUT"));
        assertThat(accusations.blindUntil("a", now).isPresent()).isEqualTo(!how.equals("LOOKED_AT"));
        assertThat(accusations.isQuarantined("b", now)).isFalse();
        assertThat(accusations.blindUntil("b", now)).isEmpty();
    }

    @Test
    void saysUntilWhenACameraIsLeftOut() {
        List.of("x", "x", "100", "x", "50").forEach(this::step);
        assertThat(accusations.blindUntil("a", now))
                .hasValue(now + Duration.ofSeconds(550).toNanos());
        step("560");
        assertThat(accusations.blindUntil("a", now))
                .as("it is tried again")
                .hasValue(now - Duration.ofSeconds(10).toNanos());
    }

    @Test
    void saysHowManyWorkersEndedAndWhatFollows() {
        List.of("x", "x", "x").forEach(this::step);
        assertThat(told).singleElement().satisfies(quarantine -> {
            assertThat(quarantine.isBegun()).isTrue();
            assertThat(quarantine.deaths()).isEqualTo(3);
            assertThat(quarantine.detail()).contains("3 vision workers", "10 min");
        });
    }

    @Test
    void asksOnceForTheLookThatIsTheTry() {
        List.of("x", "x", "x", "599").forEach(this::step);
        assertThat(tried).isEmpty();
        List.of("1", "1", "1").forEach(this::step);
        assertThat(tried).containsExactly("a");
        List.of("x", "599").forEach(this::step);
        assertThat(tried).containsExactly("a");
        step("model");
        assertThat(tried).containsExactly("a", "a");
    }

    @Test
    void saysWhyNothingIsDoneWithItsPictures() {
        List.of("x", "x").forEach(this::step);
        assertThat(accusations.refusal("a", now)).isEmpty();
        List.of("x", "50").forEach(this::step);
        assertThat(accusations.refusal("a", now))
                .hasValueSatisfying(why -> assertThat(why).contains("3 vision workers", "tried again in 550 s"));
        assertThat(accusations.refusal("b", now)).isEmpty();
        step("550");
        assertThat(accusations.refusal("a", now)).as("it is tried").isEmpty();
    }

    @Test
    void aCameraThatMayBeMendedIsTriedAtOnce() {
        List.of("x", "x").forEach(this::step);
        assertThat(accusations.reopen("a", now)).as("it is looked at").isFalse();
        List.of("x", "x", "x").forEach(this::step);
        assertThat(accusations.reopen("a", now)).isTrue();
        assertThat(accusations.reopen("b", now)).isFalse();
        assertThat(accusations.isQuarantined("a", now)).isFalse();
        assertThat(accusations.blindUntil("a", now))
                .as("nobody has seen it yet")
                .isPresent();
    }

    @Test
    void aForgottenCameraComesBackWithACleanSheet() {
        List.of("x", "x", "x").forEach(this::step);
        accusations.forget("a");
        assertThat(accusations.isQuarantined("a", now)).isFalse();
        List.of("9999", "x", "x").forEach(this::step);
        assertThat(told).hasSize(1);
    }
}
