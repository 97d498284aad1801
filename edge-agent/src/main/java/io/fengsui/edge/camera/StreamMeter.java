package io.fengsui.edge.camera;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.PictureSize;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Measures a camera's stream by what arrives: rate over windows of a few seconds, length of the groups of pictures, age
 * of the newest. Written on the camera's event loop; {@link #read} from any thread.
 */
final class StreamMeter {
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(2);

    private record Reading(
            long lastNanos, int width, int height, double unitRate, double bitRate, int gopLength, long generation) {}

    private volatile @Nullable Reading reading;

    private long windowNanos;
    private int windowUnits;
    private long windowBytes;
    private double unitRate;
    private double bitRate;
    private long keyframeNanos;
    private boolean hasKeyframe;
    private int unitsSinceKeyframe;
    private int gopLength;
    private long gopNanos;
    private int width;
    private int height;

    void onUnit(AccessUnit unit, @Nullable PictureSize size, long nowNanos) {
        if (unit.isKeyframe()) {
            onKeyframe(size, nowNanos);
        }
        unitsSinceKeyframe++;
        if (windowUnits == 0) {
            windowNanos = nowNanos;
        }
        long elapsed = nowNanos - windowNanos;
        if (elapsed >= WINDOW_NANOS) {
            double seconds = elapsed / 1e9;
            unitRate = windowUnits / seconds;
            bitRate = 8 * windowBytes / seconds;
            windowNanos = nowNanos;
            windowUnits = 0;
            windowBytes = 0;
        }
        windowUnits++;
        windowBytes += unit.annexB().length;
        reading = new Reading(nowNanos, width, height, unitRate, bitRate, gopLength, unit.generation());
    }

    private void onKeyframe(@Nullable PictureSize size, long nowNanos) {
        if (hasKeyframe) {
            gopLength = unitsSinceKeyframe;
            gopNanos = nowNanos - keyframeNanos;
        }
        hasKeyframe = true;
        keyframeNanos = nowNanos;
        unitsSinceKeyframe = 0;
        width = size == null ? 0 : size.width();
        height = size == null ? 0 : size.height();
    }

    /** A session ended: times across it say nothing about the stream. */
    void onSessionEnd() {
        hasKeyframe = false;
        windowUnits = 0;
        windowBytes = 0;
    }

    /** Time from keyframe to keyframe, as last seen; event loop only. */
    Duration gop() {
        return Duration.ofNanos(gopNanos);
    }

    CameraStatus.Stream read(long nowNanos, boolean isStreaming) {
        Reading last = reading;
        if (last == null) {
            return CameraStatus.Stream.NONE;
        }
        return new CameraStatus.Stream(
                last.width(),
                last.height(),
                isStreaming ? last.unitRate() : 0,
                isStreaming ? last.bitRate() : 0,
                last.gopLength(),
                Duration.ofNanos(Math.max(0, nowNanos - last.lastNanos())),
                last.generation());
    }
}
