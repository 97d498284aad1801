package io.fengsui.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), new SplittableRandom(7));

    @Test
    void waitsAreWithinTheDoublingCeilingAndNeverZero() {
        for (int failure = 0; failure < 200; failure++) {
            Duration ceiling = Duration.ofSeconds(Math.min(60, 1L << Math.min(failure, 10)));
            assertThat(backoff.next()).isPositive().isLessThanOrEqualTo(ceiling);
        }
    }

    @Test
    void jitterIsFullSoThatTwoClientsDoNotWaitAlike() {
        Backoff other = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), new SplittableRandom(8));
        assertThat(backoff.next()).isNotEqualTo(other.next());
    }

    @Test
    void aSuccessStartsOver() {
        for (int i = 0; i < 10; i++) {
            backoff.next();
        }
        backoff.reset();
        assertThat(backoff.failures()).isZero();
        assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void refusesACeilingBelowTheFirstWait() {
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1), new SplittableRandom(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
