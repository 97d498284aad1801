package io.fengsui.edge.rtsp.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.runtime.ManualTimeSource;
import io.fengsui.runtime.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NetLoopsTest {
    private static final Duration HANGS = Duration.ofMinutes(4);

    private final ManualTimeSource time = new ManualTimeSource(Instant.parse("2026-05-01T08:00:00Z"));

    @Test
    void aLoopWithNothingToDoGetsOnAndOneThatHangsDoesNot() throws InterruptedException {
        CountDownLatch isIn = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        try (NetLoops loops = new NetLoops(1)) {
            Progress progress = loops.watch(time::steadyNanos).getFirst();
            time.advance(HANGS);
            await().until(() -> progress.standing().isZero());
            loops.next().execute(() -> {
                isIn.countDown();
                awaitQuietly(gate);
            });
            assertThat(isIn.await(20, TimeUnit.SECONDS)).isTrue();
            time.advance(HANGS);
            assertThat(progress.standing()).isEqualTo(HANGS);
            gate.countDown();
            await().until(() -> progress.standing().isZero());
        }
    }

    @Test
    void eachLoopIsWatchedUnderTheNameOfItsThread() {
        try (NetLoops loops = new NetLoops(2)) {
            List<Progress> watched = loops.watch(time::steadyNanos);
            assertThat(watched).extracting(Progress::thread).containsExactly("net-0", "net-1");
            CompletableFuture<String> first = new CompletableFuture<>();
            CompletableFuture<String> second = new CompletableFuture<>();
            loops.next().execute(() -> first.complete(Thread.currentThread().getName()));
            loops.next().execute(() -> second.complete(Thread.currentThread().getName()));
            assertThat(List.of(first.join(), second.join())).containsExactlyInAnyOrder("net-0", "net-1");
        }
    }

    private static void awaitQuietly(CountDownLatch gate) {
        try {
            assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
