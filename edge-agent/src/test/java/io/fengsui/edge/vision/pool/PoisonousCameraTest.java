package io.fengsui.edge.vision.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.edge.camera.CameraState;
import io.fengsui.edge.decide.Decider;
import io.fengsui.edge.decide.event.DecideSettings;
import io.fengsui.edge.decide.event.DecideSettings.CameraSpot;
import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.decide.outlet.Outlets;
import io.fengsui.edge.gate.GateReason;
import io.fengsui.edge.gate.Look;
import io.fengsui.edge.track.TrackSettings;
import io.fengsui.edge.vision.NoPictureException;
import io.fengsui.edge.vision.SnapshotJob;
import io.fengsui.edge.vision.TestingStreet;
import io.fengsui.edge.vision.VisionDropReason;
import io.fengsui.edge.vision.VisionSettings.Staff;
import io.fengsui.edge.vision.model.ModelPackage;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Place;
import io.fengsui.rules.RuleSet;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real workers that crash while they have one camera's pictures, and the decider that tells of it. */
@Tag("slow")
@Timeout(600)
class PoisonousCameraTest {
    private static final String POISON = "poison";
    private static final String GOOD = "good";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int MOST_CRASHES = 20;

    /** The system's clocks, but for what was skipped. */
    private static final class SkippingTime implements TimeSource {
        private final AtomicLong skipped = new AtomicLong();

        @Override
        public Instant wall() {
            return TimeSource.system().wall().plusNanos(skipped.get());
        }

        @Override
        public long steadyNanos() {
            return TimeSource.system().steadyNanos() + skipped.get();
        }

        void skip(Duration time) {
            skipped.addAndGet(time.toNanos());
        }
    }

    @TempDir
    private Path data;

    private final SkippingTime time = new SkippingTime();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final CameraSpot spot = new CameraSpot(Place.UNKNOWN, "", List.of(), List.of());
    private final Decider decider = new Decider(
            new DecideSettings(
                    "edge-1",
                    "site-1",
                    Place.UNKNOWN,
                    Map.of(POISON, spot, GOOD, spot),
                    Map.of(),
                    DecideSettings.Limits.DEFAULT),
            RuleSet.EMPTY,
            TrackSettings.DEFAULT,
            new Outlets(this::take, _ -> {}, _ -> {}, new Random(1)),
            this::now);

    private TestingPool bench;

    private boolean take(Slot slot) {
        events.addAll(slot.events());
        return true;
    }

    private Moment now() {
        return new Moment(time.wall(), ClockQuality.SYNCED, "boot-1", time.steadyNanos());
    }

    @BeforeEach
    void start() throws Exception {
        decider.start();
        List.of(POISON, GOOD).forEach(camera -> decider.onState(camera, CameraState.STREAMING, "", ""));
        bench = new TestingPool(data, TestingPool.limits(PATIENCE), new Staff(1, 1, false), time, decider);
    }

    @AfterEach
    void stop() throws IOException {
        bench.close();
        decider.close();
    }

    private List<String> told() {
        return events.stream()
                .filter(e -> e.kind().equals(EventKind.CAMERA_QUARANTINED))
                .map(e -> e.origin().source().id() + " " + e.phase() + " " + e.revision())
                .toList();
    }

