package io.fengsui.edge.gate.size;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.gate.size.SizeWatch.Activity;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizeWatchTest {
    private final Random random = new Random(7);
    private final SizeWatch watch = new SizeWatch();

    private UnitFacts unit(double mean, double deviation) {
        int bytes = (int) Math.max(8, mean + deviation * random.nextGaussian());
        return new UnitFacts(false, bytes, UnitFacts.NO_QP, 920);
    }

    private Activity run(int units, double mean, double deviation) {
        Activity last = Activity.LEARNING;
        for (int i = 0; i < units; i++) {
            last = watch.observe(unit(mean, deviation), 1);
        }
        return last;
    }

    /** Quiet pictures of a size, then this many of another until it is noticed; -1: it is not. */
    @ParameterizedTest
    @CsvSource({
        "20,   6,    900,  3",
        "20,   6,    120,  8",
        "140,  25,   1000, 4",
        "140,  25,   260,  12",
        "2700, 400,  2600, -1",
        "3300, 300,  3300, -1",
        "20,   6,    22,   -1",
    })
    void noticesWhatStandsOut(double quiet, double deviation, double then, int within) {
        assertThat(run(900, quiet, deviation)).isEqualTo(Activity.QUIET);
        int taken = -1;
        for (int i = 1; i <= 45 && taken < 0; i++) {
            taken = watch.observe(unit(then, deviation), 0) == Activity.ACTIVE ? i : -1;
        }
        if (within < 0) {
            assertThat(taken).isEqualTo(-1);
        } else {
            assertThat(taken).isBetween(1, within);
        }
    }

    @Test
    void anHourOfNoiseIsQuiet() {
        int active = 0;
        for (int i = 0; i < 15 * 3600; i++) {
            active += watch.observe(unit(140, 40), 1) == Activity.ACTIVE ? 1 : 0;
        }
        assertThat(active).isLessThan(15 * 36);
    }

    /** Usual pictures and their keyframes: the part of the picture that could move unnoticed. */
    @ParameterizedTest
    @CsvSource({
        "20,   2,    24000, 0,     0.002",
        "1000, 200,  25000, 0.003, 0.013",
        "3370, 300,  12800, 0.02,  0.1",
        "1400, 1000, 22000, 0.02,  0.2",
    })
    void saysHowMuchMustChange(double quiet, double deviation, int keyframe, double least, double most) {
        assertThat(watch.leastArea()).isEqualTo(1);
        for (int i = 0; i < 900; i++) {
            watch.observe(
                    i % 30 == 0 ? new UnitFacts(true, keyframe, UnitFacts.NO_QP, 920) : unit(quiet, deviation), 1);
        }
        assertThat(watch.leastArea()).isBetween(least, most);
    }

    @Test
    void getsUsedToRainWhenItIsTold() {
        run(900, 20, 6);
        run(30, 400, 60);
        assertThat(watch.activity()).isEqualTo(Activity.ACTIVE);
        for (int i = 0; i < 30 * 15; i++) {
            watch.observe(unit(400, 60), 8);
        }
        assertThat(watch.activity()).isEqualTo(Activity.QUIET);
    }

    @Test
    void tellsThatTheBitrateModeWasChanged() {
        run(3000, 30, 8);
        assertThat(watch.hasShifted()).isFalse();
        assertThat(watch.floor()).isLessThan(0.5);
        run(200, 3300, 100);
        assertThat(watch.hasShifted()).isTrue();
        assertThat(watch.floor()).isGreaterThan(5);
    }

    @Test
    void keyframesTeachNothing() {
        for (int i = 0; i < 1000; i++) {
            watch.observe(new UnitFacts(true, 20_000, 30, 920), 1);
        }
        assertThat(watch.activity()).isEqualTo(Activity.LEARNING);
    }

    @Test
    void quantilesFollowWhatIsSeen() {
        SizeSketch sketch = new SizeSketch(500);
        assertThat(sketch.quantile(0.5)).isZero();
        for (int i = 0; i < 100_000; i++) {
            sketch.observe(8 + random.nextGaussian(), 1);
        }
        assertThat(sketch.quantile(0.5)).isBetween(7.8, 8.3);
        assertThat(sketch.quantile(0.9)).isBetween(9.0, 9.6);
        for (int i = 0; i < 3000; i++) {
            sketch.observe(12 + random.nextGaussian(), 1);
        }
        assertThat(sketch.quantile(0.5)).isBetween(11.8, 12.3);
        sketch.observe(-5, 1);
        sketch.observe(99, 1);
    }

    /** Pictures grow along a GOP; what is as large as the last ones, right behind a keyframe, is sudden. */
    @Test
    void hearsWhatIsSuddenWhereItIsTrustedOnly() {
        UnitFacts keyframe = new UnitFacts(true, 20_000, UnitFacts.NO_QP, 920);
        for (int i = 0; i <= 900; i++) {
            watch.observe(i % 30 == 0 ? keyframe : unit(600 + 20 * (i % 30), 30), 1);
        }
        int heard = 0;
        for (int i = 0; i < 4; i++) {
            assertThat(watch.observe(unit(1000, 10), 0)).isEqualTo(Activity.QUIET);
            assertThat(watch.activity(false)).isEqualTo(Activity.QUIET);
            heard += watch.activity(true) == Activity.ACTIVE ? 1 : 0;
        }
        assertThat(heard).as("within four pictures").isPositive();
        watch.onFalseAlarm();
        assertThat(watch.activity(true)).isEqualTo(Activity.QUIET);
    }
}
