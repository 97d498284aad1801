package io.fengsui.edge.decide.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RuleGuardTest {
    private long work;
    private final RuleGuard guard = new RuleGuard(() -> work);

    private void run(long millis, long nowNanos, boolean hasFailed) {
        long before = guard.before();
        work += millis * 1_000_000;
        guard.after("r", before, nowNanos, hasFailed);
    }

    @Test
    void stopsWhatTakesMoreThanItsAccountHolds() {
        for (int i = 0; i < 12; i++) {
            run(100, i * 1_000_000L, false);
        }
        assertThat(guard.takeStopped()).containsOnlyKeys("r");
        assertThat(guard.isStopped("r")).isTrue();
        assertThat(guard.isStopped("other")).isFalse();
        assertThat(guard.takeStopped()).isEmpty();
    }

    @Test
    void bearsWhatFlowsBack() {
        for (int i = 0; i < 1000; i++) {
            run(40, i * 1_000_000_000L, false);
        }
        assertThat(guard.takeStopped()).isEmpty();
    }

    @Test
    void stopsAConditionThatFailsOnEndAndNotOneThatFailsNowAndThen() {
        for (int i = 0; i < 100; i++) {
            run(0, i, i % 10 != 0);
        }
        assertThat(guard.takeStopped()).isEmpty();
        for (int i = 0; i < RuleGuard.MAX_FAILURES; i++) {
            run(0, i, true);
        }
        assertThat(guard.takeStopped().get("r")).contains("could not be evaluated");
    }

    @Test
    void stopsWhatThrowsAgainAndAgain() {
        for (int i = 0; i < 3; i++) {
            assertThat(guard.isStopped("r")).isFalse();
            guard.thrown("r", new IllegalStateException("broken"));
        }
        assertThat(guard.takeStopped().get("r")).contains("broken");
    }

    @Test
    void chargesWorkAndNotTheTimeThatPasses() {
        for (int i = 0; i < 100; i++) {
            run(1, TimeUnit.HOURS.toNanos(i), false);
        }
        long before = guard.before();
        guard.after("r", before, TimeUnit.HOURS.toNanos(200), false);
        assertThat(guard.takeStopped())
                .as("hours went by, and no work was done")
                .isEmpty();
        run(1_001, TimeUnit.HOURS.toNanos(200), false);
        assertThat(guard.takeStopped().get("r")).contains("1001 ms of work");
    }
}
