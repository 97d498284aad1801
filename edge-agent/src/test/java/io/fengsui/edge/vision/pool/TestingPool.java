package io.fengsui.edge.vision.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.gate.Look;
import io.fengsui.edge.gate.luma.LumaPicture;
import io.fengsui.edge.vision.LookedPicture;
import io.fengsui.edge.vision.LookedPictureSink;
import io.fengsui.edge.vision.Quarantine;
import io.fengsui.edge.vision.TestingStreet;
import io.fengsui.edge.vision.VisionDropReason;
import io.fengsui.edge.vision.VisionObserver;
import io.fengsui.edge.vision.VisionSettings;
import io.fengsui.edge.vision.VisionSettings.Folders;
import io.fengsui.edge.vision.VisionSettings.InputSize;
import io.fengsui.edge.vision.VisionSettings.Limits;
import io.fengsui.edge.vision.VisionSettings.Staff;
import io.fengsui.edge.vision.VisionState;
import io.fengsui.edge.vision.VisionStateSink;
import io.fengsui.edge.vision.model.ModelPackage;
import io.fengsui.edge.vision.wire.FromWorker;
import io.fengsui.edge.vision.wire.SkipReason;
import io.fengsui.protocol.link.ModelInUse;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A pool with a real worker process and the project's detector, and everything it said. */
public final class TestingPool implements AutoCloseable {
    record Said(VisionState state, String reason) {}

    final BlockingQueue<LookedPicture> pictures = new LinkedBlockingQueue<>();
    final BlockingQueue<LumaPicture> small = new LinkedBlockingQueue<>();
    final BlockingQueue<Said> states = new LinkedBlockingQueue<>();
    final BlockingQueue<VisionDropReason> drops = new LinkedBlockingQueue<>();
    final BlockingQueue<SkipReason> skips = new LinkedBlockingQueue<>();
    final BlockingQueue<String> accused = new LinkedBlockingQueue<>();
    final BlockingQueue<FromWorker.Pictures> counts = new LinkedBlockingQueue<>();
    final AtomicBoolean isBroken = new AtomicBoolean();
    final VisionPool pool;
    private final TimeSource time;

    static Limits limits(Duration job) {
        return new Limits(job, Duration.ofSeconds(60), 128, 1024);
    }

    TestingPool(Path data, Limits limits, TimeSource time) throws Exception {
        this(data, limits, new Staff(1, 1, false), time);
    }

    TestingPool(Path data, Limits limits, Staff staff, TimeSource time) throws Exception {
        this(data, limits, staff, time, (_, _, _, _) -> {});
    }

    /** @param told hears what is said of workers and cameras, too */
    TestingPool(Path data, Limits limits, Staff staff, TimeSource time, VisionStateSink told) throws Exception {
        this.time = time;
        VisionSettings settings = new VisionSettings(
                TestingStreet.model(),
                new InputSize(320, 192),
                staff,
                Duration.ofMinutes(1),
                limits,
                new Folders(data.resolve("run"), TestingStreet.nativeLibraries()));
        pool = new VisionPool(
                settings,
                ModelPackage.load(settings.model()),
                new VisionPool.Outlets(new Keeping(), new News(told), new Counting()),
                time);
        pool.start();
    }

    private final class Keeping implements LookedPictureSink {
        @Override
        public boolean offer(LookedPicture picture) {
            if (isBroken.getAndSet(false)) {
                throw new NoClassDefFoundError("gone");
            }
            return pictures.offer(picture);
        }

        @Override
        public void onLuma(Look look, LumaPicture picture) {
            small.add(picture);
        }
    }

    private final class News implements VisionStateSink {
        private final VisionStateSink told;

        News(VisionStateSink told) {
            this.told = told;
        }

        @Override
        public void onState(int worker, VisionState state, String reason, String detail) {
            states.add(new Said(state, reason));
            told.onState(worker, state, reason, detail);
        }

        @Override
        public void onQuarantine(Quarantine quarantine) {
            told.onQuarantine(quarantine);
        }
    }

    private final class Counting implements VisionObserver {
        @Override
        public void onLooked(String camera, long waitedNanos, FromWorker.Detected detected) {
            counts.add(detected.pictures());
        }

        @Override
        public void onSnapshot(String camera, long tookNanos, FromWorker.Pictures made) {
            counts.add(made);
        }

        @Override
        public void onDrop(String camera, VisionDropReason reason) {
            drops.add(reason);
        }

        @Override
        public void onSkip(String camera, SkipReason reason) {
            skips.add(reason);
        }

        @Override
        public void onAccused(String camera, ModelInUse model) {
            accused.add(camera);
        }
    }

    void look(String camera) {
        pool.onLook(TestingStreet.look(camera, 6, time.steadyNanos()));
    }

    LookedPicture next() throws InterruptedException {
        return next(pictures);
    }

    static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        @Nullable T said = queue.poll(60, TimeUnit.SECONDS);
        assertThat(said).isNotNull();
        return said;
    }

    static ProcessHandle worker() {
        return ProcessHandle.current()
                .descendants()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow();
    }

    static long workers() {
        return ProcessHandle.current()
                .descendants()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .count();
    }

    static void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(worker().pid()))
                .start()
                .waitFor();
    }

    @Override
    public void close() throws IOException {
        pool.close();
    }
}
