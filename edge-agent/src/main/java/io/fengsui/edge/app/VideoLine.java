package io.fengsui.edge.app;

import io.fengsui.edge.action.Deed;
import io.fengsui.edge.app.meters.GateMeters;
import io.fengsui.edge.app.meters.GopMeters;
import io.fengsui.edge.app.meters.StreamMeters;
import io.fengsui.edge.app.meters.VisionMeters;
import io.fengsui.edge.app.shelf.ModelShelf;
import io.fengsui.edge.app.shelf.TrustShelf;
import io.fengsui.edge.camera.CameraFleet;
import io.fengsui.edge.config.AgentSettings;
import io.fengsui.edge.config.CameraEntry;
import io.fengsui.edge.decide.Decider;
import io.fengsui.edge.gate.ActivityGate;
import io.fengsui.edge.gate.trust.EarnedTrust;
import io.fengsui.edge.meter.StandingGauge;
import io.fengsui.edge.vision.Quarantine;
import io.fengsui.edge.vision.VisionState;
import io.fengsui.edge.vision.VisionStateSink;
import io.fengsui.edge.vision.model.BadModelException;
import io.fengsui.edge.vision.model.ModelPackage;
import io.fengsui.edge.vision.pool.ModelReport;
import io.fengsui.edge.vision.pool.VisionPool;
import io.fengsui.protocol.link.ModelInUse;
import io.fengsui.runtime.CloseStack;
import io.fengsui.runtime.Progress;
import io.fengsui.runtime.RoleThreads;
import io.fengsui.runtime.TimeSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cameras, gate and vision workers. Without a model that can be served the cameras are watched all the same: a bad model
 * stops vision, not the box.
 */
final class VideoLine {
    private static final Logger LOG = LoggerFactory.getLogger(VideoLine.class);
    private static final long MODEL_SECONDS = 120;
    private static final Duration KEEP_EARNED = Duration.ofMinutes(5);

    private final @Nullable VisionPool pool;
    private final ModelShelf shelf;
    private final String fault;
    private final VisionMeters meters;
    private final TimeSource time;
    private final CameraEyes eyes;
    private final ActivityGate gate;
    private final CameraFleet fleet;
    private final StreamMeters streams;
    private final GateMeters gates;
    private final TrustShelf trust;
    private final Map<String, List<EarnedTrust>> earnedBefore;

    VideoLine(AgentSettings settings, Decider decider, TimeSource time, MeterRegistry registry, CloseStack stack)
            throws IOException {
        this.time = time;
        AtomicReference<@Nullable VisionPool> madeLater = new AtomicReference<>();
        this.gate = new ActivityGate(look -> CameraEyes.offer(madeLater.get(), look), decider);
        this.shelf = new ModelShelf(
                settings.video().vision().model(), settings.storage().dataDirectory());
        this.meters = new VisionMeters(registry, gate::onMissed, shelf::remember);
        GateFeedback feedback = new GateFeedback(gate, decider);
        VisionPool made = null;
        ModelPackage model = null;
        String why = "";
        if (settings.video().vision().isEnabled()) {
            try {
                model = shelf.atStart();
                made = new VisionPool(
                        SettingsViews.vision(settings),
                        model,
                        new VisionPool.Outlets(feedback, new Trials(decider, this::look), meters),
                        time);
                madeLater.set(made);
                stack.push("vision", made);
            } catch (BadModelException e) {
                why = String.valueOf(e.getMessage());
                LOG.error("vision is off, since the model cannot be served: {}", why);
            }
        } else {
            why = "switched off in the configuration";
        }
        this.pool = made;
        this.fault = why;
        this.trust = new TrustShelf(settings.storage().dataDirectory());
        this.earnedBefore = new HashMap<>(trust.load());
        this.fleet = stack.push("cameras", new CameraFleet(SettingsViews.fleet(settings), time, gate, decider));
        this.eyes = new CameraEyes(made, why, gate, fleet, feedback);
        this.streams = new StreamMeters(
                registry, fleet, camera -> quarantinedUntil(camera).isPresent());
        GopMeters.register(fleet, registry);
        this.gates = new GateMeters(registry, gate);
        Gauge.builder("edge.vision.ready.workers", this, VideoLine::readyWorkers)
                .description("Vision workers that take jobs")
                .register(registry);
        threads().forEach(thread -> StandingGauge.register(thread, registry));
    }

