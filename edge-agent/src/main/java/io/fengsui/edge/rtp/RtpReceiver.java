package io.fengsui.edge.rtp;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.ParameterSets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Receives one video stream of one session: listens to one sender at a time, puts packets in order and hands on access
 * units. Takes any bytes: what is wrong is counted and never thrown.
 *
 * <p>Event loop of the stream only.
 */
public final class RtpReceiver {
    /** Packets in a row from another sender until we follow it. */
    private static final int FOREIGN_TO_FOLLOW = 16;

    private static final long MIDDLE_BITS = 0xFFFF_FFFFL;

    /**
     * @param payloadType of the stream; packets of another are passed over
     * @param clockRate of its timestamps, per second
     * @param parameterSets from the session description, may have none; they name the codec
     * @param hasOrderNumbers whether packets carry decoding order numbers (RFC 7798, sprop-max-don-diff over 0)
     */
    public record Format(int payloadType, int clockRate, ParameterSets parameterSets, boolean hasOrderNumbers) {
        public Format(int payloadType, int clockRate, ParameterSets parameterSets) {
            this(payloadType, clockRate, parameterSets, false);
        }
    }

    private final StreamCounters counters;
    private final int payloadType;
    private final GenerationTracker generations;
    private final ReorderRing ring;
    private final RtpPacket packet = new RtpPacket();
    private final long ownSsrc;
    private long ssrc = -1;
    private int foreignInARow;
    private long highestSequence;
    private long lostBefore;
    private long senderReport;
    private long senderReportNanos;

    /**
     * @param nextGeneration gives a number never given before for this camera
     * @param ownSsrc what our reports are signed with
     */
    public RtpReceiver(
            Format format,
            StreamCounters counters,
            LongSupplier nextGeneration,
            long ownSsrc,
            Consumer<AccessUnit> sink) {
        this.counters = counters;
        this.payloadType = format.payloadType();
        this.ownSsrc = ownSsrc & MIDDLE_BITS;
        this.generations =
                new GenerationTracker(counters, nextGeneration, format.parameterSets(), format.clockRate(), sink);
        this.ring = new ReorderRing(counters, depacketizer(format)::onPacket);
        this.lostBefore = counters.of(StreamProblem.LOST_PACKET);
    }

    private Depacketizer depacketizer(Format format) {
        return switch (format.parameterSets().codec()) {
            case H264 ->
                new H264Depacketizer(counters, new AccessUnitAssembler(counters, UnitSyntax.H264, generations));
            case H265 ->
                new H265Depacketizer(
                        counters,
                        new AccessUnitAssembler(counters, UnitSyntax.H265, generations),
                        format.hasOrderNumbers());
        };
    }

    /** Takes a packet; its bytes are lent until this returns. */
    public void onRtp(byte[] bytes, int offset, int length, long nowNanos) {
        counters.packet(length);
        try {
            packet.read(bytes, offset, length, nowNanos);
        } catch (MalformedPacketException e) {
            counters.count(StreamProblem.MALFORMED_PACKET);
            return;
        }
        if (packet.payloadType() != payloadType) {
            counters.count(StreamProblem.FOREIGN_PAYLOAD_TYPE);
        } else if (isFromSender()) {
            trackSequence(packet.sequence());
            ring.offer(packet);
        }
    }

    /** Takes a compound packet; its bytes are lent until this returns. */
    public void onRtcp(byte[] bytes, int offset, int length, long nowNanos) {
        try {
            for (RtcpPacket each : RtcpPacket.parse(bytes, offset, length)) {
                switch (each) {
                    case RtcpPacket.SenderReport report -> {
                        senderReport = (report.ntp() >>> 16) & MIDDLE_BITS;
                        senderReportNanos = nowNanos;
                    }
                    case RtcpPacket.Bye bye -> {
                        if (bye.ssrc() == ssrc) {
                            // Whoever sends next is followed at once; a camera that only says goodbye stalls.
                            ssrc = -1;
                        }
                    }
                }
            }
        } catch (MalformedPacketException e) {
            counters.count(StreamProblem.MALFORMED_RTCP);
        }
    }

    /** The report to send now; some cameras take its absence for our death. */
    public byte[] receiverReport(long nowNanos) {
        long since =
                senderReport == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(nowNanos - senderReportNanos) * 65_536 / 1000;
        long lost = counters.of(StreamProblem.LOST_PACKET) - lostBefore;
        return new ReceiverReport(ownSsrc, Math.max(ssrc, 0), lost, highestSequence, senderReport, since).toBytes();
    }

    /** What the stream is decoded with now. */
    public ParameterSets parameterSets() {
        return generations.parameterSets();
    }

    private boolean isFromSender() {
        if (packet.ssrc() == ssrc) {
            foreignInARow = 0;
            return true;
        }
        if (ssrc < 0) {
            follow();
            return true;
        }
        counters.count(StreamProblem.FOREIGN_SSRC);
        foreignInARow++;
        if (foreignInARow < FOREIGN_TO_FOLLOW) {
            return false;
        }
        counters.count(StreamProblem.SEQUENCE_RESET);
        follow();
        return true;
    }

    private void follow() {
        ssrc = packet.ssrc();
        foreignInARow = 0;
        highestSequence = packet.sequence();
        ring.reset();
    }

    private void trackSequence(int sequence) {
        int ahead = (sequence - (int) highestSequence) & 0xFFFF;
        if (ahead < 0x8000) {
            highestSequence += ahead;
        }
    }
}
