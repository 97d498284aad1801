package io.fengsui.fieldsim.camera;

import io.fengsui.fieldsim.clip.AccessUnit;
import io.netty.channel.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends one viewer the camera's frames, each at its time, packet by packet. What a viewer does not read is bounded by the channel's
 * water mark: above it whole frames are dropped up to the next keyframe. Event loop only.
 */
final class Player {
    private static final int MAX_PAYLOAD = 1400;
    private static final Duration REPORT_EVERY = Duration.ofSeconds(5);

    private final Channel channel;
    private final SimulatedCamera camera;
    private final RtpStream rtp;
    private final Supplier<Instant> wall;
    private final H264Packetizer packetizer = new H264Packetizer(MAX_PAYLOAD);
    private final long firstFrame;
    private final long beganNanos;
    private long frame;
    private long nextReportNanos;
    private boolean awaitsKeyframe = true;
    private boolean isStopped;

    Player(Channel channel, SimulatedCamera camera, RtpStream rtp, Supplier<Instant> wall) {
        this.channel = channel;
        this.camera = camera;
        this.rtp = rtp;
        this.wall = wall;
        this.firstFrame = camera.settings().isLive() ? camera.timeline().keyframeFrom(camera.frameNow() + 1) : 0;
        this.frame = firstFrame;
        this.beganNanos = camera.steadyNanos();
        this.nextReportNanos = beganNanos;
    }

    /** Begins to play; the follow-up is run once, after the first frame was sent. */
    void start(@Nullable Runnable afterFirst) {
        camera.onPlaying(this);
        schedule(afterFirst);
    }

    void stop() {
        isStopped = true;
        camera.onStopped(this);
    }

    private void schedule(@Nullable Runnable afterFirst) {
        long wait = Math.max(0, dueNanos() - camera.steadyNanos());
        channel.eventLoop().schedule(() -> tick(afterFirst), wait, TimeUnit.NANOSECONDS);
    }

    private long dueNanos() {
        return camera.settings().isLive()
                ? camera.nanosOf(frame)
                : beganNanos + (long) ((frame - firstFrame) * camera.nanosPerFrame());
    }

    private void tick(@Nullable Runnable afterFirst) {
        if (isStopped || !channel.isActive()) {
            return;
        }
        if (camera.isDead()) {
            channel.close();
            return;
        }
        sendFrame();
        frame++;
        if (afterFirst != null) {
            afterFirst.run();
        }
        schedule(null);
    }

    private void sendFrame() {
        Timeline timeline = camera.timeline();
        AccessUnit unit = timeline.unitAt(frame);
        if (isStalling() || !channel.isWritable()) {
            awaitsKeyframe = true;
            camera.onFrame(false);
            return;
        }
        if (awaitsKeyframe && !unit.isKeyframe()) {
            camera.onFrame(false);
            return;
        }
        awaitsKeyframe = false;
        Quirks quirks = camera.settings().quirks();
        long ticks = Math.round((frame - firstFrame)
                * SessionDescription.CLOCK_RATE
                / timeline.quiet().framesPerSecond());
        reportIfDue(ticks);
        List<byte[]> payloads =
                packetizer.payloads(timeline.clipAt(frame), unit, !quirks.has(Quirk.PARAMETER_SETS_OUT_OF_BAND));
        for (int i = 0; i < payloads.size(); i++) {
            boolean hasMarker = i == payloads.size() - 1 && !quirks.has(Quirk.NO_MARKER);
            channel.writeAndFlush(
                    rtp.packet(channel.alloc(), payloads.get(i), ticks, hasMarker), channel.voidPromise());
        }
        camera.onFrame(true);
    }

    private boolean isStalling() {
        Duration stallsAfter = camera.settings().quirks().stallsAfter();
        return camera.isStalled() || stallsAfter != null && camera.steadyNanos() - beganNanos >= stallsAfter.toNanos();
    }

    private void reportIfDue(long ticks) {
        long now = camera.steadyNanos();
        if (now - nextReportNanos >= 0) {
            nextReportNanos = now + REPORT_EVERY.toNanos();
            channel.write(rtp.senderReport(channel.alloc(), ticks, wall.get()), channel.voidPromise());
        }
    }
}
