package io.fengsui.rules.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.rules.RuleCheck.Side;
import io.fengsui.rules.RuleCheck.Steadiness;
import io.fengsui.rules.series.Derivation;
import io.fengsui.rules.series.Derivation.Rate;
import io.fengsui.rules.series.Derivation.Same;
import io.fengsui.rules.series.Derivation.Silence;
import io.fengsui.rules.series.Derivation.Use;
import io.fengsui.rules.series.Series;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rate, use, absence, stuck; steadiness. */
class DerivedTest {
    private static final double HOUR = 3600;
    private static final double DAY = 24 * HOUR;

    private static Scripted run(Derivation of, Side side, double limit) {
        return new Scripted(Scripted.derived(of, side, limit, Steadiness.NONE));
    }

    private static Use use(Duration window) {
        return new Use(window, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 60, 300})
    void aRiverThatRisesFastIsToldHoweverOftenItIsRead(int seconds) {
        Scripted run = run(new Rate(Duration.ofMinutes(30)), Side.ABOVE, 0.5 / HOUR);
        for (int at = 0; at <= HOUR; at += seconds) {
            run.reading(at, 1 + at * 0.3 / HOUR);
        }
        assertThat(run.brief()).isEmpty();
        for (int at = 3600 + seconds; at <= 2 * HOUR; at += seconds) {
            run.reading(at, 1.3 + (at - HOUR) * 0.9 / HOUR);
        }
        assertThat(run.brief()).containsExactly("BEGUN CHANGES_FAST");
        assertThat(run.told.getFirst().second()).isCloseTo(HOUR + 600, within(360.0));
        assertThat(Double.parseDouble(run.told.getFirst().finding().attributes().get("rate-per-second")))
                .isGreaterThan(0.5 / HOUR);
        assertThat(new BigDecimal(run.told.getFirst().finding().attributes().get("rate-per-hour")))
                .isBetween(new BigDecimal("0.5"), new BigDecimal("0.9"));
    }

    @Test
    void aMeterThatShowsNoUseForADayIsToldAndTheFirstUseEndsIt() {
        Scripted run = run(use(Duration.ofHours(24)), Side.BELOW, 0.001);
        for (int hour = 0; hour < 24; hour++) {
            run.reading(hour * HOUR, 12.5);
        }
        assertThat(run.brief()).as("a day is not over").isEmpty();
        run.reading(DAY, 12.5);
        assertThat(run.brief()).containsExactly("BEGUN NOT_USED");
        run.reading(DAY + HOUR, 12.52);
        assertThat(run.brief()).containsExactly("BEGUN NOT_USED", "ENDED CLEARED");
    }

    @Test
    void aDayWithUseInItIsNoDayWithoutAndTheRestartOfTheBoxChangesNothing() {
        Scripted run = run(use(Duration.ofHours(24)), Side.BELOW, 0.001);
        for (int hour = 0; hour <= 20; hour++) {
            run.reading(hour * HOUR, hour < 6 ? 12.5 : 12.6);
        }
        run.reboot(20.5 * HOUR, ClockQuality.SYNCED);
        for (int hour = 21; hour <= 29; hour++) {
            run.reading(hour * HOUR, 12.6);
        }
        assertThat(run.brief()).isEmpty();
        run.reading(31 * HOUR, 12.6);
        assertThat(run.brief()).containsExactly("BEGUN NOT_USED");
    }

    @Test
    void aDecreaseIsAResetAndNeverNegativeUse() {
        Scripted run = run(use(Duration.ofHours(1)), Side.ABOVE, 1);
        run.reading(0, 999.9);
        run.reading(60, 0.1);
        run.reading(120, 0.2);
        assertThat(run.brief()).isEmpty();
        run.reading(180, 1.3);
        assertThat(run.brief()).as("told before the hour is over").containsExactly("BEGUN USED_TOO_MUCH");
        assertThat(Double.parseDouble(run.told.getFirst().finding().attributes().get("used")))
                .isCloseTo(1.3, within(1e-9));
    }

