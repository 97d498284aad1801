package io.fengsui.edge.rtsp;

import io.fengsui.edge.bitstream.ParameterSets;
import io.fengsui.edge.rtp.RtpReceiver;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One RTSP session on one connection, from its first request to its end.
 *
 * <pre>
 * CONNECTED -OPTIONS-> PROBING -DESCRIBE-> DESCRIBING -SETUP-> SETTING_UP -PLAY-> STARTING -200-> PLAYING
 *     any state -- failure, or close() --> CLOSING (TEARDOWN, if there is a session) --> CLOSED
 * </pre>
 *
 * Policies: OPTIONS may fail in any way but for credentials. Frames are taken from SETUP on, because cameras send before
 * they answer PLAY. A keepalive that fails never ends a session that plays; the watchdog over pictures is the camera's.
 * Receiver reports are sent, because some cameras take their absence for our death.
 *
 * <p>Event loop of the session only.
 */
final class RtspSession {
    private static final Duration TEARDOWN_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(5);

    enum State {
        CONNECTED,
        PROBING,
        DESCRIBING,
        SETTING_UP,
        STARTING,
        PLAYING,
        CLOSING,
        CLOSED
    }

    /** What the session does to its connection. */
    interface Wire {
        void send(byte[] bytes);

        void close();

        /** Frames on this channel are ours. */
        void onChannel(int channel);
    }

    private final RtspSettings settings;
    private final StreamContext context;
    private final SessionListener listener;
    private final Wire wire;
    private final RtspDialogue dialogue;
    private final Keepalive keepalive;

    private State state = State.CONNECTED;
    private String base;
    private String playUri;
    private TransportHeader transport = TransportHeader.ASKED;
    private @Nullable RtpReceiver receiver;
    private NetLoop.@Nullable Timer reports;
    private CloseReason closeReason = CloseReason.CONNECTION_LOST;
    private String closeDetail = "the camera closed the connection";
    private @Nullable URI redirect;

    RtspSession(RtspSettings settings, StreamContext context, SessionListener listener, Wire wire) {
        this.settings = settings;
        this.context = context;
        this.listener = listener;
        this.wire = wire;
        this.base = settings.uri().toString();
        this.playUri = base;
        Authenticator authenticator =
                new Authenticator(settings.credentials(), settings.isBasicAllowed(), context.random());
        this.dialogue = new RtspDialogue(context.loop(), settings.responseTimeout(), authenticator, wire::send);
        this.keepalive = new Keepalive(context.loop(), dialogue);
    }

    State state() {
        return state;
    }

    /** Where the camera sent us, if that is why the session ended. */
    @Nullable
    URI redirect() {
        return redirect;
    }

    ParameterSets parameterSets() {
        return receiver == null ? ParameterSets.NONE : receiver.parameterSets();
    }

    void onConnected() {
        state = State.PROBING;
        dialogue.request("OPTIONS", base, RtspHeaders.NONE, outcome -> {
            switch (outcome) {
                case RtspDialogue.Outcome.Answered answered -> {
                    keepalive.onPublic(answered.response().headers().get("Public"));
                    describe();
                }
                case RtspDialogue.Outcome.Denied denied -> onDenied("OPTIONS", denied.reason());
                case RtspDialogue.Outcome.Unanswered ignored -> describe();
            }
        });
    }

    private void describe() {
        if (state != State.PROBING) {
            return;
        }
        state = State.DESCRIBING;
        RtspHeaders accept = RtspHeaders.NONE.with("Accept", "application/sdp");
        request("DESCRIBE", base, accept, this::onDescribed);
    }

    private void onDescribed(RtspMessage.Response response) {
        RtspHeaders headers = response.headers();
        String contentBase = headers.get("Content-Base");
        base = ControlUri.base(contentBase != null ? contentBase : headers.get("Content-Location"), base);
        SessionDescription description = SessionDescription.parse(response.body());
        var stream = description.h264();
        if (stream.isEmpty()) {
            fail(CloseReason.NO_H264, "the camera offers " + printable(description.encodings()) + ", no H.264 video");
            return;
        }
        playUri = ControlUri.join(base, description.control());
        SessionDescription.Format format = stream.get().format();
        receiver = context.receiver(
                new RtpReceiver.Format(format.payloadType(), format.clockRate(), format.parameterSets()),
                listener::onAccessUnit);
        state = State.SETTING_UP;
        addChannels(transport);
        RtspHeaders headersOut = RtspHeaders.NONE.with("Transport", transport.request());
        request("SETUP", ControlUri.join(base, stream.get().control()), headersOut, this::onSetUp);
    }

    private void onSetUp(RtspMessage.Response response) {
        transport = TransportHeader.parse(response.headers().get("Transport"));
        addChannels(transport);
        String session = response.headers().get("Session");
        if (session != null) {
            SessionHeader header = SessionHeader.parse(session);
            dialogue.useSession(header.id());
            keepalive.onTimeout(header.timeout());
        }
        state = State.STARTING;
        request("PLAY", playUri, RtspHeaders.NONE.with("Range", "npt=0.000-"), this::onPlay);
    }

    private void onPlay(RtspMessage.Response response) {
        String session = response.headers().get("Session");
        if (session != null && session.contains("timeout")) {
            keepalive.onTimeout(SessionHeader.parse(session).timeout());
        }
        state = State.PLAYING;
        keepalive.start(playUri);
        reportLater();
        listener.onPlaying();
    }

