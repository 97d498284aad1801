package io.fengsui.edge.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.edge.camera.CameraState;
import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.decide.outlet.Outlets;
import io.fengsui.edge.sensor.SensorMessage.SensorInput;
import io.fengsui.edge.track.TrackSettings;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Quality;
import io.fengsui.protocol.value.Reading;
import io.fengsui.runtime.ManualTimeSource;
import io.fengsui.runtime.TimeSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeciderTest {
    private static final TimeSource CLOCK = TimeSource.system();

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final AtomicBoolean isDiskFull = new AtomicBoolean();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final Decider decider = new Decider(
            BenchRules.settings("cam-1"),
            BenchRules.rules(BenchRules.RULES),
            TrackSettings.DEFAULT,
            new Outlets(this::take, _ -> {}, _ -> {}, new Random(1)),
            DeciderTest::now);

    @AfterEach
    void close() {
        decider.close();
    }

    @Test
    void decidesOnItsOwnThread() {
        decider.start();
        assertThat(decider.offer(smoke(1))).isTrue();
        decider.onState("cam-1", CameraState.UNAUTHORIZED, "unauthorized", "");
        await().untilAsserted(() -> assertThat(events)
                .extracting(e -> e.kind().value())
                .containsExactlyInAnyOrder("fire.smoke", "health.camera.offline"));
        assertThat(acknowledged).hasValue(1);
    }

    @Test
    void offersAgainWithoutAnotherInput() {
        isDiskFull.set(true);
        decider.start();
        decider.offer(smoke(1));
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        decider.bindTo(meters);
        await().until(() -> meters.get("edge_decide_slots_waiting").gauge().value() == 1);
        isDiskFull.set(false);
        await().until(() -> events.size() == 1);
    }

    @Test
    void refusesReadingsWhenItIsFullAndLetsNewerPicturesWin() {
        for (int i = 0; i < DecideQueue.MAX_SENSOR_MESSAGES; i++) {
            assertThat(decider.offer(smoke(0))).isTrue();
        }
        assertThat(decider.offer(smoke(0))).isFalse();
        TestingBench bench = new TestingBench();
        assertThat(decider.offer(bench.picture(1))).isTrue();
        assertThat(decider.offer(bench.picture(2))).isTrue();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        decider.bindTo(meters);
        assertThat(meters.get("edge_decide_readings_refused").functionCounter().count())
                .isEqualTo(1);
        assertThat(meters.get("edge_decide_pictures_replaced").functionCounter().count())
                .isEqualTo(1);
        decider.start();
        await().atMost(Duration.ofSeconds(20))
                .untilAtomic(acknowledged, org.hamcrest.Matchers.is(DecideQueue.MAX_SENSOR_MESSAGES));
        assertThat(decider.offer(smoke(0))).isTrue();
    }

    /** One that is given up is not acknowledged, and not sent again either while its connection holds. */
    @Test
    void noReadingIsGivenUpWhileSlotsWait() {
        isDiskFull.set(true);
        for (int i = 0; i < DecideQueue.MAX_SENSOR_MESSAGES; i++) {
            assertThat(decider.offer(smoke(0))).isTrue();
        }
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        decider.bindTo(meters);
        decider.start();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> meters.get("edge_decide_slots_waiting").gauge().value() >= Outbox.MAX_WAITING / 2.0);
        assertThat(decider.offer(smoke(0))).as("it stays with its broker").isFalse();
        isDiskFull.set(false);
        await().atMost(Duration.ofSeconds(20))
                .untilAtomic(acknowledged, org.hamcrest.Matchers.is(DecideQueue.MAX_SENSOR_MESSAGES));
        assertThat(meters.get("edge_decide_slots_dropped").functionCounter().count())
                .isZero();
    }

    @Test
    void idlingIsProgressAndAnOutletThatDoesNotComeBackIsNone() throws InterruptedException {
        ManualTimeSource time = new ManualTimeSource(Instant.parse("2026-05-01T08:00:00Z"));
        CountDownLatch isIn = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        Outlets outlets = new Outlets(
                _ -> true,
                _ -> {},
                _ -> {
                    isIn.countDown();
                    awaitQuietly(gate);
                },
                new Random(1));
        try (Decider hanging = new Decider(
                BenchRules.settings("cam-1"),
                BenchRules.rules(BenchRules.RULES),
                TrackSettings.DEFAULT,
                outlets,
                () -> new Moment(time.wall(), ClockQuality.FREE, "boot", time.steadyNanos()))) {
            hanging.start();
            time.advance(Duration.ofMinutes(4));
            await().until(() -> hanging.progress().standing().isZero());
            hanging.offer(smoke(1));
            assertThat(isIn.await(20, TimeUnit.SECONDS)).isTrue();
            time.advance(Duration.ofMinutes(4));
            assertThat(hanging.progress().standing()).isEqualTo(Duration.ofMinutes(4));
            gate.countDown();
            await().until(() -> hanging.progress().standing().isZero());
        }
    }

    private static void awaitQuietly(CountDownLatch gate) {
        try {
            assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean take(Slot slot) {
        if (isDiskFull.get()) {
            return false;
        }
        events.addAll(slot.events());
        slot.afterCommit().forEach(Runnable::run);
        return true;
    }

    private SensorInput smoke(double value) {
        return smoke(value, acknowledged);
    }

    static SensorInput smoke(double value, AtomicInteger acknowledged) {
        return new SensorInput(
                new Reading("smoke-1", "smoke", value, "", Quality.GOOD, now()), false, acknowledged::incrementAndGet);
    }

    static Moment now() {
        return new Moment(CLOCK.wall(), ClockQuality.FREE, "boot", CLOCK.steadyNanos());
    }
}
