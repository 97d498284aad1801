package io.fengsui.edge.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StallLimitTest {
    @ParameterizedTest
    @CsvSource({
        // seconds: a GOP, the least that is configured -> the limit
        "0,   10, 10",
        "2,   10, 10",
        "4,   10, 12",
        "30,  10, 90",
        "60,  10, 120",
        "60, 300, 300",
    })
    void followsTheGopsBetweenWhatIsConfiguredAndTwoMinutes(int gop, int least, int expected) {
        assertThat(StallLimit.between(Duration.ofSeconds(gop), Duration.ofSeconds(least)))
                .hasSeconds(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "400, no picture for 0.4 s",
        "3, no picture for 0.1 s",
        "9900, no picture for 9.9 s",
        "12400, no picture for 12 s"
    })
    void saysForHowLongThereWasNone(long millis, String expected) {
        assertThat(StallLimit.inWords(Duration.ofMillis(millis))).isEqualTo(expected);
    }

    @Test
    void whoSendsPacketsHasLongerUntilTheFirstPicture() {
        assertThat(StallLimit.untilFirst(false, Duration.ofSeconds(10))).hasSeconds(10);
        assertThat(StallLimit.untilFirst(true, Duration.ofSeconds(10))).hasSeconds(60);
    }
}
