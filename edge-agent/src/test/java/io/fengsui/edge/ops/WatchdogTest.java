package io.fengsui.edge.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.runtime.ManualTimeSource;
import io.fengsui.runtime.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private final ManualTimeSource time = new ManualTimeSource(Instant.parse("2026-05-01T08:00:00Z"));
    private final Progress spool = new Progress("ring-spool", time::steadyNanos);
    private final Progress decide = new Progress("decide", time::steadyNanos);
    private final Stuck stuck = new Stuck(() -> List.of(spool, decide));

    @Test
    void aThreadThatStandsStillForLongerThanTheBoundIsNamed() {
        time.advance(Stuck.LIMIT);
        assertThat(stuck.words()).isEmpty();
        spool.made();
        time.advance(Duration.ofSeconds(1));
        assertThat(stuck.words()).containsExactly("the thread decide has stood still for 181 s");
        assertThat(stuck.names()).containsExactly("decide");
        decide.made();
        assertThat(stuck.words()).isEmpty();
    }

    @Test
    void aThreadThatTheKernelHasWaitForADiskIsNoReasonToStartAnew() {
        AtomicBoolean isWaiting = new AtomicBoolean(true);
        Stuck watched =
                new Stuck(() -> List.of(spool, decide), thread -> thread.equals("ring-spool") && isWaiting.get());
        time.advance(Stuck.LIMIT.plusSeconds(1));
        assertThat(watched.names()).containsExactly("decide");
        isWaiting.set(false);
        assertThat(watched.names()).containsExactly("ring-spool", "decide");
        isWaiting.set(true);
        spool.ended();
        assertThat(watched.names()).containsExactly("ring-spool", "decide");
    }

    @Test
    void aThreadThatHasEndedIsNamedAtOnce() {
        decide.ended();
        assertThat(stuck.words()).containsExactly("the thread decide has ended");
    }

    @Test
    void aLookThatThrowsIsNotTheLast() {
        AtomicInteger fed = new AtomicInteger();
        AtomicInteger looks = new AtomicInteger();
        Stuck failing = new Stuck(() -> {
            if (looks.incrementAndGet() <= 2) {
                throw new NoClassDefFoundError("gone");
            }
            return List.of(spool, decide);
        });
        try (Watchdog watchdog = Watchdog.start(failing, fed::incrementAndGet, Duration.ofMillis(10))) {
            assertThat(watchdog).isNotNull();
            await().until(() -> fed.get() >= 1);
            assertThat(looks).hasValueGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void isFedOnlyWhileEveryThreadGetsOn() {
        AtomicInteger fed = new AtomicInteger();
        AtomicInteger looks = new AtomicInteger();
        Stuck watched = new Stuck(() -> {
            looks.incrementAndGet();
            return List.of(spool, decide);
        });
        try (Watchdog watchdog = Watchdog.start(watched, fed::incrementAndGet, Duration.ofMillis(10))) {
            assertThat(watchdog).isNotNull();
            await().until(() -> fed.get() >= 1);
            time.advance(Stuck.LIMIT.plusSeconds(1));
            spool.made();
            int before = looks.get();
            // One look may be under way, and the first of those that are stuck looks twice, for the names.
            await().until(() -> looks.get() >= before + 2);
            int fedBefore = fed.get();
            await().until(() -> looks.get() >= before + 5);
            assertThat(fed).hasValue(fedBefore);
            decide.made();
            await().until(() -> fed.get() > fedBefore);
        }
    }
}