    void start(AgentSettings settings, CloseStack stack) {
        if (pool != null) {
            pool.start();
        }
        apply(settings);
        stack.push("trust", () -> trust.save(gate.earned()));
        stack.push("trust-keeper", RoleThreads.every(KEEP_EARNED, "trust-keeper", () -> {
            trust.save(gate.earned());
            return true;
        })::shutdownNow);
    }

    /** Adds, removes and replaces cameras; those that did not change go on undisturbed. */
    void apply(AgentSettings settings) {
        eyes.hide(settings.cameras());
        settings.cameras().forEach(camera -> {
            List<EarnedTrust> before = earnedBefore.remove(camera.id());
            if (before != null) {
                gate.remember(camera.id(), before);
            }
            gate.configure(camera.id(), camera.gate().with(GateViews.interest(settings, camera)));
        });
        fleet.start(settings.cameras().stream().map(CameraEntry::stream).toList());
        Set<String> ids = settings.cameras().stream().map(CameraEntry::id).collect(Collectors.toSet());
        streams.apply(ids);
        gates.apply(ids);
    }

    /** Has a camera looked at whose pictures ended workers: a gate that is shut would not open for that. */
    private record Trials(VisionStateSink told, Consumer<String> eyes) implements VisionStateSink {
        @Override
        public void onState(int worker, VisionState state, String reason, String detail) {
            told.onState(worker, state, reason, detail);
        }

        @Override
        public void onQuarantine(Quarantine quarantine) {
            told.onQuarantine(quarantine);
        }

        @Override
        public void onTrial(String camera) {
            eyes.accept(camera);
        }
    }

    private void look(String camera) {
        eyes.look(camera);
    }

    /** Another entry of a camera is in force. */
    void changed(String camera) {
        if (pool != null && pool.tryAgain(camera)) {
            look(camera);
        }
    }

    void forget(String camera) {
        gate.forget(camera);
        if (pool != null) {
            pool.forget(camera);
        }
    }

    /**
     * Until when a camera is left out since its pictures ended vision workers; not after now while it is tried again; empty for one
     * that is looked at.
     */
    Optional<Instant> quarantinedUntil(String camera) {
        OptionalLong until = pool == null ? OptionalLong.empty() : pool.quarantinedUntil(camera);
        return until.isEmpty()
                ? Optional.empty()
                : Optional.of(time.wall().plusNanos(until.getAsLong() - time.steadyNanos()));
    }

    /** What is looked at and taken on demand. */
    CameraEyes eyes() {
        return eyes;
    }

    ActivityGate gate() {
        return gate;
    }

    CameraFleet fleet() {
        return fleet;
    }

    /** The model that serves; none when vision is off. */
    List<ModelInUse> models() {
        return pool == null ? List.of() : List.of(pool.model());
    }

    /**
     * Takes another model into use while cameras are watched. Waits until it serves; fails when it is refused, and the
     * former one serves on.
     */
    ModelReport useModel(String wanted) throws IOException, InterruptedException {
        if (pool == null) {
            throw eyes.off();
        }
        try {
            return pool.use(shelf.find(wanted)).get(MODEL_SECONDS, TimeUnit.SECONDS);
        } catch (BadModelException e) {
            throw new IOException(e.getMessage(), e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(String.valueOf(cause.getMessage()), e);
        } catch (TimeoutException e) {
            throw new IOException(
                    "the model does not serve after " + MODEL_SECONDS + " s; 'status' says which does", e);
        }
    }

    /** Why there is no vision; empty when there is. */
    String fault() {
        return fault;
    }

    /** Those that receive pictures and, unless vision is off, the one that has them looked at. */
    List<Progress> threads() {
        List<Progress> threads = new ArrayList<>(fleet.threads());
        if (pool != null) {
            threads.add(pool.progress());
        }
        return threads;
    }

    long readyWorkers() {
        return pool == null ? 0 : pool.readyWorkers();
    }

    long looked() {
        return meters.looked();
    }

    /** Looks at a camera more often for a while; answers what is wrong, or nothing. */
    String raise(Deed.FrameRate rate) {
        if (fleet.status(rate.camera()).isEmpty()) {
            return "there is no camera '" + rate.camera() + "'";
        }
        long now = time.steadyNanos();
        Duration least = Duration.ofSeconds(1).dividedBy(rate.perSecond());
        // A stream of 15 a second jitters: a little less than the distance of two pictures.
        boolean isRaised = gate.raise(
                rate.camera(),
                least.multipliedBy(9).dividedBy(10),
                now,
                now + rate.time().toNanos());
        return isRaised ? "" : ActivityGate.MOST_RAISED + " cameras are looked at more often already";
    }

    ModelShelf shelf() {
        return shelf;
    }
}
