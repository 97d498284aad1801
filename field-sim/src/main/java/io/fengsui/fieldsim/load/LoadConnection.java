package io.fengsui.fieldsim.load;

import io.fengsui.fieldsim.camera.RtspReply;
import io.fengsui.fieldsim.camera.RtspRequest;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers one client's requests (RFC 2326): at most one session, which ends with the connection. Event loop only. */
final class LoadConnection extends SimpleChannelInboundHandler<RtspRequest> {
    private static final Pattern INTERLEAVED = Pattern.compile("interleaved=(\\d{1,3})");
    private static final Pattern CLIENT_PORT = Pattern.compile("client_port=(\\d{1,5})-(\\d{1,5})");
    private static final String METHODS = "OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, SET_PARAMETER, TEARDOWN";
    private static final String SESSION = "1";

    private final LoadFleet fleet;
    private @Nullable LoadCamera camera;
    private @Nullable Viewer viewer;
    private boolean isPlaying;

    LoadConnection(LoadFleet fleet) {
        this.fleet = fleet;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext to, RtspRequest request) {
        LoadCamera asked = camera != null ? camera : fleet.camera(request.cameraName());
        camera = asked;
        if (asked == null) {
            send(to, request, RtspReply.of("404 Not Found"));
        } else if (!asked.isDead()) {
            answer(to, request, asked);
        }
    }

    private void answer(ChannelHandlerContext to, RtspRequest request, LoadCamera asked) {
        switch (request.method()) {
            case "OPTIONS" -> send(to, request, RtspReply.ok().header("Public", METHODS));
            case "DESCRIBE" -> send(to, request, describe(request, asked));
            case "SETUP" -> send(to, request, setUp(to, request, asked));
            case "PLAY" -> play(to, request);
            case "GET_PARAMETER", "SET_PARAMETER" ->
                send(to, request, RtspReply.ok().header("Session", SESSION));
            case "TEARDOWN" -> {
                release();
                send(to, request, RtspReply.ok());
                to.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            }
            default -> send(to, request, RtspReply.of("405 Method Not Allowed").header("Allow", METHODS));
        }
    }

    private static RtspReply describe(RtspRequest request, LoadCamera asked) {
        return RtspReply.ok()
                .header("Content-Base", request.uri().endsWith("/") ? request.uri() : request.uri() + '/')
                .body("application/sdp", LoadDescription.of(asked.stream()));
    }

    private RtspReply setUp(ChannelHandlerContext to, RtspRequest request, LoadCamera asked) {
        String transport = request.header("transport");
        if (transport == null || viewer != null) {
            return RtspReply.of("455 Method Not Valid in This State");
        }
        boolean isInterleaved = transport.contains("RTP/AVP/TCP");
        if (isInterleaved == fleet.isUdp()) {
            return RtspReply.of("461 Unsupported Transport");
        }
        Matcher ports = CLIENT_PORT.matcher(transport);
        Outlet outlet;
        String answer;
        if (isInterleaved) {
            Matcher channels = INTERLEAVED.matcher(transport);
            int channel = channels.find() ? Math.min(254, Integer.parseInt(channels.group(1))) : 0;
            outlet = new Outlet.Interleaved((EpollSocketChannel) to.channel(), channel);
            answer = "RTP/AVP/TCP;unicast;interleaved=" + channel + '-' + (channel + 1);
        } else if (ports.find()) {
            int rtp = Integer.parseInt(ports.group(1));
            int rtcp = Integer.parseInt(ports.group(2));
            outlet = fleet.datagrams(to.channel(), rtp, rtcp);
            answer = "RTP/AVP;unicast;client_port=" + rtp + '-' + rtcp + ";server_port=" + fleet.serverPorts();
        } else {
            return RtspReply.of("461 Unsupported Transport");
        }
        Viewer made = fleet.viewer(asked, outlet);
        viewer = made;
        return RtspReply.ok()
                .header("Transport", answer + String.format(";ssrc=%08X", made.ssrc()))
                .header("Session", SESSION + ";timeout=60");
    }

    private void play(ChannelHandlerContext to, RtspRequest request) {
        Viewer made = viewer;
        if (made == null) {
            send(to, request, RtspReply.of("454 Session Not Found"));
            return;
        }
        send(to, request, RtspReply.ok().header("Session", SESSION).header("Range", "npt=now-"));
        if (!isPlaying) {
            isPlaying = true;
            fleet.start(made);
        }
    }

    private static void send(ChannelHandlerContext to, RtspRequest request, RtspReply reply) {
        String number = request.header("cseq");
        if (number != null) {
            reply.header("CSeq", number);
        }
        to.writeAndFlush(Unpooled.wrappedBuffer(reply.bytes(false)), to.voidPromise());
    }

    private void release() {
        if (viewer != null && isPlaying) {
            viewer.stop();
        }
        viewer = null;
        isPlaying = false;
    }

    @Override
    public void channelInactive(ChannelHandlerContext from) {
        release();
        from.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        from.close();
    }
}
