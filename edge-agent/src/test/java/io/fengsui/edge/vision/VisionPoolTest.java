package io.fengsui.edge.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fengsui.edge.gate.GateReason;
import io.fengsui.edge.vision.VisionSettings.Folders;
import io.fengsui.edge.vision.VisionSettings.InputSize;
import io.fengsui.edge.vision.VisionSettings.Limits;
import io.fengsui.edge.vision.model.ModelPackage;
import io.fengsui.edge.vision.wire.Outline;
import io.fengsui.edge.vision.wire.SkipReason;
import io.fengsui.protocol.Detection;
import io.fengsui.runtime.TimeSource;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pool with a real worker process and the project's detector. */
@Timeout(120)
class VisionPoolTest {
    private static final TimeSource TIME = TimeSource.system();

    private record Said(VisionState state, String reason) {}

    @TempDir
    Path data;

    private final BlockingQueue<LookedPicture> pictures = new LinkedBlockingQueue<>();
    private final BlockingQueue<Said> states = new LinkedBlockingQueue<>();
    private final BlockingQueue<VisionDropReason> drops = new LinkedBlockingQueue<>();
    private final BlockingQueue<SkipReason> skips = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> accused = new LinkedBlockingQueue<>();
    private VisionPool pool;

    private VisionSettings settings(Duration jobLimit) {
        return new VisionSettings(
                TestingStreet.model(),
                new InputSize(320, 192),
                1,
                1,
                Duration.ofMinutes(1),
                new Limits(jobLimit, Duration.ofSeconds(60), 128, 1024),
                new Folders(data.resolve("run"), TestingStreet.nativeLibraries()));
    }

    @BeforeEach
    void startAPool() throws Exception {
        restartWith(Duration.ofSeconds(20));
    }

    private void restartWith(Duration jobLimit) throws Exception {
        if (pool != null) {
            pool.close();
        }
        VisionObserver observer = new VisionObserver() {
            @Override
            public void onDrop(String camera, VisionDropReason reason) {
                drops.add(reason);
            }

            @Override
            public void onSkip(String camera, SkipReason reason) {
                skips.add(reason);
            }

            @Override
            public void onAccused(String camera, io.fengsui.protocol.link.ModelInUse model) {
                accused.add(camera);
            }
        };
        VisionStateSink news = (_, state, reason, _) -> states.add(new Said(state, reason));
        VisionSettings settings = settings(jobLimit);
        pool = new VisionPool(
                settings,
                ModelPackage.load(settings.model()),
                new VisionPool.Outlets(pictures::offer, news, observer),
                TIME);
        pool.start();
    }

    @AfterEach
    void closeThePool() throws IOException {
        pool.close();
    }

    private LookedPicture next() throws InterruptedException {
        @Nullable LookedPicture picture = pictures.poll(60, TimeUnit.SECONDS);
        assertThat(picture).isNotNull();
        return picture;
    }

    private void look(String camera) {
        pool.onLook(TestingStreet.look(camera, 6, TIME.steadyNanos()));
    }

    private static ProcessHandle worker() {
        return ProcessHandle.current()
                .descendants()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow();
    }

