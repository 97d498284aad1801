package io.fengsui.edge.gate.size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** GOPs of 30 pictures as an encoder with a constant quality makes them: an octave less after a keyframe, back within ten. */
class SuddenWatchTest {
    private static final int GOP = 30;

    private final SuddenWatch watch = new SuddenWatch();
    private final RandomGenerator random = new SplittableRandom(3);
    private int place;

    private double usual(int at) {
        return 10 - Math.max(0, 1 - at / 10.0) + 0.25 * random.nextGaussian();
    }

    /** @return pictures in which it was up, of so many that are this much larger than usual */
    private int up(int pictures, double more, double weight) {
        int up = 0;
        for (int i = 0; i < pictures; i++) {
            if (place % GOP == 0) {
                watch.onKeyframe();
            }
            watch.observe(usual(place++ % GOP) + more, weight);
            up += watch.isUp() ? 1 : 0;
        }
        return up;
    }

    @Test
    void isDownWhileGopsGoTheirUsualCourse() {
        up(10 * GOP, 0, 1);
        assertThat(up(300 * GOP, 0, 1)).as("of 9000 pictures").isLessThan(10);
    }

    @Test
    void isUpAfterAFewPicturesThatAreLargerThanAtTheirPlaceThoughNotLargerThanAny() {
        up(100 * GOP, 0, 1);
        // Half as large again, right behind the keyframe, where pictures are small.
        assertThat(up(4, 1, 0)).isPositive();
    }

    @Test
    void hearsLessWithEachFalseAlarmAndRecovers() {
        up(100 * GOP, 0, 1);
        assertThat(watch.trip()).isCloseTo(SuddenWatch.LEAST_TRIP, within(1e-9));
        up(4, 1, 0);
        watch.onFalseAlarm();
        double once = watch.trip();
        assertThat(once).isGreaterThan(1.4 * SuddenWatch.LEAST_TRIP);
        up(GOP, 0, 0);
        watch.onFalseAlarm();
        assertThat(watch.trip()).as("it was not this watch that was wrong").isLessThanOrEqualTo(once);
        for (int i = 0; i < 5; i++) {
            up(GOP, 3, 0);
            watch.onFalseAlarm();
        }
        assertThat(up(GOP, 3, 0)).as("deaf").isZero();
        up(30 * 60 * 15, 0, 1);
        assertThat(watch.trip()).as("half an hour later").isLessThan(SuddenWatch.LEAST_TRIP + 1);
    }
}