    @Test
    void aCounterThatWrapsWentOnAndAJumpThatCannotBeIsAMisreading() {
        Scripted wrapping = run(new Use(Duration.ofHours(1), 1000, 0), Side.ABOVE, 0.5);
        wrapping.reading(0, 999.9);
        wrapping.reading(60, 0.1);
        assertThat(wrapping.brief()).isEmpty();
        wrapping.reading(120, 0.5);
        assertThat(wrapping.brief()).containsExactly("BEGUN USED_TOO_MUCH");
        Scripted jumping = run(new Use(Duration.ofHours(1), 0, 5), Side.ABOVE, 1);
        jumping.reading(0, 0.2);
        jumping.reading(60, 410.2);
        jumping.reading(120, 410.3);
        assertThat(jumping.brief()).isEmpty();
    }

    @Test
    void silenceIsToldWhenItsTimeIsUpAndEndsWithTheNextReading() {
        Scripted run = run(new Silence(), Side.ABOVE, 2 * HOUR);
        run.reading(0, 1);
        run.tickUntil(2 * HOUR - 1);
        assertThat(run.brief()).isEmpty();
        run.tickUntil(2 * HOUR + 1);
        assertThat(run.brief()).containsExactly("BEGUN ABSENT");
        run.reading(3 * HOUR, 1);
        assertThat(run.brief()).containsExactly("BEGUN ABSENT", "ENDED CLEARED");
    }

    @Test
    void aDetectorThatSaysSmokeForThreeDaysIsStuck() {
        Scripted run = run(new Same(0), Side.ABOVE, 3 * DAY);
        for (int hour = 0; hour <= 72; hour++) {
            run.reading(hour * HOUR, 1);
        }
        assertThat(run.brief()).isEmpty();
        run.reading(73 * HOUR, 1);
        assertThat(run.brief()).containsExactly("BEGUN STUCK");
        run.reading(74 * HOUR, 0);
        assertThat(run.brief()).containsExactly("BEGUN STUCK", "ENDED CLEARED");
    }

    @Test
    void aGaugeThatMovesWithinItsToleranceIsFlat() {
        Scripted run = run(new Same(0.01), Side.ABOVE, HOUR);
        for (int minute = 0; minute <= 61; minute++) {
            run.reading(minute * 60, 2 + minute % 2 * 0.005);
        }
        assertThat(run.brief()).containsExactly("BEGUN STUCK");
    }

    @Test
    void endsOnlyAfterItWasGoodForLongEnough() {
        Steadiness keep = new Steadiness(Duration.ofMinutes(10), 1, Duration.ZERO);
        Scripted run = new Scripted(Scripted.derived(Derivation.Value.PLAIN, Side.ABOVE, 3, keep));
        run.reading(0, 4);
        run.reading(60, 2);
        run.reading(300, 4);
        run.reading(360, 2);
        run.tickUntil(900);
        assertThat(run.brief())
                .containsExactly("BEGUN ABOVE", "UPDATED STILL_SO", "UPDATED STILL_SO", "UPDATED STILL_SO");
        run.restart();
        run.tickUntil(1000);
        assertThat(run.brief()).endsWith("ENDED CLEARED");
        assertThat(run.told.getLast().second()).isEqualTo(960);
    }

    @Test
    void severalReadingsWithinATimeAreNeeded() {
        Steadiness three = new Steadiness(Duration.ZERO, 3, Duration.ofMinutes(5));
        Scripted run = new Scripted(Scripted.derived(Derivation.Value.PLAIN, Side.ABOVE, 3, three));
        run.reading(0, 4);
        run.reading(200, 4);
        run.reading(400, 4);
        assertThat(run.brief()).as("three, but not within five minutes").isEmpty();
        run.reading(450, 2);
        run.reading(480, 4);
        assertThat(run.brief()).containsExactly("BEGUN ABOVE");
    }

    @Test
    void aMonthTakesNoMoreRoomThanAMinute() {
        Use month = use(Duration.ofDays(31));
        Series series = Series.EMPTY;
        for (long second = 0; second < 40L * 86_400; second += 600) {
            series = series.with(month, second * 1_000_000_000L, second * 1e-6, (second - 600) * 1e-6);
        }
        assertThat(series.points()).hasSizeLessThanOrEqualTo(Series.MAX_POINTS);
        assertThat(series.derived(month, (40L * 86_400 - 600) * 1_000_000_000L, 0)
                        .orElseThrow())
                .isCloseTo(31 * 86_400 * 1e-6, within(0.06));
    }
}
