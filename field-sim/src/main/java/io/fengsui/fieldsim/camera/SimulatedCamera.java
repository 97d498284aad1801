package io.fengsui.fieldsim.camera;

import io.fengsui.fieldsim.clip.AccessUnitClip;
import io.fengsui.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * One camera of an {@link RtspServer}: what it shows, whether it lives, and what it counted. A camera's first frame is shown
 * at the moment it is made; frames are counted from there. Thread-safe.
 */
public final class SimulatedCamera {
    private static final long ALIVE = Long.MAX_VALUE;

    private final CameraSettings settings;
    private final TimeSource time;
    private final Instant firstWall;
    private final long firstNanos;
    private final Set<Runnable> cuts = ConcurrentHashMap.newKeySet();
    private final Set<Object> viewers = ConcurrentHashMap.newKeySet();
    private final LongAdder framesSent = new LongAdder();
    private final LongAdder framesDropped = new LongAdder();
    private final AtomicLong deadFromNanos = new AtomicLong(ALIVE);
    private volatile Timeline timeline;
    private volatile boolean isStalled;

    SimulatedCamera(CameraSettings settings, Timeline timeline, TimeSource time) {
        this.settings = settings;
        this.timeline = timeline;
        this.time = time;
        this.firstWall = time.wall();
        this.firstNanos = time.steadyNanos();
    }

    public String name() {
        return settings.name();
    }

    /** Shows a clip once, from this frame on; the frame must lie ahead. */
    public synchronized void show(long firstFrame, AccessUnitClip clip) {
        timeline = timeline.with(firstFrame, clip);
    }

    /** The number of the frame that a live camera is showing now. */
    public long frameNow() {
        return (long) ((time.steadyNanos() - firstNanos) / nanosPerFrame());
    }

    /** The wall-clock time at which a live camera shows the frame. */
    public Instant wallOf(long frame) {
        return firstWall.plus(Duration.ofNanos((long) (frame * nanosPerFrame())));
    }

    /** Goes dead: its connections are cut, and further ones are closed at their first request. */
    public void die() {
        deadFromNanos.set(time.steadyNanos());
        cuts.forEach(Runnable::run);
    }

    public void revive() {
        deadFromNanos.set(ALIVE);
    }

    /** Sends no more pictures, but still answers requests. */
    public void stall() {
        isStalled = true;
    }

    public void resume() {
        isStalled = false;
    }

    public boolean isDead() {
        long from = deadFromNanos.get();
        return from != ALIVE && time.steadyNanos() - from >= 0;
    }

    /** Sessions that are playing. */
    public int viewers() {
        return viewers.size();
    }

    public long framesSent() {
        return framesSent.sum();
    }

    /** Frames that were left out because a viewer did not read fast enough. */
    public long framesDropped() {
        return framesDropped.sum();
    }

    CameraSettings settings() {
        return settings;
    }

    Timeline timeline() {
        return timeline;
    }

    boolean isStalled() {
        return isStalled;
    }

    long nanosOf(long frame) {
        return firstNanos + (long) (frame * nanosPerFrame());
    }

    double nanosPerFrame() {
        return 1e9 / (timeline.quiet().framesPerSecond() * settings.pace());
    }

    long steadyNanos() {
        return time.steadyNanos();
    }

    void onConnected(Runnable cut) {
        cuts.add(cut);
    }

    void onDisconnected(Runnable cut) {
        cuts.remove(cut);
    }

    void onPlaying(Object viewer) {
        viewers.add(viewer);
        Duration diesAfter = settings.quirks().diesAfter();
        if (diesAfter != null) {
            deadFromNanos.compareAndSet(ALIVE, time.steadyNanos() + diesAfter.toNanos());
        }
    }

    void onStopped(Object viewer) {
        viewers.remove(viewer);
    }

    void onFrame(boolean isSent) {
        (isSent ? framesSent : framesDropped).increment();
    }
}
