package io.fengsui.fieldsim.load;

import io.fengsui.fieldsim.library.StreamTruth;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One playing session: sends its camera's frames from the next keyframe on, a packet or two a millisecond, as a camera's network
 * chip does. What the viewer does not take is lost, up to the next keyframe; its numbers are used up all the same. Event loop only.
 */
final class Viewer {
    private static final int PACKETS_A_TICK = 2;
    private static final long TICK_NANOS = 1_000_000;
    private static final long REPORT_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int REPORT_BYTES = 32;
    /** Seconds from 1900 to 1970. */
    private static final long NTP_EPOCH = 2_208_988_800L;

    private final LoadCamera camera;
    private final Outlet outlet;
    private final LoadCounters counters;
    private final TruthLog truth;
    private final int ssrc;
    private final int firstTimestamp;
    private int sequence;
    private long frame;
    private long firstFrame;
    private int packet;
    private boolean awaitsKeyframe = true;
    private boolean isFrameLost;
    private long dueNanos;
    private long nextReportNanos;
    private int packets;
    private int octets;
    private boolean isStopped;

    /** The next one in the wheel's slot. */
    @Nullable
    Viewer next;

    Viewer(LoadCamera camera, Outlet outlet, LoadCounters counters, TruthLog truth, RandomGenerator random) {
        this.camera = camera;
        this.outlet = outlet;
        this.counters = counters;
        this.truth = truth;
        this.ssrc = random.nextInt();
        this.firstTimestamp = random.nextInt();
        this.sequence = random.nextInt(1 << 16);
    }

    void start(long nowNanos) {
        frame = camera.keyframeAfter(nowNanos);
        firstFrame = frame;
        dueNanos = camera.dueNanos(frame);
        nextReportNanos = nowNanos;
        counters.viewers++;
    }

    void stop() {
        if (!isStopped) {
            isStopped = true;
            counters.viewers--;
            if (frame > firstFrame) {
                counters.streaming--;
            }
        }
    }

    boolean isStopped() {
        return isStopped;
    }

    long dueNanos() {
        return dueNanos;
    }

    int sequence() {
        return sequence;
    }

    int ssrc() {
        return ssrc;
    }

    int timestamp(long of) {
        return firstTimestamp + (int) ((of - firstFrame) * camera.stream().ticksPerFrame());
    }

    /** Sends what is due and sets the next time. */
    void tick(long nowNanos) {
        PacketStore stream = camera.stream();
        int shown = camera.streamFrame(frame);
        if (packet == 0) {
            beginFrame(stream, shown, nowNanos);
        }
        int count = stream.packetsOf(shown);
        for (int i = 0; i < PACKETS_A_TICK && packet < count; i++, packet++) {
            sendPacket(stream, stream.firstPacket(shown) + packet);
        }
        if (packet < count) {
            dueNanos = nowNanos + TICK_NANOS;
            return;
        }
        if (isFrameLost) {
            counters.framesLost++;
        } else {
            counters.frames++;
        }
        if (frame == firstFrame) {
            counters.streaming++;
        }
        packet = 0;
        frame++;
        dueNanos = camera.dueNanos(frame);
    }

    private void beginFrame(PacketStore stream, int shown, long nowNanos) {
        awaitsKeyframe &= !stream.isKeyframe(shown);
        isFrameLost = awaitsKeyframe;
        for (StreamTruth.Happening happening : stream.truth().happenings()) {
            TruthLog.Phase phase = phase(happening, shown);
            if (phase != null) {
                truth.tell(camera, happening, camera.turn(frame), phase, !isFrameLost);
            }
        }
        if (nowNanos - nextReportNanos >= 0) {
            nextReportNanos = nowNanos + REPORT_NANOS;
            outlet.report(senderReport(truth.wall()));
        }
    }

    private TruthLog.@Nullable Phase phase(StreamTruth.Happening happening, int shown) {
        if (shown == happening.firstFrame()) {
            return TruthLog.Phase.BEGIN;
        }
        if (shown == happening.lastFrame()) {
            return TruthLog.Phase.END;
        }
        boolean isWithin = shown > happening.firstFrame() && shown < happening.lastFrame();
        return isWithin && frame == firstFrame ? TruthLog.Phase.JOINED : null;
    }

    private void sendPacket(PacketStore stream, int number) {
        if (!isFrameLost) {
            stream.stamp(number, outlet.channel(), sequence, timestamp(frame), ssrc);
            if (outlet.send(stream, number)) {
                int size = stream.end(number) - stream.begin(number);
                packets++;
                octets += size - PacketStore.HEADER;
                counters.packets++;
                counters.bytes += size;
            } else {
                isFrameLost = true;
                awaitsKeyframe = true;
                counters.packetsLost++;
            }
        } else {
            counters.packetsLost++;
        }
        sequence = (sequence + 1) & 0xffff;
    }

    /** Says which wall time the time stamp belongs to (RFC 3550, section 6.4.1). */
    private ByteBuf senderReport(Instant wall) {
        ByteBuf out = Unpooled.buffer(REPORT_BYTES);
        out.writeByte('$').writeByte(0).writeShort(REPORT_BYTES - 4);
        out.writeByte(0x80)
                .writeByte(200)
                .writeShort((REPORT_BYTES - 4) / 4 - 1)
                .writeInt(ssrc);
        out.writeInt((int) (wall.getEpochSecond() + NTP_EPOCH));
        out.writeInt((int) (((long) wall.getNano() << 32) / 1_000_000_000L));
        return out.writeInt(timestamp(frame)).writeInt(packets).writeInt(octets);
    }
}
