package io.fengsui.edge.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.rtsp.CloseReason;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private final RetryPolicy retry = new RetryPolicy(RetryPolicy.Waits.USUAL, new SplittableRandom(3));

    @Test
    void ordinaryFailuresWaitSecondsUpToAMinute() {
        for (int i = 0; i < 50; i++) {
            assertThat(retry.next(CloseReason.CONNECT_REFUSED)).isBetween(Duration.ofNanos(1), Duration.ofSeconds(60));
        }
    }

    @Test
    void refusedCredentialsWaitMinutesFromTheFirstTimeOn() {
        assertThat(retry.next(CloseReason.UNAUTHORIZED)).isBetween(Duration.ofMinutes(5), Duration.ofSeconds(330));
        assertThat(retry.next(CloseReason.UNAUTHORIZED)).isGreaterThanOrEqualTo(Duration.ofMinutes(10));
        for (int i = 0; i < 20; i++) {
            assertThat(retry.next(CloseReason.CREDENTIALS_NEEDED)).isLessThanOrEqualTo(Duration.ofMinutes(33));
        }
        retry.onSuccess();
        assertThat(retry.next(CloseReason.UNAUTHORIZED)).isLessThan(Duration.ofMinutes(6));
    }

    @Test
    void aBusyCameraIsLeftForHalfAMinuteAndMore() {
        assertThat(retry.next(CloseReason.BUSY)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(33));
        assertThat(retry.next(CloseReason.BUSY)).isGreaterThanOrEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void aNeighboursReturnMakesLittleOfWhatFailedInTheDark() {
        for (int i = 0; i < 20; i++) {
            retry.next(CloseReason.CONNECT_TIMEOUT);
        }
        assertThat(retry.afterNeighbour()).isLessThanOrEqualTo(Duration.ofMillis(1500));
        assertThat(retry.next(CloseReason.CONNECT_TIMEOUT)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aNeighboursReturnSaysNothingOfWhoRefusesUs() {
        assertThat(RetryPolicy.isHealedByPower(CloseReason.CONNECT_TIMEOUT)).isTrue();
        assertThat(RetryPolicy.isHealedByPower(CloseReason.UNAUTHORIZED)).isFalse();
        assertThat(RetryPolicy.isHealedByPower(CloseReason.BUSY)).isFalse();
    }
}
