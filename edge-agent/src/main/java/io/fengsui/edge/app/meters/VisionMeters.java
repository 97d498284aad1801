package io.fengsui.edge.app.meters;

import io.fengsui.edge.meter.LabelledCounters;
import io.fengsui.edge.vision.VisionDropReason;
import io.fengsui.edge.vision.VisionObserver;
import io.fengsui.edge.vision.wire.FromWorker;
import io.fengsui.edge.vision.wire.SkipReason;
import io.fengsui.protocol.link.ModelInUse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Counts what the vision workers do. Thread-safe. */
public final class VisionMeters implements VisionObserver {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final Timer waited;
    private final Timer decode;
    private final Timer inference;
    private final Timer snapshot;
    private final Counter accused;
    private final Counter restarts;
    private final Counter failures;
    private final LabelledCounters<VisionDropReason> drops;
    private final LabelledCounters<SkipReason> skips;
    private final Counter decoded;
    private final Counter inferred;
    private final AtomicLong looked = new AtomicLong();

    private final Consumer<String> missed;
    private final Consumer<Path> modelFolder;

    /**
     * @param missed told the camera of each look that came to nothing and that no newer one replaced
     * @param modelFolder told of the model that serves from now on
     */
    public VisionMeters(MeterRegistry registry, Consumer<String> missed, Consumer<Path> modelFolder) {
        this.missed = missed;
        this.modelFolder = modelFolder;
        waited = timer(registry, "edge.look.wait", "Time from the look's last picture until it was looked at");
        decode = timer(registry, "edge.decode", "Time to decode the pictures of one look");
        inference = timer(registry, "edge.inference", "Time to prepare, infer and read one picture");
        snapshot = timer(registry, "edge.snapshot", "Time to make a picture as evidence");
        decoded = Counter.builder("edge.vision.decoded.frames")
                .description("Pictures that were decoded, for looks and for evidence")
                .register(registry);
        inferred = Counter.builder("edge.vision.inferred.frames")
                .description("Pictures that the detector looked at")
                .register(registry);
        accused = Counter.builder("edge.vision.accused")
                .description("Times a camera was in flight when a worker ended")
                .register(registry);
        restarts = Counter.builder("edge.vision.restarts")
                .description("Vision workers that were started again")
                .register(registry);
        failures = Counter.builder("edge.vision.failures")
                .description("Exceptions kept from ending the vision workers' supervisor")
                .register(registry);
        drops = new LabelledCounters<>(
                registry, VisionDropReason.class, "edge.looks.dropped", "Looks that were never looked at", "reason");
        skips = new LabelledCounters<>(
                registry, SkipReason.class, "edge.looks.skipped", "Looks with nothing to look at", "reason");
    }

    private static Timer timer(MeterRegistry registry, String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** Pictures that were looked at. */
    public long looked() {
        return looked.get();
    }

    @Override
    public void onLooked(String camera, long waitedNanos, FromWorker.Detected detected) {
        looked.incrementAndGet();
        decoded.increment(detected.pictures().decoded());
        inferred.increment();
        waited.record(waitedNanos, TimeUnit.NANOSECONDS);
        decode.record(detected.spent().decodeNanos(), TimeUnit.NANOSECONDS);
        inference.record(detected.spent().detectNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void onLuma(String camera, FromWorker.LumaTaken taken) {
        decoded.increment(taken.pictures().decoded());
        decode.record(taken.decodeNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void onSnapshot(String camera, long tookNanos, FromWorker.Pictures pictures) {
        decoded.increment(pictures.decoded());
        snapshot.record(tookNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void onDrop(String camera, VisionDropReason reason) {
        drops.increment(reason);
        if (reason != VisionDropReason.REPLACED) {
            missed.accept(camera);
        }
    }

    @Override
    public void onSkip(String camera, SkipReason reason) {
        skips.increment(reason);
        missed.accept(camera);
    }

    @Override
    public void onAccused(String camera, ModelInUse model) {
        accused.increment();
    }

    @Override
    public void onModel(ModelInUse model, Path folder, String why) {
        modelFolder.accept(folder);
    }

    @Override
    public void onFailure() {
        failures.increment();
    }

    @Override
    public void onRestart(int worker, String reason) {
        restarts.increment();
    }
}