    /** As long as a worker may have: it is still at it when it dies. */
    private void lookAtPoison() {
        List<byte[]> pictures = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            pictures.addAll(TestingStreet.annexB());
        }
        bench.pool.onLook(TestingStreet.look(POISON, pictures, time.steadyNanos(), GateReason.KEYFRAME));
    }

    private void seesTheGoodOne() throws InterruptedException {
        bench.look(GOOD);
        String camera = bench.next().look().camera();
        while (!camera.equals(GOOD)) {
            camera = bench.next().look().camera();
        }
    }

    private boolean isLeftOut() {
        return bench.pool.quarantinedUntil(POISON).isPresent();
    }

    /** Until the camera is left out, or was charged so often. */
    private void crash(int most) throws Exception {
        for (int crash = 0; crash < most && !isLeftOut(); crash++) {
            await().atMost(PATIENCE).until(() -> bench.pool.readyWorkers() == 1);
            if (bench.pool.inFlight() == 0) {
                lookAtPoison();
                await().atMost(PATIENCE).until(() -> bench.pool.inFlight() == 1);
            }
            TestingPool.signal("SEGV");
            await().atMost(PATIENCE).until(() -> bench.pool.readyWorkers() == 0);
        }
        await().atMost(PATIENCE).until(() -> bench.pool.readyWorkers() == 1);
    }

    @Test
    void aPictureOnDemandIsRefusedWithTheReasonAndEndsNoWorker() throws Exception {
        seesTheGoodOne();
        crash(MOST_CRASHES);
        assertThat(isLeftOut()).isTrue();
        Look look = TestingStreet.look(POISON, 1, time.steadyNanos());
        assertThat(bench.pool.snapshot(new SnapshotJob(look, List.of(), List.of(), 640, 80)))
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(NoPictureException.class)
                .withMessageContaining("3 vision workers in a row ended")
                .withMessageContaining("tried again in");
        look = TestingStreet.look(GOOD, 1, time.steadyNanos());
        assertThat(bench.pool.snapshot(new SnapshotJob(look, List.of(), List.of(), 640, 80)))
                .succeedsWithin(PATIENCE);
    }

    @Test
    void isTriedAtOnceWhenTheModelWasToBlameAndTheFormerServesAgain() throws Exception {
        seesTheGoodOne();
        Path good = TestingModels.copy(data.resolve("good"), "2", "model.yaml", "score: 0.4", "score: 0.41");
        bench.pool.use(ModelPackage.load(good)).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        crash(3);
        assertThat(bench.pool.model().version()).isEqualTo("1");
        assertThat(told()).containsExactly("poison BEGUN 1");
        bench.look(POISON);
        await().atMost(PATIENCE).until(() -> told().size() > 1);
        assertThat(told()).containsExactly("poison BEGUN 1", "poison ENDED 2");
        assertThat(isLeftOut()).isFalse();
    }

    @Test
    void isLeftOutAndToldWhileAnotherIsLookedAtAndTriedAgainLater() throws Exception {
        seesTheGoodOne();
        for (int crash = 0; crash < MOST_CRASHES && !isLeftOut(); crash++) {
            await().atMost(PATIENCE).until(() -> bench.pool.readyWorkers() == 1);
            if (bench.pool.inFlight() == 0) {
                seesTheGoodOne();
                lookAtPoison();
                await().atMost(PATIENCE).until(() -> bench.pool.inFlight() == 1);
            }
            TestingPool.signal("SEGV");
            await().atMost(PATIENCE).until(() -> bench.pool.readyWorkers() == 0);
        }
        await().atMost(PATIENCE).until(() -> !told().isEmpty());
        assertThat(told()).containsExactly("poison BEGUN 1");
        assertThat(bench.accused).containsOnly(POISON);
        assertThat(isLeftOut()).isTrue();
        assertThat(bench.pool.quarantinedUntil(GOOD)).isEmpty();

        await().atMost(PATIENCE).until(() -> bench.pool.readyWorkers() == 1);
        assertThat(bench.pool.inFlight())
                .as("what ended a worker goes to no other")
                .isZero();
        bench.drops.clear();
        bench.look(POISON);
        assertThat(bench.drops).containsExactly(VisionDropReason.QUARANTINED);
        seesTheGoodOne();
        assertThat(told()).hasSize(1);

        time.skip(Duration.ofMinutes(10));
        bench.look(POISON);
        await().atMost(PATIENCE).until(() -> told().size() > 1);
        assertThat(told()).containsExactly("poison BEGUN 1", "poison ENDED 2");
        assertThat(bench.next().look().camera()).isEqualTo(POISON);
        assertThat(isLeftOut()).isFalse();
        seesTheGoodOne();
    }
}
