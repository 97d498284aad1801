package io.fengsui.rules.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.rules.CompiledRule;
import io.fengsui.rules.RuleDefinition;
import io.fengsui.rules.RuleReason;
import io.fengsui.rules.Sequel;
import io.fengsui.rules.calendar.WorkingCalendar;
import io.fengsui.rules.timing.Schedule;
import io.fengsui.rules.timing.TimeWindow;
import io.fengsui.rules.timing.Timing;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A level over its limit, in and out of hours. The script begins at 08:00 UTC. */
class SuppressionTest {
    private static final double HOUR = 3600;

    private static Schedule hours(int from, int to) {
        TimeWindow window = new TimeWindow(
                Set.of(), TimeWindow.Sort.ANY, TimeWindow.Dates.ALL, LocalTime.of(from, 0), LocalTime.of(to, 0));
        return new Schedule(ZoneOffset.UTC, WorkingCalendar.ofDays(ZoneOffset.UTC, List.of()), List.of(window));
    }

    private static Scripted run(Timing timing) {
        RuleDefinition plain = Scripted.above(3, 2.8, Duration.ZERO, "").definition();
        return new Scripted(new CompiledRule(
                new RuleDefinition(
                        plain.id(),
                        plain.name(),
                        plain.kind(),
                        plain.severity(),
                        Duration.ZERO,
                        false,
                        timing,
                        Sequel.NONE,
                        plain.check()),
                "",
                null));
    }

    @Test
    void whatStillHoldsWhenItsHoursBeginIsToldThenAndEndsWithThem() {
        Scripted run = run(new Timing(Optional.of(hours(10, 12)), Optional.empty(), List.of(), List.of()));
        run.reading(HOUR, 3.5);
        run.tickUntil(10 * HOUR);
        assertThat(run.brief()).containsExactly("BEGUN ABOVE", "ENDED OUT_OF_HOURS");
        assertThat(run.told.get(0).second()).isEqualTo(2 * HOUR);
        assertThat(run.told.get(1).second()).isEqualTo(4 * HOUR);
    }

    @Test
    void whatIsOverBeforeItsHoursBeginIsNeverTold() {
        Scripted run = run(new Timing(Optional.of(hours(10, 12)), Optional.empty(), List.of(), List.of()));
        run.reading(HOUR, 3.5);
        run.reading(1.5 * HOUR, 2.5);
        run.tickUntil(10 * HOUR);
        assertThat(run.brief()).isEmpty();
    }

    @Test
    void aMuteWindowKeepsQuietAndLosesNothing() {
        Scripted run = run(new Timing(Optional.empty(), Optional.of(hours(9, 11)), List.of(), List.of()));
        run.reading(0.5 * HOUR, 3.5);
        run.reading(1.5 * HOUR, 2.5);
        run.reading(2 * HOUR, 3.5);
        assertThat(run.lastReason).isEqualTo(RuleReason.MUTED);
        run.tickUntil(5 * HOUR);
        assertThat(run.brief()).containsExactly("BEGUN ABOVE", "ENDED CLEARED", "BEGUN ABOVE");
        assertThat(run.told.getLast().second()).isEqualTo(3 * HOUR);
    }
}
