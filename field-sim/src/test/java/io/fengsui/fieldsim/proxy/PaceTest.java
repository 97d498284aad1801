package io.fengsui.fieldsim.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When pieces leave. */
class PaceTest {
    private static final long START = Long.MAX_VALUE - 10;

    private final Pace pace = new Pace(new Random(5), START);

    private static long after(long due) {
        return due - START;
    }

    private static long millis(long many) {
        return Duration.ofMillis(many).toNanos();
    }

    @Test
    void withoutFaultsAPieceLeavesAtOnce() {
        assertThat(after(pace.due(Faults.NONE, 1000, START + 7))).isEqualTo(7);
    }

    @Test
    void jitterKeepsTheOrder() {
        Faults late = Faults.NONE.with(new Fault.Latency(Duration.ofMillis(100), Duration.ofMillis(50)));
        long last = 0;
        for (int i = 0; i < 1000; i++) {
            long due = after(pace.due(late, 10, START + i));
            assertThat(due).isGreaterThanOrEqualTo(last).isBetween(millis(100) + i, millis(150) + i);
            last = due;
        }
    }

    @Test
    void aThinLineCarriesPiecesOneAfterAnother() {
        Faults thin = Faults.NONE.with(new Fault.Throttle(1000));
        assertThat(after(pace.due(thin, 100, START))).isEqualTo(millis(100));
        assertThat(after(pace.due(thin, 100, START))).isEqualTo(millis(200));
        // A pause is not made up for.
        assertThat(after(pace.due(thin, 100, START + millis(500)))).isEqualTo(millis(600));
    }

    @Test
    void aLostPieceHoldsUpThoseBehindIt() {
        Faults lossy = Faults.NONE.with(new Fault.Loss(1, Duration.ofMillis(1)));
        assertThat(after(pace.due(lossy, 10, START))).isEqualTo(millis(63));
        assertThat(after(pace.due(Faults.NONE, 10, START))).isEqualTo(millis(63));
    }

    @Test
    void nothingIsLostAtRateZero() {
        Faults none = Faults.NONE.with(new Fault.Loss(0, Duration.ofSeconds(1)));
        for (int i = 0; i < 100; i++) {
            assertThat(after(pace.due(none, 10, START))).isZero();
        }
    }

    @Test
    void theNewestFaultOfAKindHolds() {
        Faults faults =
                Faults.NONE.with(new Fault.Throttle(1)).with(new Fault.Slice(3)).with(new Fault.Throttle(1000));
        assertThat(faults.get(Fault.Throttle.class)).contains(new Fault.Throttle(1000));
        assertThat(faults.has(Fault.Slice.class)).isTrue();
        assertThat(faults.has(Fault.Stall.class)).isFalse();
    }
}
