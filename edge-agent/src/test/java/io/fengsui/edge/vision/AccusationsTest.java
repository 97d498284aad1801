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
    private long stream = 1;

    private boolean isLeftOut(String camera) {
        return accusations.isLeftOut(camera, () -> stream, now);
    }

    private void step(String step) {
        switch (step) {
            case "x" -> accusations.accuse("a", Work.DETECTION, stream, now).ifPresent(told::add);
            case "xs" -> accusations.accuse("a", Work.PICTURE, stream, now).ifPresent(told::add);
            case "other" -> {
                stream++;
                isLeftOut("a");
            }
            case "former" -> {
                stream--;
                isLeftOut("a");
            }
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
     * which no picture came; model: another model serves; other, former: it sends the next stream, or the one before, and is looked at; a number:
     * seconds pass.
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
                // Each time it is left out for twice as long.
                "x x x 600 x 1199      | LEFT_OUT  | workers_crashed",
                "x x x 600 x 1200      | TRIED     | workers_crashed",
                "x x x 600 x 1200 ok   | LOOKED_AT | workers_crashed decoded",
                "x x x 600 x 1200 x 2399 | LEFT_OUT | workers_crashed",
                "x x x 600 x 1200 x 2400 | TRIED    | workers_crashed",
                // One that was on its way when it was left out is no further time.
                "x x x x 599 600       | LOOKED_AT | workers_crashed untried",
                "x x x 660 x 1199      | LEFT_OUT  | workers_crashed untried workers_crashed",
                // So it is when it was looked at well for a while.
                "x x x 600 ok 3599 x x x 1199 | LEFT_OUT | workers_crashed decoded workers_crashed",
                "x x x 600 ok 3599 x x x 1200 | TRIED    | workers_crashed decoded workers_crashed",
                "x x x 600 ok 3600 x x x 599  | LEFT_OUT | workers_crashed decoded workers_crashed",
                "x x x 600 ok 3600 x x x 600  | TRIED    | workers_crashed decoded workers_crashed",
                "x x x 600 ok 3000 ok 599 x x x 1199 | LEFT_OUT | workers_crashed decoded workers_crashed",
                "x x x 600 ok 3000 x ok 3599 x x x 1199 | LEFT_OUT | workers_crashed decoded workers_crashed",
                "x x x 600 ok 3000 x ok 3600 x x x 600  | TRIED    | workers_crashed decoded workers_crashed",
                // Who only was there does not have to do the harder thing to be cleared.
                "x x x 600 ok xs xs small xs | LOOKED_AT | workers_crashed decoded",
                // Another stream waits as long as the first time, and the waits begin anew.
                "x x x 600 x 599 other | LEFT_OUT  | workers_crashed",
                "x x x 600 x 599 other 1 | TRIED   | workers_crashed",
                "x x x 600 x 600 other | TRIED     | workers_crashed",
                "x x x 600 x 600 other ok x x x 1199 | LEFT_OUT | workers_crashed decoded workers_crashed",
                "x x x 600 x 600 other x 599 | LEFT_OUT | workers_crashed",
                "x x x 600 x 599 other former 1 | TRIED | workers_crashed",
                "x x x 600 x 599 other former x x x 599 | LEFT_OUT | workers_crashed",
                "x x x other           | LEFT_OUT  | workers_crashed",
                "x x other x           | LEFT_OUT  | workers_crashed",
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
                "x x x 600 x model x 600 | TRIED   | workers_crashed",
            })
    void leavesACameraOutAfterThreeDeathsInARowAndTriesItAgain(String steps, String how, String said) {
        List.of(steps.strip().split(" ")).forEach(this::step);
        assertThat(String.join(" ", told.stream().map(q -> q.cause().label()).toList()))
                .isEqualTo(said);
        assertThat(isLeftOut("a")).isEqualTo(how.equals("LEFT_OUT"));
        assertThat(accusations.blindUntil("a", now).isPresent()).isEqualTo(!how.equals("LOOKED_AT"));
        assertThat(isLeftOut("b")).isFalse();
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
    void waitsTwiceAsLongEachTimeAndNeverLongerThanFourHours() {
        List.of("x", "x", "x").forEach(this::step);
        List<Long> minutes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            long wait = accusations.blindUntil("a", now).orElseThrow() - now;
            minutes.add(Duration.ofNanos(wait).toMinutes());
            now += wait;
            step("x");
        }
        assertThat(minutes.subList(0, 7)).containsExactly(10L, 20L, 40L, 80L, 160L, 240L, 240L);
        assertThat(minutes.getLast()).isEqualTo(240);
    }

    @Test
    void readsWhatACameraSendsOnlyWhereItMatters() {
        List.of("x", "x").forEach(this::step);
        assertThat(accusations.isLeftOut(
                        "a",
                        () -> {
                            throw new IllegalStateException("nobody asked");
                        },
                        now))
                .isFalse();
    }

    @Test
    void saysHowManyWorkersEndedAndWhatFollows() {
        List.of("x", "x", "x").forEach(this::step);
        assertThat(told).singleElement().satisfies(quarantine -> {
            assertThat(quarantine.isBegun()).isTrue();
            assertThat(quarantine.deaths()).isEqualTo(3);
            assertThat(quarantine.detail()).contains("3 vision workers", "for 10 min", "up to 4 h");
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
        assertThat(isLeftOut("a")).isFalse();
        assertThat(accusations.blindUntil("a", now))
                .as("nobody has seen it yet")
                .isPresent();
    }

    @Test
    void aForgottenCameraComesBackWithACleanSheet() {
        List.of("x", "x", "x").forEach(this::step);
        accusations.forget("a");
        assertThat(isLeftOut("a")).isFalse();
        List.of("9999", "x", "x").forEach(this::step);
        assertThat(told).hasSize(1);
    }
}
