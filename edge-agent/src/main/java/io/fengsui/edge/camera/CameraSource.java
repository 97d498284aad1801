package io.fengsui.edge.camera;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.camera.gop.GopBuffer;
import io.fengsui.edge.rtp.StreamCounters;
import io.fengsui.edge.rtsp.CloseReason;
import io.fengsui.edge.rtsp.RtspStream;
import io.fengsui.edge.rtsp.SessionListener;
import io.fengsui.edge.rtsp.StreamContext;
import io.fengsui.edge.rtsp.net.NetLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one camera's stream coming for as long as the camera is configured: one try at a time, a pause after each
 * failure, a new session when pictures stay away. The first connection and every later one go the same way.
 *
 * <pre>
 * WAITING -> CONNECTING -> PLAYING -> STREAMING
 *     a try fails, pictures stay away  -> OFFLINE       -- next try succeeds --> STREAMING
 *     credentials are refused          -> UNAUTHORIZED  -- next try succeeds --> STREAMING
 * </pre>
 *
 * While tries fail the state stays, so that nobody is told of each. A dead camera costs this object, one timer and one
 * connection attempt per pause. Event loop of the camera only, but for {@link #status}.
 */
final class CameraSource {
    private static final Logger LOG = LoggerFactory.getLogger(CameraSource.class);

    /** Pictures for so long make a success. */
    private static final Duration SUCCESS = Duration.ofSeconds(30);

    private static final Duration NEIGHBOUR_PAUSE = Duration.ofSeconds(30);

    private final CameraSettings settings;
    private final FleetContext fleet;
    private final NetLoop loop;
    private final StreamContext context;
    private final StreamCounters counters = new StreamCounters();
    private final GopBuffer gop;
    private final StreamMeter meter = new StreamMeter();
    private final RetryPolicy retry;
    private final AtomicLong sessions = new AtomicLong();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Runnable neighbour;

    private record Condition(CameraState state, String reason, String detail, long sinceNanos) {}

    private volatile Condition condition;
    private volatile long brokenGops;

    private @Nullable RtspStream stream;
    private NetLoop.@Nullable Timer timer;
    private boolean holdsPermit;
    private boolean isRemoved;
    /** For how long no picture came before the session was given up; null where that is not its end. */
    private @Nullable Duration stalledFor;

    private long playingNanos;
    private long packetsAtPlay;
    private boolean hasPicture;
    private long firstPictureNanos;
    private long lastPictureNanos;
    private long lastNeighbourNanos;

    CameraSource(CameraSettings settings, FleetContext fleet) {
        this.settings = settings;
        this.fleet = fleet;
        this.gop = new GopBuffer(fleet.arena());
        this.loop = fleet.loops().next();
        this.context = new StreamContext(loop, fleet.time(), fleet.random(), counters, fleet.nextGeneration());
        this.retry = new RetryPolicy(fleet.waits(), fleet.random());
        this.neighbour = () -> loop.execute(this::onNeighbour);
        this.lastNeighbourNanos = fleet.time().steadyNanos() - NEIGHBOUR_PAUSE.toNanos();
        this.condition = new Condition(CameraState.WAITING, "", "", fleet.time().steadyNanos());
    }

    CameraSettings settings() {
        return settings;
    }

    NetLoop loop() {
        return loop;
    }

    GopBuffer gop() {
        return gop;
    }

    StreamCounters counters() {
        return counters;
    }

    void start() {
        loop.execute(this::connect);
    }

    /** Ends the session in words; completes when the camera has been left. Thread-safe. */
    CompletableFuture<Void> remove() {
        loop.execute(() -> {
            isRemoved = true;
            cancelTimer();
            fleet.bell().leave(neighbour);
            gop.clear();
            if (stream == null) {
                ended.complete(null);
            } else {
                stream.close();
            }
        });
        return ended;
    }

    CameraStatus status(long nowNanos) {
        Condition now = condition;
        return new CameraStatus(
                settings.name(),
                now.state(),
                now.reason(),
                now.detail(),
                Duration.ofNanos(Math.max(0, nowNanos - now.sinceNanos())),
                sessions.get(),
                meter.read(nowNanos, now.state() == CameraState.STREAMING),
                counters.packets(),
                counters.bytes(),
                counters.accessUnits(),
                counters.keyframes(),
                brokenGops,
                counters.problems());
    }

    /** Once in a while at most: a camera that stays dead does not try with each flapping of another. */
    private void onNeighbour() {
        long now = fleet.time().steadyNanos();
        boolean isEarly = now - lastNeighbourNanos < NEIGHBOUR_PAUSE.toNanos();
        if (timer != null && stream == null && !isRemoved && !isEarly) {
            lastNeighbourNanos = now;
            cancelTimer();
            timer = loop.schedule(retry.afterNeighbour(), this::connect);
        }
    }

    private void connect() {
        fleet.bell().leave(neighbour);
        timer = null;
        if (!isRemoved) {
            fleet.limiter().acquire(() -> loop.execute(this::open));
        }
    }

    private void open() {
        if (isRemoved) {
            fleet.limiter().release();
            return;
        }
        holdsPermit = true;
        hasPicture = false;
        stalledFor = null;
        sessions.incrementAndGet();
        if (condition.state() == CameraState.WAITING) {
            become(CameraState.CONNECTING, "", "");
        }
        stream = RtspStream.open(fleet.loops(), settings.rtsp(), context, new Listener());
    }

    private void releasePermit() {
        if (holdsPermit) {
            holdsPermit = false;
            fleet.limiter().release();
        }
    }

    private void watch() {
        long now = fleet.time().steadyNanos();
        Duration away = Duration.ofNanos(now - (hasPicture ? lastPictureNanos : playingNanos));
        Duration left = stallLimit().minus(away);
        if (left.isPositive()) {
            timer = loop.schedule(left, this::watch);
            return;
        }
        timer = null;
        stalledFor = away;
        if (stream != null) {
            stream.close();
        }
    }

    private Duration stallLimit() {
        return hasPicture
                ? StallLimit.between(meter.gop(), settings.minStall())
                : StallLimit.untilFirst(counters.packets() > packetsAtPlay, settings.minStall());
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void become(CameraState state, String reason, String detail) {
        Condition before = condition;
        if (before.state() == state && before.reason().equals(reason)) {
            return;
        }
        condition = new Condition(state, reason, detail, fleet.time().steadyNanos());
        switch (state) {
            case OFFLINE, UNAUTHORIZED ->
                LOG.warn("no pictures camera={} state={} reason={} detail={}", settings.name(), state, reason, detail);
            case STREAMING -> LOG.info("pictures arrive camera={}", settings.name());
            case WAITING, CONNECTING, PLAYING -> LOG.debug("camera={} state={}", settings.name(), state);
        }
        fleet.states().onState(settings.name(), state, reason, detail);
    }

    private void onPicture(AccessUnit unit) {
        long now = fleet.time().steadyNanos();
        lastPictureNanos = now;
        if (!hasPicture) {
            hasPicture = true;
            firstPictureNanos = now;
            become(CameraState.STREAMING, "", "");
        }
        RtspStream current = stream;
        meter.onUnit(unit, current == null ? null : current.parameterSets().size(), now);
        gop.add(unit);
        brokenGops = gop.brokenGops();
        fleet.units().onAccessUnit(settings.name(), unit, gop);
        if (current != null) {
            current.gather(fleet.units().mayGather(settings.name()));
        }
    }

    private void onEnd(CloseReason reason, String detail) {
        stream = null;
        cancelTimer();
        releasePermit();
        gop.clear();
        meter.onSessionEnd();
        if (isRemoved) {
            ended.complete(null);
            return;
        }
        if (hasPicture && lastPictureNanos - firstPictureNanos > SUCCESS.toNanos()) {
            retry.onSuccess();
        }
        if (stalledFor != null) {
            become(CameraState.OFFLINE, "stalled", StallLimit.inWords(stalledFor));
        } else if (RetryPolicy.isRefusal(reason)) {
            become(CameraState.UNAUTHORIZED, reason.label(), detail);
        } else {
            become(CameraState.OFFLINE, reason.label(), detail);
        }
        CloseReason cause = stalledFor != null ? CloseReason.CONNECTION_LOST : reason;
        timer = loop.schedule(retry.next(cause), this::connect);
        if (RetryPolicy.isHealedByPower(cause)) {
            fleet.bell().listen(neighbour);
        }
    }

    private final class Listener implements SessionListener {
        @Override
        public void onPlaying() {
            releasePermit();
            playingNanos = fleet.time().steadyNanos();
            packetsAtPlay = counters.packets();
            if (condition.state() == CameraState.OFFLINE) {
                fleet.bell().ring(playingNanos);
            }
            if (condition.state() == CameraState.CONNECTING) {
                become(CameraState.PLAYING, "", "");
            }
            watch();
        }

        @Override
        public void onAccessUnit(AccessUnit unit) {
            if (!isRemoved) {
                onPicture(unit);
            }
        }

        @Override
        public void onClosed(CloseReason reason, String detail) {
            onEnd(reason, detail);
        }
    }
}
