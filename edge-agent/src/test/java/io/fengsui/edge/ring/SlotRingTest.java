package io.fengsui.edge.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.runtime.ManualTimeSource;
import io.fengsui.runtime.TimeSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlotRingTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TestingHandler handler = new TestingHandler();
    private final ManualTimeSource time = new ManualTimeSource(Instant.parse("2026-05-01T08:00:00Z"));
    private final SlotRing ring = new SlotRing(new RingSettings(16, 4, Duration.ofMillis(20)), handler, meters, time);

    @AfterEach
    void close() {
        handler.gate.countDown();
        ring.close();
    }

    @Test
    void acknowledgesOnlyAfterTheCommitThatCoversTheSlot() {
        AtomicInteger acknowledged = new AtomicInteger();
        handler.works.set(false);
        ring.start();
        assertThat(ring.offer(slot(acknowledged::incrementAndGet))).isTrue();
        await().until(() -> handler.commits.get() >= 2);
        assertThat(acknowledged).hasValue(0);

        handler.works.set(true);
        await().until(() -> acknowledged.get() == 1);
        assertThat(handler.appended).hasSize(1);
    }

    @Test
    void neverAcknowledgesASlotThatTheStoreDidNotTake() {
        AtomicInteger acknowledged = new AtomicInteger();
        handler.takes.set(false);
        ring.start();
        ring.offer(slot(acknowledged::incrementAndGet));
        await().until(() ->
                meters.get("edge_ring_store_refused_total").functionCounter().count() == 1);
        handler.takes.set(true);
        AtomicInteger second = new AtomicInteger();
        ring.offer(slot(second::incrementAndGet));
        await().until(() -> second.get() == 1);
        assertThat(acknowledged).hasValue(0);
    }

    @Test
    void keepsTheLastPlacesForUrgentSlots() throws InterruptedException {
        handler.blocks.set(true);
        ring.start();
        ring.offer(slot());
        assertThat(handler.blocked.await(10, java.util.concurrent.TimeUnit.SECONDS))
                .isTrue();
        int ordinary = offerUntilRefused(false);
        int urgent = offerUntilRefused(true);

        assertThat(ordinary).isEqualTo(16 - 4 - 1);
        assertThat(urgent).isEqualTo(4);
        assertThat(counter("ordinary")).isEqualTo(1);
        assertThat(counter("urgent")).isEqualTo(1);
        assertThat(ring.remainingRatio()).isZero();
    }

    @Test
    void outlivesAHandlerThatThrows() {
        handler.throwsError.set(true);
        ring.start();
        ring.offer(slot());
        await().until(() ->
                meters.get("edge_ring_failures_total").functionCounter().count() >= 1);
        handler.throwsError.set(false);

        AtomicInteger acknowledged = new AtomicInteger();
        ring.offer(slot(acknowledged::incrementAndGet));
        await().until(() -> acknowledged.get() == 1);
        assertThat(ring.isConsumerAlive()).isTrue();
    }

    @Test
    void idlingAndCommitsThatFailAreProgress() {
        ring.start();
        time.advance(Duration.ofHours(1));
        await().until(() -> ring.progress().standing().isZero());
        handler.works.set(false);
        ring.offer(slot());
        time.advance(Duration.ofHours(1));
        await().until(() -> ring.progress().standing().isZero());
        assertThat(meters.get("edge_thread_standing_seconds")
                        .tag("thread", "ring-spool")
                        .gauge()
                        .value())
                .isZero();
    }

    @Test
    void aCommitThatDoesNotComeBackStandsStill() throws InterruptedException {
        handler.blocks.set(true);
        ring.start();
        ring.offer(slot());
        assertThat(handler.blocked.await(10, java.util.concurrent.TimeUnit.SECONDS))
                .isTrue();
        time.advance(Duration.ofMinutes(4));
        assertThat(ring.progress().standing()).isEqualTo(Duration.ofMinutes(4));
        handler.blocks.set(false);
        handler.gate.countDown();
        await().until(() -> ring.progress().standing().isZero());
    }

    @Test
    void aConsumerThatEndedIsTold() {
        ring.start();
        ring.close();
        assertThat(ring.progress().hasEnded()).isTrue();
    }

    @Test
    void oneAcknowledgementThatThrowsDoesNotKeepTheOthersBack() {
        AtomicInteger acknowledged = new AtomicInteger();
        ring.start();
        ring.offer(slot(
                () -> {
                    throw new IllegalStateException("connection is a new one");
                },
                acknowledged::incrementAndGet));
        await().until(() -> acknowledged.get() == 1);
    }

    @Test
    void refusesBeforeTheStartAndAfterTheEnd() {
        assertThat(ring.offer(slot())).isFalse();
        ring.start();
        assertThat(ring.offer(slot())).isTrue();
        ring.close();
        assertThat(ring.offer(slot())).isFalse();
        assertThat(handler.appended).hasSize(1);
        assertThat(ring.isConsumerAlive()).isFalse();
    }

    @Test
    void aNudgeLeadsToACommitWithoutASlot() {
        SlotRing lazy = new SlotRing(
                new RingSettings(16, 4, Duration.ofHours(1)), handler, new SimpleMeterRegistry(), TimeSource.system());
        lazy.start();
        int before = handler.commits.get();
        lazy.nudge();
        await().until(() -> handler.commits.get() > before);
        assertThat(handler.appended).isEmpty();
        lazy.close();
    }

    private double counter(String slotClass) {
        return meters.get("edge_ring_refused_total")
                .tag("class", slotClass)
                .counter()
                .count();
    }

    private int offerUntilRefused(boolean isUrgent) {
        int taken = 0;
        while (ring.offer(isUrgent ? slot(() -> {}) : slot())) {
            taken++;
        }
        return taken;
    }

    private static Slot slot(Runnable... afterCommit) {
        return new Slot(List.of(), List.of(), List.of(), List.of(afterCommit), 0);
    }

    private static final class TestingHandler implements SlotHandler {
        final List<Slot> appended = Collections.synchronizedList(new ArrayList<>());
        final AtomicInteger commits = new AtomicInteger();
        final AtomicBoolean works = new AtomicBoolean(true);
        final AtomicBoolean takes = new AtomicBoolean(true);
        final AtomicBoolean throwsError = new AtomicBoolean();
        final AtomicBoolean blocks = new AtomicBoolean();
        final CountDownLatch blocked = new CountDownLatch(1);
        final CountDownLatch gate = new CountDownLatch(1);

        @Override
        public boolean append(Slot slot) {
            if (throwsError.get()) {
                throw new AssertionError("a bug in the store");
            }
            if (takes.get()) {
                appended.add(slot);
            }
            return takes.get();
        }

        @Override
        public boolean commit() {
            commits.incrementAndGet();
            if (blocks.get()) {
                blocked.countDown();
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return works.get();
        }
    }
}
