package io.fengsui.edge.camera;

import io.fengsui.edge.camera.gop.GopArena;
import io.fengsui.edge.camera.gop.GopSettings;
import io.fengsui.edge.camera.gop.GopSnapshot;
import io.fengsui.edge.camera.gop.GopSource;
import io.fengsui.edge.camera.gop.KeptPictures;
import io.fengsui.edge.rtsp.net.NetLoops;
import io.fengsui.runtime.Progress;
import io.fengsui.runtime.TimeSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All cameras of a box on a few shared event loops. Cameras come, go and change one by one; the others do not notice.
 * Thread-safe.
 */
public final class CameraFleet implements GopSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CameraFleet.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

    /**
     * @param loops event loops in all, whatever the number of cameras
     * @param maxConnecting cameras that connect at the same time
     * @param gops memory for groups of pictures
     */
    public record Limits(int loops, int maxConnecting, GopSettings gops) {
        public static final Limits USUAL = new Limits(1, 64, GopSettings.USUAL);

        /** The same with other memory for groups of pictures. */
        public Limits with(GopSettings other) {
            return new Limits(loops, maxConnecting, other);
        }
    }

    private final NetLoops loops;
    private final List<Progress> threads;
    private final FleetContext context;
    private final GopArena arena;
    private final Map<String, CameraSource> cameras = new ConcurrentHashMap<>();

    /** Starts no camera yet. */
    public CameraFleet(Limits limits, TimeSource time, AccessUnitSink units, CameraStateSink states) {
        this(limits, time, RetryPolicy.Waits.USUAL, units, states);
    }

    CameraFleet(Limits limits, TimeSource time, RetryPolicy.Waits waits, AccessUnitSink units, CameraStateSink states) {
        this.loops = new NetLoops(limits.loops());
        this.threads = loops.watch(time::steadyNanos);
        this.arena = new GopArena(limits.gops());
        AtomicLong generations = new AtomicLong();
        this.context = new FleetContext(
                loops,
                time,
                new SecureRandom(),
                new ConnectLimiter(limits.maxConnecting()),
                new NeighbourBell(time.steadyNanos()),
                waits,
                generations::incrementAndGet,
                arena,
                units,
                states);
    }

    /** Makes the fleet this list: new cameras are added, missing ones removed, changed ones replaced, others left alone. */
    public synchronized void start(List<CameraSettings> wanted) {
        Set<String> names = new HashSet<>();
        for (CameraSettings settings : wanted) {
            if (!names.add(settings.name())) {
                throw new IllegalArgumentException("two cameras are called " + settings.name());
            }
        }
        for (String name : List.copyOf(cameras.keySet())) {
            if (!names.contains(name)) {
                remove(name);
            }
        }
        wanted.forEach(this::put);
    }

    /** Adds a camera or replaces the one of this name; does nothing when the settings are the same. */
    public synchronized void put(CameraSettings settings) {
        CameraSource former = cameras.get(settings.name());
        if (former != null && former.settings().equals(settings)) {
            return;
        }
        CameraSource source = new CameraSource(settings, context);
        cameras.put(settings.name(), source);
        if (former == null) {
            source.start();
        } else {
            // Most cameras serve few sessions: the former one is left first.
            former.remove().whenComplete((nothing, failure) -> source.start());
        }
    }

    /** Removes a camera; does nothing when there is none of this name. */
    public synchronized void remove(String name) {
        CameraSource source = cameras.remove(name);
        if (source != null) {
            source.remove();
        }
    }

    /** All cameras by name. */
    public List<CameraStatus> status() {
        long now = context.time().steadyNanos();
        return cameras.values().stream()
                .map(source -> source.status(now))
                .sorted(Comparator.comparing(CameraStatus::name))
                .toList();
    }

    public Optional<CameraStatus> status(String name) {
        return Optional.ofNullable(cameras.get(name))
                .map(source -> source.status(context.time().steadyNanos()));
    }

    @Override
    public CompletableFuture<GopSnapshot> currentGop(String camera) {
        CameraSource source = cameras.get(camera);
        if (source == null) {
            return CompletableFuture.completedFuture(KeptPictures.NONE);
        }
        CompletableFuture<GopSnapshot> result = new CompletableFuture<>();
        source.loop().execute(() -> result.complete(source.gop().snapshot()));
        return result;
    }

    /** Whether the event loops get on; a camera that is away is no reason not to. */
    public List<Progress> threads() {
        return threads;
    }

    /** What groups of pictures take. */
    public GopArena.Usage gopUsage() {
        return arena.usage();
    }

    /** Leaves all cameras in words, then stops the event loops. */
    @Override
    public void close() {
        List<CompletableFuture<Void>> leaving = new ArrayList<>();
        synchronized (this) {
            cameras.values().forEach(source -> leaving.add(source.remove()));
            cameras.clear();
        }
        try {
            CompletableFuture.allOf(leaving.toArray(CompletableFuture[]::new))
                    .get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("not every camera answered in time when it was left");
        }
        loops.close();
    }
}
