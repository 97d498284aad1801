package io.fengsui.hub.correlate.gather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When announced work is, week by week. */
class GatherPolicyTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private static GatherPolicy.Weekly weekly(DayOfWeek day, String from, String to) {
        return new GatherPolicy.Weekly(Set.of(day), LocalTime.parse(from), LocalTime.parse(to));
    }

    private static @Nullable String end(GatherPolicy.Weekly weekly, ZoneId zone, String now) {
        Instant end = weekly.end(Instant.parse(now), zone);
        return end == null ? null : end.toString();
    }

    @Test
    void lastsFromItsBeginningUntilBeforeItsEndAlsoOverMidnight() {
        GatherPolicy.Weekly night = weekly(DayOfWeek.SATURDAY, "22:00", "04:00");
        assertThat(end(night, SHANGHAI, "2026-11-28T13:59:59.999Z")).isNull();
        assertThat(end(night, SHANGHAI, "2026-11-28T14:00:00Z")).isEqualTo("2026-11-28T20:00:00Z");
        assertThat(end(night, SHANGHAI, "2026-11-28T19:59:59.999Z")).isEqualTo("2026-11-28T20:00:00Z");
        assertThat(end(night, SHANGHAI, "2026-11-28T20:00:00Z")).isNull();
        assertThat(end(night, SHANGHAI, "2026-11-27T19:00:00Z"))
                .as("Friday's night is none")
                .isNull();
        GatherPolicy.Weekly day = weekly(DayOfWeek.SATURDAY, "00:00", "00:00");
        assertThat(end(day, SHANGHAI, "2026-11-27T15:59:59Z")).isNull();
        assertThat(end(day, SHANGHAI, "2026-11-27T16:00:00Z")).isEqualTo("2026-11-28T16:00:00Z");
        assertThat(end(day, SHANGHAI, "2026-11-28T16:00:00Z")).isNull();
    }

    /** From 05:00 to 05:00 was refused, then it was a whole day: whoever mistyped an hour heard of nothing for one. */
    @Test
    void whatEndsWhenItBeginsIsRefused() {
        assertThatThrownBy(() -> weekly(DayOfWeek.SUNDAY, "05:00", "05:00"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("05:00")
                .hasMessageContaining("24:00");
    }

    /** On 1 November 2026 at 2:00 clocks of New York are put back by an hour: the end was an hour before now. */
    @Test
    void endsLaterThanNowAlsoWhenClocksShowAnHourTwice() {
        GatherPolicy.Weekly early = weekly(DayOfWeek.SUNDAY, "01:00", "01:45");
        assertThat(end(early, NEW_YORK, "2026-11-01T05:30:00Z")).isEqualTo("2026-11-01T05:45:00Z");
        assertThat(end(early, NEW_YORK, "2026-11-01T05:50:00Z")).isNull();
        assertThat(end(early, NEW_YORK, "2026-11-01T06:30:00Z")).isEqualTo("2026-11-01T06:45:00Z");
        GatherPolicy.Weekly night = weekly(DayOfWeek.SATURDAY, "22:00", "04:00");
        assertThat(end(night, NEW_YORK, "2026-11-01T03:00:00Z")).isEqualTo("2026-11-01T09:00:00Z");
    }
}
