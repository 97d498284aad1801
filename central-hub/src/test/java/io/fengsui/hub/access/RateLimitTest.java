package io.fengsui.hub.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.access.user.User;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One caller who runs wild, and the others. */
class RateLimitTest {
    private static final RateSettings SETTINGS = RateSettings.DEFAULT;

    private final RateLimit limit = new RateLimit(SETTINGS);

    private int answered(int asked, long nanos) {
        int answered = 0;
        for (int i = 0; i < asked; i++) {
            answered += limit.take(User.TOKEN, "10.0.0.1", nanos).isZero() ? 1 : 0;
        }
        return answered;
    }

    @Test
    void aBurstIsAnsweredAndThenSoManyASecond() {
        assertThat(answered(SETTINGS.burst() + 500, 0)).isEqualTo(SETTINGS.burst());
        assertThat(limit.take(User.TOKEN, "10.0.0.1", 0)).isEqualTo(Duration.ofMillis(5));
        assertThat(answered(1_000, 1_000_000_000)).isEqualTo(SETTINGS.perSecond());
        assertThat(answered(SETTINGS.burst() + 1, 3_600_000_000_000L)).isEqualTo(SETTINGS.burst());
    }

    @Test
    void othersAreAnsweredMeanwhile() {
        answered(SETTINGS.burst() + 1, 0);
        assertThat(limit.take(User.LOCAL, "10.0.0.1", 0)).isZero();
        assertThat(limit.take(null, "10.0.0.1", 0)).isZero();
        for (int i = 0; i < SETTINGS.burst(); i++) {
            limit.take(null, "2001:db8:0:1:0:0:0:" + Integer.toHexString(i), 0);
        }
        assertThat(limit.take(null, "2001:db8:0:1:ffff:0:0:1", 0)).isPositive();
        assertThat(limit.take(null, "2001:db8:0:2:ffff:0:0:1", 0)).isZero();
    }
}
