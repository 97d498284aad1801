package io.fengsui.edge.patrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a round begins: one table for times and one for distances. */
class TimetableTest {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private static Instant at(String local) {
        return Instant.parse(local + ":00+08:00");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T07:59, 2026-11-23T08:00",
        "2026-11-23T08:00, 2026-11-23T20:30",
        "2026-11-23T20:30, 2026-11-24T08:00",
        "2026-12-31T23:59, 2027-01-01T08:00",
    })
    void takesTheNextOfItsTimes(String now, String next) {
        Timetable times = new Timetable(List.of(LocalTime.of(20, 30), LocalTime.of(8, 0)), Duration.ZERO);
        assertThat(times.next(at(now), CHINA)).isEqualTo(at(next));
    }

    @ParameterizedTest
    @CsvSource({
        "1h, 2026-11-23T07:59, 2026-11-23T08:00",
        "1h, 2026-11-23T08:00, 2026-11-23T09:00",
        "1h, 2026-11-23T23:00, 2026-11-24T00:00",
        "7h, 2026-11-23T21:00, 2026-11-24T00:00",
        "1m, 2026-11-23T21:00, 2026-11-23T21:01",
        "24h, 2026-11-23T21:00, 2026-11-24T00:00",
    })
    void countsDistancesFromMidnightOn(String every, String now, String next) {
        Timetable times = new Timetable(List.of(), Duration.parse("PT" + every));
        assertThat(times.next(at(now), CHINA)).isEqualTo(at(next));
    }

    @Test
    void anHourThatIsLeftOutMovesItsTime() {
        Timetable times = new Timetable(List.of(LocalTime.of(2, 30)), Duration.ZERO);
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        assertThat(times.next(Instant.parse("2026-03-28T22:00:00Z"), berlin))
                .isEqualTo(Instant.parse("2026-03-29T01:30:00Z"));
    }

    @Test
    void hasTimesOrADistance() {
        assertThatThrownBy(() -> new Timetable(List.of(), Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Timetable(List.of(LocalTime.NOON), Duration.ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ofTwoTimesInAnHourThatIsLeftOutTheSoonerComesFirst() {
        Timetable times = new Timetable(List.of(LocalTime.of(2, 30), LocalTime.of(3, 10)), Duration.ZERO);
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Instant first = times.next(Instant.parse("2026-03-28T22:00:00Z"), berlin);
        assertThat(first).isEqualTo(Instant.parse("2026-03-29T01:10:00Z"));
        assertThat(times.next(first, berlin)).isEqualTo(Instant.parse("2026-03-29T01:30:00Z"));
    }
}
