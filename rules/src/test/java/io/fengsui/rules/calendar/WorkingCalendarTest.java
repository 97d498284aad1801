package io.fengsui.rules.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.settings.Problems;
import io.fengsui.settings.SettingsFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Working time with the holidays of 2025 and 2026 as they were announced. */
class WorkingCalendarTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final List<WorkHours> HOURS = List.of(hours("08:30", "12:00"), hours("14:00", "17:30"));
    private static final WorkingCalendar CALENDAR = new WorkingCalendar(
            SHANGHAI,
            HOURS,
            Stream.of("2025", "2026").map(WorkingCalendarTest::year).toList());

    private static WorkHours hours(String from, String to) {
        return new WorkHours(LocalTime.parse(from), LocalTime.parse(to));
    }

    private static CalendarYear year(String year) {
        Problems problems = new Problems();
        return SettingsFile.read(Path.of("../config/calendar/" + year + ".yaml"), problems)
                .flatMap(CalendarReader::year)
                .orElseThrow(() -> new AssertionError(problems.toString()));
    }

    @ParameterizedTest(name = "{0} + {1} = {2}: {3}")
    @CsvFileSource(resources = "golden.csv")
    void knowsWhenALimitIsOver(String start, String text, String due, String why) {
        Limit limit = Limit.parse(text).orElseThrow();
        Instant from = at(start);
        Instant over = CALENDAR.after(limit.measure(), from, CALENDAR.length(limit));
        assertThat(LocalDateTime.ofInstant(over, SHANGHAI)).as(why).isEqualTo(LocalDateTime.parse(due));
        assertThat(CALENDAR.between(limit.measure(), from, over)).isEqualTo(CALENDAR.length(limit));
    }

    @Test
    void givesTheSameEndHoweverOftenTheClockWasStoppedAndStarted() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 500; i++) {
            Instant start = at("2026-01-01T00:00").plusSeconds(random.nextLong(300L * 86_400));
            Duration whole = Duration.ofMinutes(1 + random.nextLong(5_000));
            Duration part = Duration.ofMinutes(random.nextLong(whole.toMinutes()));
            Limit.Measure measure = Limit.Measure.WORKING_HOURS;
            Instant between = CALENDAR.after(measure, start, part);
            assertThat(CALENDAR.after(measure, between, whole.minus(part)))
                    .as("%s + %s in two parts, %s first", start, whole, part)
                    .isEqualTo(CALENDAR.after(measure, start, whole));
        }
    }

    @Test
    void countsNoWorkingTimeWhileNobodyWorks() {
        assertThat(CALENDAR.between(Limit.Measure.WORKING_HOURS, at("2026-02-14T17:30"), at("2026-02-24T08:30")))
                .isZero();
        assertThat(CALENDAR.between(Limit.Measure.WORKING_DAYS, at("2026-02-24T08:30"), at("2026-02-14T17:30")))
                .isZero();
        assertThat(CALENDAR.isWorkingDay(LocalDate.parse("2026-02-28"))).isTrue();
        assertThat(CALENDAR.isWorkingDay(LocalDate.parse("2026-02-23"))).isFalse();
        assertThat(CALENDAR.knows(2026)).isTrue();
        assertThat(CALENDAR.knows(2027)).isFalse();
    }

    @ParameterizedTest
    @CsvFileSource(resources = "limits.csv")
    void readsAndWritesLimits(String text, String measure, long amount, String written) {
        assertThat(Limit.parse(text)).contains(new Limit(Limit.Measure.valueOf(measure), amount));
        assertThat(new Limit(Limit.Measure.valueOf(measure), amount)).hasToString(written);
    }

    @Test
    void refusesLimitsThatAreNone() {
        for (String text : List.of("", "0m", "m", "5", "-5m", "5 parsecs", "367wd", "99999999999h", "1.5h")) {
            assertThat(Limit.parse(text)).as(text).isEmpty();
        }
    }

    @Test
    void refusesHoursThatOverlap() {
        List<WorkHours> overlap = List.of(hours("08:30", "12:00"), hours("11:00", "17:30"));
        assertThatThrownBy(() -> new WorkingCalendar(SHANGHAI, overlap, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsWhatIsWrongWithAYear() {
        Problems problems = new Problems();
        String bad = """
                year: 2026
                holidays:
                  - {name: {zh: 春节, en: Spring Festival}, days: 2026-02-23..2026-02-15}
                  - {days: 2026-02-30}
                  - {days: 2026-05-01}
                workdays: [2026-05-01, 2025-01-26, soon]
                """;
        SettingsFile.parse(
                        "2026.yaml",
                        Path.of("/"),
                        bad.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        n -> null,
                        problems)
                .ifPresent(CalendarReader::year);
        assertThat(problems.count()).isEqualTo(5);
        assertThat(problems.toString()).contains("2026.yaml", "2026-02-30", "soon");
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(SHANGHAI).toInstant();
    }
}
