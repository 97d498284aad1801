package io.fengsui.rules.evaluation;

import static io.fengsui.rules.evaluation.Scripted.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fengsui.protocol.value.Detection;
import java.time.Duration;
import java.util.Random;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoppedTest {
    private final Scripted run = new Scripted(Scripted.stopped(Duration.ofSeconds(20)));

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 5, 15})
    void tellsOfACarThatStandsAndOfItsLeaving(double rate) {
        play(run, rate, 0, 75, t -> new Detection[] {car(drive(t, 10, 50), 3)});
        assertThat(run.brief()).containsExactly("BEGUN STOPPED", "ENDED MOVED");
        assertThat(run.told.getFirst().second()).isCloseTo(30, within(3 / rate + 1.5));
        assertThat(run.told.getLast().second()).isCloseTo(51, within(2 / rate + 1.5));
    }

    @Test
    void saysNothingOfTraffic() {
        play(run, 5, 0, 120, t ->
                new Detection[] {car(t % 10 / 10, (long) (t / 10)), car(1 - t % 7 / 7, 100 + (long) (t / 7))});
        assertThat(run.brief()).isEmpty();
    }

    @Test
    void saysNothingOfACarThatCreeps() {
        play(run, 5, 0, 60, t -> new Detection[] {car(0.1 + t * 0.01, 3)});
        assertThat(run.brief()).isEmpty();
    }

    @Test
    void bearsWithATremblingBoxAndAChangeOfTrackAndLabel() {
        Random random = new Random(5);
        play(run, 5, 0, 30, t -> new Detection[] {
            object(t > 12 ? "truck" : "car", 0.5 + random.nextGaussian() * 0.004, 0.8, 0.2, 0.15, t > 8 ? 9 : 3)
        });
        assertThat(run.brief()).containsExactly("BEGUN STOPPED");
    }

    @Test
    void bearsWithACarHiddenByAnother() {
        play(
                run,
                5,
                0,
                40,
                t -> t > 10 && t < 14 || t > 31 && t < 35
                        ? new Detection[] {car((t - 10) / 4, 50)}
                        : new Detection[] {car(0.5, 3)});
        assertThat(run.brief()).containsExactly("BEGUN STOPPED");
    }

    @Test
    void tellsOneEventOfTwoCars() {
        play(run, 5, 0, 60, t -> t < 40 ? new Detection[] {car(0.2, 3), car(0.7, 4)} : new Detection[] {car(0.2, 3)});
        assertThat(run.brief()).containsExactly("BEGUN STOPPED");
        assertThat(run.told.getFirst().finding().attributes()).containsEntry("count", "2");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 5, 15})
    void goesOnAfterARestartWithOtherTrackNumbersAtAnyRate(double rate) {
        play(run, rate, 0, 15, t -> new Detection[] {car(0.5, 3)});
        run.restart();
        play(run, rate, 17, 22, t -> new Detection[] {car(t % 1, 3), car(0.5, 4)});
        assertThat(run.brief()).containsExactly("BEGUN STOPPED");
        assertThat(run.told.getFirst().second()).isCloseTo(20, within(1 / rate + 1e-6));
    }

    private static double drive(double t, double stops, double starts) {
        double x = t < stops ? 0.05 * t : t < starts ? 0.05 * stops : 0.05 * (stops + t - starts);
        return Math.min(x, 0.95);
    }

    private static Detection car(double x, long track) {
        return object("car", x, 0.8, 0.2, 0.15, track);
    }

    private static void play(Scripted run, double rate, double from, double to, DoubleFunction<Detection[]> scene) {
        for (long i = 0; from + i / rate < to; i++) {
            double t = from + i / rate;
            run.picture(t, scene.apply(t));
        }
    }
}
