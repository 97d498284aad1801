package io.fengsui.rules.evaluation;

import static io.fengsui.rules.evaluation.Scripted.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Detection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DwellTest {
    private static final Detection[] NOBODY = {};

    private final Scripted run = new Scripted(Scripted.dwell(Duration.ofSeconds(10), ""));

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 2, 5, 15})
    void tellsOnceWhenSomebodyStaysAndOnceWhenTheyLeave(double rate) {
        play(run, rate, 0, 60, t -> t >= 5 && t < 30 ? new Detection[] {person(0.5, 0.8, 7)} : NOBODY);
        assertThat(run.brief()).containsExactly("BEGUN DWELLED", "ENDED LEFT");
        assertThat(run.told.getFirst().second()).isCloseTo(15, within(1 / rate + 1e-6));
        assertThat(run.told.getLast().second()).isCloseTo(32, within(4 / rate + 1e-6));
    }

    @Test
    void saysNothingOfWhoPassesThrough() {
        play(run, 5, 0, 30, t -> t >= 5 && t < 14 ? new Detection[] {person(0.5, 0.8, 7)} : NOBODY);
        assertThat(run.brief()).isEmpty();
    }

    @Test
    void saysNothingOfWhoStandsOutsideTheZone() {
        play(run, 5, 0, 30, t -> new Detection[] {person(0.5, 0.45, 7)});
        assertThat(run.brief()).isEmpty();
    }

    @Test
    void goesOnWhenTheTrackChangesItsNumber() {
        play(run, 5, 0, 20, t -> new Detection[] {person(0.5, 0.8, (long) t)});
        assertThat(run.brief()).containsExactly("BEGUN DWELLED");
        assertThat(run.told.getFirst().second()).isCloseTo(10, within(0.3));
    }

    @Test
    void isNotFooledByLoneFalseSightings() {
        play(run, 5, 0, 120, t -> Math.round(t * 5) % 15 == 0 ? new Detection[] {person(0.5, 0.8, 7)} : NOBODY);
        assertThat(run.brief()).isEmpty();
    }

    @Test
    void bearsWithMissedSightings() {
        Random random = new Random(3);
        play(run, 5, 0, 30, t -> random.nextInt(4) > 0 ? new Detection[] {person(0.5, 0.8, 7)} : NOBODY);
        assertThat(run.brief()).containsExactly("BEGUN DWELLED");
    }

    @Test
    void countsOnlyWhatTheConditionLetsThrough() {
        Scripted tall = new Scripted(Scripted.dwell(Duration.ofSeconds(10), "height > 0.5"));
        play(tall, 5, 0, 30, t -> new Detection[] {person(0.5, 0.8, 7)});
        assertThat(tall.brief()).isEmpty();
    }

    @Test
    void countsAnObjectThatTheLowerEdgeCutsOff() {
        play(run, 5, 0, 15, t -> new Detection[] {person(0.5, 1.0, 7)});
        assertThat(run.brief()).containsExactly("BEGUN DWELLED");
    }

    @Test
    void endsNothingWhileNobodyWatches() {
        play(run, 2, 0, 20, t -> new Detection[] {person(0.5, 0.8, 7)});
        run.tickUntil(300);
        play(run, 2, 300, 320, t -> new Detection[] {person(0.5, 0.8, 9)});
        assertThat(run.brief()).containsExactly("BEGUN DWELLED", "UPDATED STILL_SO");
        assertThat(run.told.getLast().finding().attributes()).containsEntry("unwatched-seconds", "280");
    }

    @Test
    void endsWhatWasNotWatchedForTheWholeLease() {
        play(run, 2, 0, 20, t -> new Detection[] {person(0.5, 0.8, 7)});
        run.tickUntil(700);
        assertThat(run.brief()).containsExactly("BEGUN DWELLED", "ENDED UNWATCHED");
        assertThat(run.told.getLast().second()).isCloseTo(620, within(1.0));
    }

    @Test
    void saysThatItIsStillSoEveryHalfLease() {
        play(run, 1, 0, 1000, t -> new Detection[] {person(0.5, 0.8, 7)});
        assertThat(run.brief())
                .containsExactly("BEGUN DWELLED", "UPDATED STILL_SO", "UPDATED STILL_SO", "UPDATED STILL_SO");
    }

    /** On a full box pictures had come every seven seconds; nobody looked for two and a half times that long. */
    @Test
    void whereLooksAreFewThreeOfThemWithoutAnybodyAreEnough() {
        play(run, 1 / 7.0, 0, 70, t -> new Detection[] {person(0.5, 0.8, 7)});
        play(run, 1 / 4.0, 70, 82, t -> NOBODY);
        assertThat(run.brief()).containsExactly("BEGUN DWELLED", "ENDED LEFT");
        assertThat(run.told.getLast().second()).isCloseTo(78, within(0.1));
    }

    @Test
    void twoLooksWithoutAnybodyAreNeverEnough() {
        play(run, 1 / 7.0, 0, 70, t -> new Detection[] {person(0.5, 0.8, 7)});
        play(run, 1 / 7.0, 70, 84, t -> NOBODY);
        play(run, 1 / 7.0, 84, 105, t -> new Detection[] {person(0.5, 0.8, 7)});
        assertThat(run.brief()).containsExactly("BEGUN DWELLED");
    }

    /** Each gap was a pause for itself, so emptiness was never counted. */
    @Test
    void looksThatBecomeFewAreNoPausesForEver() {
        play(run, 2, 0, 20, t -> new Detection[] {person(0.5, 0.8, 7)});
        play(run, 1 / 4.0, 24, 44, t -> NOBODY);
        assertThat(run.brief()).containsExactly("BEGUN DWELLED", "ENDED LEFT");
        assertThat(run.told.getLast().second()).isLessThan(37);
    }

    /** The same visits, seen at three rates, with restarts and reboots at random places: always the same story. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void tellsTheSameStoryAtAnyRateAndAcrossRestarts(long seed) {
        Random random = new Random(seed);
        List<double[]> visits = new ArrayList<>();
        double at = 5;
        for (int i = 0; i < 12; i++) {
            boolean isLong = random.nextBoolean();
            double length = isLong ? 14 + random.nextInt(60) : 2 + random.nextInt(5);
            visits.add(new double[] {at, at + length});
            at += length + 10 + random.nextInt(20);
        }
        List<String> expected = new ArrayList<>();
        visits.stream().filter(v -> v[1] - v[0] >= 14).forEach(v -> {
            expected.add("BEGUN DWELLED");
            expected.add("ENDED LEFT");
        });
        for (double rate : new double[] {1, 5, 15}) {
            assertThat(story(rate, visits, at, -1)).as("rate %s", rate).isEqualTo(expected);
            for (int restarts = 0; restarts < 6; restarts++) {
                assertThat(story(rate, visits, at, random.nextLong()))
                        .as("rate %s, restarts", rate)
                        .isEqualTo(expected);
            }
        }
    }

    private static List<String> story(double rate, List<double[]> visits, double end, long restartSeed) {
        Scripted run = new Scripted(Scripted.dwell(Duration.ofSeconds(10), ""));
        Random restarts = new Random(restartSeed);
        double nextRestart = restartSeed == -1 ? Double.MAX_VALUE : restarts.nextInt(40);
        for (long i = 0; i / rate < end; i++) {
            double t = i / rate;
            if (t >= nextRestart) {
                nextRestart = t + 20 + restarts.nextInt(60);
                if (restarts.nextBoolean()) {
                    run.reboot(t, ClockQuality.SYNCED);
                } else {
                    run.restart();
                }
            }
            boolean isThere = visits.stream().anyMatch(v -> t >= v[0] && t < v[1]);
            run.picture(t, isThere ? new Detection[] {person(0.5, 0.8, 1 + i / 40)} : NOBODY);
        }
        return run.brief();
    }

    @Test
    void resumesAfterADowntimeByTheWallClock() {
        play(run, 2, 0, 6, t -> new Detection[] {person(0.5, 0.8, 7)});
        run.reboot(40, ClockQuality.SYNCED);
        play(run, 2, 40, 41, t -> new Detection[] {person(0.5, 0.8, 1)});
        assertThat(run.brief()).containsExactly("BEGUN DWELLED");
        assertThat(run.told.getFirst().finding().attributes()).containsEntry("unwatched-seconds", "34");
    }

    @Test
    void doesNotBelieveAGapThatAnUnsetClockTells() {
        play(run, 2, 0, 6, t -> new Detection[] {person(0.5, 0.8, 7)});
        run.reboot(1e6, ClockQuality.UNKNOWN);
        play(run, 2, 1e6, 1e6 + 3, t -> new Detection[] {person(0.5, 0.8, 1)});
        assertThat(run.brief()).isEmpty();
        play(run, 2, 1e6 + 3, 1e6 + 6, t -> new Detection[] {person(0.5, 0.8, 1)});
        assertThat(run.brief()).containsExactly("BEGUN DWELLED");
    }

    @Test
    void forgetsAStayThatWasNotToldAndNotWatched() {
        play(run, 2, 0, 6, t -> new Detection[] {person(0.5, 0.8, 7)});
        play(run, 2, 200, 208, t -> new Detection[] {person(0.5, 0.8, 1)});
        assertThat(run.brief()).isEmpty();
    }

    private static void play(Scripted run, double rate, double from, double to, DoubleFunction<Detection[]> scene) {
        for (long i = 0; from + i / rate < to; i++) {
            double t = from + i / rate;
            run.picture(t, scene.apply(t));
        }
    }
}
