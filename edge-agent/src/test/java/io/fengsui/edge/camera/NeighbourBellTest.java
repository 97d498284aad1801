package io.fengsui.edge.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NeighbourBellTest {
    private static final long MILLISECOND = 1_000_000;

    private final NeighbourBell bell = new NeighbourBell(0);
    private final AtomicInteger hurried = new AtomicInteger();
    private final Runnable waiting = hurried::incrementAndGet;

    @Test
    void ringsForThoseWhoWait() {
        bell.listen(waiting);
        bell.ring(MILLISECOND);
        assertThat(hurried).hasValue(1);
    }

    @Test
    void ringsOnceWhenAWholeSiteComesBackTogether() {
        bell.listen(waiting);
        for (int i = 0; i < 100; i++) {
            bell.ring(i * MILLISECOND);
        }
        assertThat(hurried).hasValue(1);
        bell.ring(501 * MILLISECOND);
        assertThat(hurried).hasValue(2);
    }

    @Test
    void doesNotRingForThoseWhoAreTryingAlready() {
        bell.listen(waiting);
        bell.leave(waiting);
        bell.ring(MILLISECOND);
        assertThat(hurried).hasValue(0);
    }
}
