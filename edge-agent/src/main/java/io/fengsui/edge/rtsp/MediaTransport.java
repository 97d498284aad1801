package io.fengsui.edge.rtsp;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.ParameterSets;
import io.fengsui.edge.rtp.RtpReceiver;
import io.fengsui.edge.rtsp.message.InterleavedFrames;
import io.fengsui.edge.rtsp.message.TransportHeader;
import io.fengsui.edge.rtsp.net.NetLoop;
import io.fengsui.edge.rtsp.net.UdpPorts;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How one session's packets come: interleaved in the RTSP connection, or, for peers that refuse that with 461, in
 * datagrams. Gives them to the receiver, and sends its reports, because some cameras take their absence for our death.
 *
 * <p>Event loop of the session only.
 */
final class MediaTransport implements UdpPorts.Receiver {
    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(5);

    private final StreamContext context;
    private final RtspSession.Wire wire;
    private final RtpReceiver receiver;
    private TransportHeader header = TransportHeader.ASKED;
    private @Nullable UdpPorts udp;
    private NetLoop.@Nullable Timer reports;
    private boolean isStopped;

    MediaTransport(StreamContext context, RtspSession.Wire wire, RtpReceiver.Format format, Consumer<AccessUnit> sink) {
        this.context = context;
        this.wire = wire;
        this.receiver = context.receiver(format, sink);
        addChannels();
    }

    ParameterSets parameterSets() {
        return receiver.parameterSets();
    }

    /** The Transport header to ask with. */
    String request() {
        return udp == null ? header.interleavedRequest() : TransportHeader.datagramRequest(udp.rtpPort());
    }

    /** Turns to datagrams, once; tells whether that can be tried. */
    void fallBack(Consumer<Boolean> then) {
        if (udp != null) {
            then.accept(false);
            return;
        }
        wire.bindUdp(this, ports -> {
            if (ports != null && isStopped) {
                ports.close();
            } else {
                udp = ports;
                then.accept(ports != null);
            }
        });
    }

    /** What the camera made of it. */
    void onAnswer(@Nullable String transport) {
        header = TransportHeader.parse(transport);
        addChannels();
    }

    /** The bytes are lent until this returns. */
    void onFrame(int channel, byte[] bytes, int offset, int length) {
        if (channel == header.rtpChannel()) {
            take(false, bytes, offset, length);
        } else if (channel == header.rtcpChannel()) {
            take(true, bytes, offset, length);
        }
    }

    @Override
    public void onDatagram(boolean isRtcp, byte[] bytes, int length) {
        take(isRtcp, bytes, 0, length);
    }

    private void take(boolean isRtcp, byte[] bytes, int offset, int length) {
        if (isStopped) {
            return;
        }
        long now = context.time().steadyNanos();
        if (isRtcp) {
            receiver.onRtcp(bytes, offset, length, now);
        } else {
            receiver.onRtp(bytes, offset, length, now);
        }
    }

    void startReports() {
        reports = context.loop().schedule(REPORT_INTERVAL, () -> {
            report(receiver.receiverReport(context.time().steadyNanos()));
            startReports();
        });
    }

    private void report(byte[] report) {
        if (udp == null) {
            wire.send(InterleavedFrames.toBytes(header.rtcpChannel(), report));
        } else if (header.serverRtcpPort() > 0) {
            udp.sendRtcp(report, header.serverRtcpPort());
        }
    }

    void stop() {
        isStopped = true;
        if (reports != null) {
            reports.cancel();
            reports = null;
        }
        if (udp != null) {
            udp.close();
        }
    }

    private void addChannels() {
        wire.onChannel(header.rtpChannel());
        wire.onChannel(header.rtcpChannel());
    }
}
