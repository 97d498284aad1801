package io.fengsui.fieldsim.camera;

import io.fengsui.runtime.TimeSource;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of one connection (RFC 2326): at most one session, of one camera, which ends with the connection.
 *
 * <pre>
 *   INIT --SETUP--> READY --PLAY--> PLAYING --TEARDOWN--> INIT
 * </pre>
 *
 * Event loop only.
 */
final class RtspConnection extends SimpleChannelInboundHandler<RtspRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(RtspConnection.class);
    private static final Pattern INTERLEAVED = Pattern.compile("interleaved=(\\d{1,3})(?:-(\\d{1,3}))?");
    private static final String METHODS = "OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, SET_PARAMETER, TEARDOWN";

    private final Function<String, @Nullable SimulatedCamera> cameras;
    private final TimeSource time;
    private final RandomGenerator random;
    private final String sessionId;
    private final String nonce;
    private @Nullable ChannelHandlerContext context;
    private @Nullable SimulatedCamera camera;
    private @Nullable Doorkeeper doorkeeper;
    private @Nullable RtpStream rtp;
    private @Nullable Player player;
    private final Runnable cut = this::cut;
    private long lastRequestNanos;

    RtspConnection(Function<String, @Nullable SimulatedCamera> cameras, TimeSource time, RandomGenerator random) {
        this.cameras = cameras;
        this.time = time;
        this.random = random;
        this.sessionId = String.format("%08X", random.nextInt());
        this.nonce = String.format("%016x", random.nextLong());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext to, RtspRequest request) {
        lastRequestNanos = time.steadyNanos();
        SimulatedCamera asked = camera != null ? camera : cameras.apply(request.cameraName());
        if (asked == null) {
            send(to, request, request.method().equals("OPTIONS") ? options() : RtspReply.of("404 Not Found"));
            return;
        }
        adopt(asked);
        if (asked.isDead()) {
            to.close();
        } else if (asked.settings().quirks().has(Quirk.GARBAGE)) {
            byte[] garbage = new byte[200];
            random.nextBytes(garbage);
            to.writeAndFlush(Unpooled.wrappedBuffer(garbage));
        } else {
            answer(to, request, asked);
        }
    }

    private void adopt(SimulatedCamera asked) {
        if (camera == null) {
            camera = asked;
            doorkeeper = new Doorkeeper(asked.settings().credentials(), nonce);
            asked.onConnected(cut);
        }
    }

    private void answer(ChannelHandlerContext to, RtspRequest request, SimulatedCamera asked) {
        boolean isOpenToAll = request.method().equals("OPTIONS");
        Doorkeeper keeper = doorkeeper;
        if (!isOpenToAll && keeper != null && !keeper.lets(request)) {
            RtspReply refusal = RtspReply.of("401 Unauthorized");
            keeper.challenges().forEach(challenge -> refusal.header("WWW-Authenticate", challenge));
            send(to, request, refusal);
            return;
        }
        switch (request.method()) {
            case "OPTIONS" -> send(to, request, options());
            case "DESCRIBE" -> send(to, request, description(request, asked));
            case "SETUP" -> send(to, request, setUp(request, asked));
            case "PLAY" -> play(to, request, asked);
            case "GET_PARAMETER", "SET_PARAMETER" -> send(to, request, keepAlive(request));
            case "TEARDOWN" -> tearDown(to, request);
            default -> send(to, request, RtspReply.of("405 Method Not Allowed").header("Allow", METHODS));
        }
    }

    private static RtspReply options() {
        return RtspReply.ok().header("Public", METHODS);
    }

    private static RtspReply description(RtspRequest request, SimulatedCamera asked) {
        Quirks quirks = asked.settings().quirks();
        RtspReply reply = RtspReply.ok();
        if (quirks.has(Quirk.RELATIVE_CONTENT_BASE)) {
            reply.header("Content-Base", '/' + asked.name() + '/');
        } else if (!quirks.has(Quirk.NO_CONTENT_BASE)) {
            reply.header("Content-Base", request.uri().endsWith("/") ? request.uri() : request.uri() + '/');
        }
        return reply.body(
                "application/sdp", SessionDescription.of(asked.timeline().quiet(), quirks));
    }

    private RtspReply setUp(RtspRequest request, SimulatedCamera asked) {
        Quirks quirks = asked.settings().quirks();
        String transport = request.header("transport");
        if (transport == null || !transport.contains("RTP/AVP/TCP")) {
            return RtspReply.of("461 Unsupported Transport");
        }
        if (quirks.has(Quirk.REFUSES_453)) {
            return RtspReply.of("453 Not Enough Bandwidth");
        }
        if (player != null) {
            return RtspReply.of("455 Method Not Valid in This State");
        }
        Matcher matcher = INTERLEAVED.matcher(transport);
        int channel = matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
        if (channel > 254) {
            return RtspReply.of("400 Bad Request");
        }
        if (quirks.has(Quirk.OTHER_INTERLEAVED)) {
            channel = (channel + 4) % 250;
        }
        RtpStream stream = new RtpStream(channel, random);
        rtp = stream;
        String channels = quirks.has(Quirk.NO_INTERLEAVED) ? "" : ";interleaved=" + channel + '-' + (channel + 1);
        return RtspReply.ok()
                .header("Transport", "RTP/AVP/TCP;unicast" + channels + ";ssrc=" + stream.ssrc())
                .header(
                        "Session",
                        sessionId + ";timeout=" + quirks.sessionTimeout().toSeconds());
    }

    private void play(ChannelHandlerContext to, RtspRequest request, SimulatedCamera asked) {
        RtpStream stream = rtp;
        if (stream == null || !isOfSession(request)) {
            send(to, request, RtspReply.of("454 Session Not Found"));
            return;
        }
        RtspReply reply = RtspReply.ok().header("Session", sessionId).header("Range", "npt=0.000-");
        if (!asked.settings().quirks().has(Quirk.NO_RTP_INFO)) {
            String track = request.uri() + (request.uri().endsWith("/") ? "" : "/") + "trackID=0";
            reply.header(
                    "RTP-Info", "url=" + track + ";seq=" + stream.nextSequence() + ";rtptime=" + stream.timestamp(0));
        }
        if (player != null) {
            send(to, request, reply);
            return;
        }
        Player started = new Player(to.channel(), asked, stream, time::wall);
        player = started;
        if (asked.settings().quirks().has(Quirk.DATA_BEFORE_PLAY_REPLY)) {
            started.start(() -> send(to, request, reply));
        } else {
            send(to, request, reply);
            started.start(null);
        }
        watchTimeout(to, asked);
    }

    private RtspReply keepAlive(RtspRequest request) {
        return rtp == null || isOfSession(request)
                ? RtspReply.ok().header("Session", sessionId)
                : RtspReply.of("454 Session Not Found");
    }

    private void tearDown(ChannelHandlerContext to, RtspRequest request) {
        if (!isOfSession(request)) {
            send(to, request, RtspReply.of("454 Session Not Found"));
            return;
        }
        release();
        send(to, request, RtspReply.ok());
        to.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    private boolean isOfSession(RtspRequest request) {
        String given = request.header("session");
        return given != null && given.split(";", 2)[0].strip().equals(sessionId);
    }

    private void watchTimeout(ChannelHandlerContext to, SimulatedCamera asked) {
        long allowed = asked.settings().quirks().sessionTimeout().toNanos();
        long left = lastRequestNanos + allowed - time.steadyNanos();
        if (left <= 0) {
            LOG.info("session timed out camera={}", asked.name());
            to.close();
        } else if (to.channel().isActive()) {
            to.executor().schedule(() -> watchTimeout(to, asked), left, TimeUnit.NANOSECONDS);
        }
    }

    private void send(ChannelHandlerContext to, RtspRequest request, RtspReply reply) {
        String number = request.header("cseq");
        if (number != null) {
            reply.header("CSeq", number);
        }
        boolean lineFeedOnly = camera != null && camera.settings().quirks().has(Quirk.LINE_FEED_ONLY);
        to.writeAndFlush(Unpooled.wrappedBuffer(reply.bytes(lineFeedOnly)), to.voidPromise());
    }

    private void cut() {
        ChannelHandlerContext known = context;
        if (known != null) {
            known.close();
        }
    }

    private void release() {
        if (player != null) {
            player.stop();
            player = null;
        }
        rtp = null;
    }

    @Override
    public void channelInactive(ChannelHandlerContext from) {
        release();
        if (camera != null) {
            camera.onDisconnected(cut);
        }
        from.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        LOG.debug("connection ends camera={}", camera == null ? "none" : camera.name(), cause);
        from.close();
    }
}