    private static void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(worker().pid()))
                .start()
                .waitFor();
    }

    @Test
    void findsDrawnPeopleInTheNewestPicture() throws Exception {
        look("gate-1");
        LookedPicture picture = next();
        assertThat(picture.width()).isEqualTo(1280);
        assertThat(picture.height()).isEqualTo(720);
        assertThat(picture.model().name()).isEqualTo("nanodet-g");
        List<Detection> people = picture.detections().stream()
                .filter(d -> d.label().equals("person"))
                .toList();
        assertThat(people).hasSize(2);
        // After one second of walking, not where they stood in the keyframe.
        assertThat(people)
                .allSatisfy(p -> assertThat(TestingStreet.truth(1.0))
                        .anySatisfy(t -> assertThat(t.iou(p.box())).isGreaterThan(0.6f)));
    }

    @Test
    void makesASnapshotOfTheAskedSizeWithChineseNames() throws Exception {
        Outline zone = new Outline("禁区", List.of(0.1, 0.4, 0.4), List.of(0.6, 0.6, 0.9));
        SnapshotJob job =
                new SnapshotJob(TestingStreet.look("gate-1", 1, TIME.steadyNanos()), List.of(), List.of(zone), 640, 85);
        byte[] jpeg = pool.snapshot(job).get(60, TimeUnit.SECONDS);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
        assertThat(image.getWidth()).isEqualTo(640);
        assertThat(image.getHeight()).isEqualTo(360);
        // On the outline's upper edge the picture is the zone's yellow.
        int rgb = image.getRGB((int) (0.25 * 639), (int) Math.round(0.6 * 359));
        assertThat(rgb >> 16 & 255).isGreaterThan(200);
        assertThat(rgb & 255).isLessThan(140);
    }

    @Test
    void skipsADamagedAccessUnitAndGoesOn() throws Exception {
        byte[] keyframe = TestingStreet.annexB().getFirst().clone();
        for (int i = 200; i < keyframe.length; i++) {
            keyframe[i] = (byte) (i * 31);
        }
        pool.onLook(TestingStreet.look("gate-1", List.of(keyframe), TIME.steadyNanos(), GateReason.KEYFRAME));
        assertThat(skips.poll(60, TimeUnit.SECONDS)).isEqualTo(SkipReason.CORRUPT);
        pool.onLook(TestingStreet.look(
                "gate-1", List.of(new byte[] {0, 0, 1, 0x65, 1, 2, 3}), TIME.steadyNanos(), GateReason.KEYFRAME));
        assertThat(skips.poll(60, TimeUnit.SECONDS)).isEqualTo(SkipReason.NO_PARAMETER_SETS);
        look("gate-1");
        assertThat(next().detections()).isNotEmpty();
        assertThat(states.stream().filter(s -> s.state() == VisionState.DOWN)).isEmpty();
    }

    @Test
    @Tag("slow")
    void aKilledWorkerEndsItsJobAndAnotherOneServes() throws Exception {
        look("gate-1");
        next();
        signal("STOP");
        look("gate-1");
        await().until(() -> pool.inFlight() == 1);
        signal("KILL");
        assertThat(drops.poll(60, TimeUnit.SECONDS)).isEqualTo(VisionDropReason.CRASH);
        assertThat(accused.poll(1, TimeUnit.SECONDS)).isEqualTo("gate-1");
        look("gate-2");
        assertThat(next().look().camera()).isEqualTo("gate-2");
        assertThat(pool.inFlight()).isZero();
        assertThat(states).contains(new Said(VisionState.DOWN, "exited"));
    }

    @Test
    @Tag("slow")
    void aWorkerThatStandsStillIsEndedAndAnotherOneServes() throws Exception {
        restartWith(Duration.ofMillis(1500));
        look("gate-1");
        next();
        signal("STOP");
        look("gate-1");
        assertThat(drops.poll(60, TimeUnit.SECONDS)).isEqualTo(VisionDropReason.TIMEOUT);
        look("gate-2");
        assertThat(next().look().camera()).isEqualTo("gate-2");
        assertThat(states).contains(new Said(VisionState.DOWN, "job_timeout"));
    }

    @Test
    @Tag("slow")
    void aClosedPoolLeavesNoProcessAndNoSocket() throws Exception {
        look("gate-1");
        next();
        ProcessHandle worker = worker();
        pool.close();
        await().until(() -> !worker.isAlive());
        assertThat(data.resolve("run/vision-0.sock")).doesNotExist();
        SnapshotJob job = new SnapshotJob(TestingStreet.look("gate-1", 1, 0), List.of(), List.of(), 640, 85);
        assertThatThrownBy(() -> pool.snapshot(job).get()).hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    @Tag("slow")
    void theWorkerSeesNothingOfTheAgentsEnvironmentAndGoesFirstWhenMemoryRunsOut() throws Exception {
        look("gate-1");
        next();
        Path proc = Path.of("/proc", Long.toString(worker().pid()));
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(proc));
        assertThat(Files.readString(proc.resolve("oom_score_adj")).strip()).isEqualTo("1000");
        assertThat(Files.readString(proc.resolve("environ")).split("\0"))
                .allSatisfy(e -> assertThat(e)
                        .matches("(?s)(CLASSPATH|LC_ALL|OPT_OUT_TRACKING|ORT_DISABLE_TELEMETRY|OPENBLAS_NUM_THREADS"
                                + "|OMP_NUM_THREADS|MALLOC_ARENA_MAX|DJL_CACHE_DIR|NLSPATH|LD_LIBRARY_PATH|_)=.*"));
        assertThat(Files.readString(proc.resolve("cmdline")).length()).isLessThan(4096);
    }
}
