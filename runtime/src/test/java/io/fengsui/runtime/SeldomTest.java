package io.fengsui.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SeldomTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Seldom seldom = new Seldom();

    @Test
    void tellsEachKindAtOnceAndThenOnceAMinute() {
        assertThat(seldom.isDue("a", 5)).isTrue();
        assertThat(seldom.isDue("a", 6)).isFalse();
        assertThat(seldom.isDue("b", 6)).isTrue();
        assertThat(seldom.isDue("a", 4 + MINUTE)).isFalse();
        assertThat(seldom.isDue("a", 5 + MINUTE)).isTrue();
        assertThat(seldom.isDue("a", 6 + MINUTE)).isFalse();
    }

    @Test
    void remembersSoManyKindsAndNoMore() {
        for (int i = 0; i < 64; i++) {
            assertThat(seldom.isDue("kind-" + i, 0)).isTrue();
        }
        assertThat(seldom.isDue("one more", 0)).isTrue();
        assertThat(seldom.isDue("and another", 0)).isFalse();
        assertThat(seldom.isDue("kind-3", MINUTE)).isTrue();
    }
}
