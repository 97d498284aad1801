package io.fengsui.hub.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.access.user.User;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One caller who runs wild, and the others. */
class RateLimitTest {
    private final RateLimit limit = new RateLimit();

    private int answered(int asked, long nanos) {
        int answered = 0;
        for (int i = 0; i < asked; i++) {
            answered += limit.take(User.TOKEN, "10.0.0.1", nanos).isZero() ? 1 : 0;
        }
        return answered;
    }

    @Test
    void aBurstIsAnsweredAndThenSoManyASecond() {
        assertThat(answered(RateLimit.BURST + 500, 0)).isEqualTo(RateLimit.BURST);
        assertThat(limit.take(User.TOKEN, "10.0.0.1", 0)).isEqualTo(Duration.ofMillis(5));
        assertThat(answered(1_000, 1_000_000_000)).isEqualTo(RateLimit.PER_SECOND);
        assertThat(answered(RateLimit.BURST + 1, 3_600_000_000_000L)).isEqualTo(RateLimit.BURST);
    }

    @Test
    void othersAreAnsweredMeanwhile() {
        answered(RateLimit.BURST + 1, 0);
        assertThat(limit.take(User.LOCAL, "10.0.0.1", 0)).isZero();
        assertThat(limit.take(null, "10.0.0.1", 0)).isZero();
        for (int i = 0; i < RateLimit.BURST; i++) {
            limit.take(null, "2001:db8:0:1:0:0:0:" + Integer.toHexString(i), 0);
        }
        assertThat(limit.take(null, "2001:db8:0:1:ffff:0:0:1", 0)).isPositive();
        assertThat(limit.take(null, "2001:db8:0:2:ffff:0:0:1", 0)).isZero();
    }
}
