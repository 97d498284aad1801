package io.fengsui.edge.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccusationsTest {
    private final Accusations accusations = new Accusations();
    private final List<Quarantine> told = new ArrayList<>();
    private long now = -3;

    private void step(String step) {
        switch (step) {
            case "x" -> accusations.accuse("a", now).ifPresent(told::add);
            case "ok" -> accusations.absolve("a").ifPresent(told::add);
            default -> {
                now += Duration.ofSeconds(Long.parseLong(step)).toNanos();
                told.addAll(accusations.pass(now));
            }
        }
    }

    /** x: a worker ended with its pictures; ok: a job of it was answered; a number: seconds pass. */
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
    void aForgottenCameraComesBackWithACleanSheet() {
        List.of("x", "x", "x").forEach(this::step);
        accusations.forget("a");
        assertThat(accusations.isQuarantined("a", now)).isFalse();
        List.of("9999", "x", "x").forEach(this::step);
        assertThat(told).hasSize(1);
    }
}