    void onMessage(RtspMessage message) {
        switch (message) {
            case RtspMessage.Response response -> dialogue.onResponse(response);
            case RtspMessage.Request request -> onRequest(request);
            case RtspMessage.InterleavedFrame frame -> onFrame(frame);
        }
    }

    private void onFrame(RtspMessage.InterleavedFrame frame) {
        RtpReceiver current = receiver;
        if (current == null || state == State.CLOSING || state == State.CLOSED) {
            return;
        }
        if (frame.channel() == transport.rtpChannel()) {
            current.onRtp(frame.payload(), context.time().steadyNanos());
        } else if (frame.channel() == transport.rtcpChannel()) {
            current.onRtcp(frame.payload(), context.time().steadyNanos());
        }
    }

    /** Cameras ask too, and some hang up when they get no answer. */
    private void onRequest(RtspMessage.Request request) {
        boolean isKnown = switch (request.method()) {
            case "OPTIONS", "GET_PARAMETER", "SET_PARAMETER", "ANNOUNCE", "TEARDOWN" -> true;
            default -> false;
        };
        RtspHeaders headers = RtspHeaders.NONE;
        String cseq = request.headers().get("CSeq");
        if (cseq != null) {
            headers = headers.with("CSeq", cseq);
        }
        headers = headers.with("Public", "OPTIONS, GET_PARAMETER, SET_PARAMETER, ANNOUNCE, TEARDOWN");
        wire.send(
                new RtspMessage.Response(isKnown ? 200 : 501, isKnown ? "OK" : "Not Implemented", headers, new byte[0])
                        .toBytes());
        if (request.method().equals("TEARDOWN")) {
            fail(CloseReason.ENDED_BY_CAMERA, "the camera sent TEARDOWN");
        }
    }

    /** Something broke while bytes were taken apart, or on the socket. */
    void onFault(Throwable fault) {
        switch (fault) {
            case MalformedRtspException malformed -> fail(CloseReason.BAD_MESSAGE, "" + malformed.getMessage());
            case java.io.IOException ignored -> fail(CloseReason.CONNECTION_LOST, "the connection broke");
            default -> fail(CloseReason.INTERNAL, fault.getClass().getSimpleName());
        }
    }

    /** The connection is gone: the end, exactly once. */
    void onDisconnected() {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        stopTimers();
        listener.onClosed(closeReason, closeDetail);
    }

    void close() {
        fail(CloseReason.CLOSED, "closed by us");
    }

    private void fail(CloseReason reason, String detail) {
        if (state == State.CLOSING || state == State.CLOSED) {
            return;
        }
        state = State.CLOSING;
        closeReason = reason;
        closeDetail = detail;
        stopTimers();
        if (!dialogue.hasSession() || reason == CloseReason.CONNECTION_LOST) {
            wire.close();
            return;
        }
        dialogue.request("TEARDOWN", playUri, RtspHeaders.NONE, ignored -> wire.close());
        context.loop().schedule(TEARDOWN_TIMEOUT, wire::close);
    }

    private void stopTimers() {
        dialogue.end();
        keepalive.stop();
        if (reports != null) {
            reports.cancel();
            reports = null;
        }
    }

    private void reportLater() {
        reports = context.loop().schedule(REPORT_INTERVAL, () -> {
            RtpReceiver current = receiver;
            if (state == State.PLAYING && current != null) {
                byte[] report = current.receiverReport(context.time().steadyNanos());
                wire.send(InterleavedFrames.toBytes(transport.rtcpChannel(), report));
                reportLater();
            }
        });
    }

    private void addChannels(TransportHeader header) {
        wire.onChannel(header.rtpChannel());
        wire.onChannel(header.rtcpChannel());
    }

    private void request(String method, String uri, RtspHeaders headers, Consumer<RtspMessage.Response> onSuccess) {
        dialogue.request(method, uri, headers, outcome -> {
            switch (outcome) {
                case RtspDialogue.Outcome.Answered answered
                when answered.response().isSuccess() -> onSuccess.accept(answered.response());
                case RtspDialogue.Outcome.Answered answered -> onRefused(method, answered.response());
                case RtspDialogue.Outcome.Denied denied -> onDenied(method, denied.reason());
                case RtspDialogue.Outcome.Unanswered ignored ->
                    fail(CloseReason.RESPONSE_TIMEOUT, "no answer to " + method + " in time");
            }
        });
    }

    private void onDenied(String method, CloseReason reason) {
        fail(reason, method + " was refused: " + reason.label());
    }

    private void onRefused(String method, RtspMessage.Response response) {
        if (response.isRedirect()) {
            redirect = Redirects.target(settings.uri(), response.headers().get("Location"));
            fail(CloseReason.REDIRECT_REFUSED, method + " was sent to another host, or nowhere");
            return;
        }
        CloseReason reason = switch (response.status()) {
            case 403 -> CloseReason.UNAUTHORIZED;
            case 404 -> CloseReason.NOT_FOUND;
            case 453, 503 -> CloseReason.BUSY;
            case 461 -> CloseReason.TRANSPORT_REFUSED;
            default -> CloseReason.REFUSED;
        };
        fail(reason, method + " answered " + response.status() + " " + printable(response.reason()));
    }

    private static String printable(String text) {
        String clean = text.replaceAll("[^\\p{L}\\p{N} .,/_()-]", "?");
        return clean.length() > 80 ? clean.substring(0, 80) : clean;
    }
}
