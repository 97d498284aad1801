package io.fengsui.edge.rtsp;

import io.fengsui.edge.bitstream.ParameterSets;
import io.fengsui.edge.rtp.RtpReceiver;
import io.fengsui.edge.rtsp.message.ControlUri;
import io.fengsui.edge.rtsp.message.MalformedRtspException;
import io.fengsui.edge.rtsp.message.RtspHeaders;
import io.fengsui.edge.rtsp.message.RtspMessage;
import io.fengsui.edge.rtsp.message.ServerRequests;
import io.fengsui.edge.rtsp.message.SessionDescription;
import io.fengsui.edge.rtsp.message.SessionHeader;
import io.fengsui.edge.rtsp.net.UdpPorts;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One RTSP session on one connection, from its first request to its end.
 *
 * <pre>
 * Connected -OPTIONS-> Probing -DESCRIBE-> Describing -SETUP-> SettingUp -PLAY-> Starting -200-> Playing
 *     any state -- failure, or close() --> Closing (TEARDOWN, if there is a session) --> Closed
 * </pre>
 *
 * Policies: OPTIONS may fail in any way but for credentials. Frames are taken from SETUP on, because cameras send before
 * they answer PLAY. A keepalive that fails never ends a session that plays; the watchdog over pictures is the camera's.
 * A camera that refuses interleaving with 461 is asked for datagrams, once.
 *
 * <p>Event loop of the session only.
 */
final class RtspSession {
    private static final int UNSUPPORTED_TRANSPORT = 461;
    private static final Duration TEARDOWN_TIMEOUT = Duration.ofSeconds(1);

    /** What the session does to its connection. */
    interface Wire {
        void send(byte[] bytes);

        void close();

        /** Frames on this channel are ours. */
        void onChannel(int channel);

        /** Is read again when so many bytes are there; the hint may be ignored. */
        void gather(int bytes);

        /** Opens ports for datagrams from the camera; tells null when there are none to be had. */
        void bindUdp(UdpPorts.Receiver receiver, Consumer<@Nullable UdpPorts> then);
    }

    private final RtspSettings settings;
    private final StreamContext context;
    private final SessionListener listener;
    private final Wire wire;
    private final RtspDialogue dialogue;
    private final Keepalive keepalive;

    private SessionState state = new SessionState.Connected();
    private String base;
    private String playUri;
    private String setupUri;

    RtspSession(RtspSettings settings, StreamContext context, SessionListener listener, Wire wire) {
        this.settings = settings;
        this.context = context;
        this.listener = listener;
        this.wire = wire;
        this.base = settings.uri().toString();
        this.playUri = base;
        this.setupUri = base;
        Authenticator authenticator =
                new Authenticator(settings.credentials(), settings.isBasicAllowed(), context.random());
        this.dialogue = new RtspDialogue(context.loop(), settings.responseTimeout(), authenticator, wire::send);
        this.keepalive = new Keepalive(context.loop(), dialogue);
    }

    /** Where the camera sent us, if that is why the session ended. */
    @Nullable
    URI redirect() {
        return state instanceof SessionState.Closed closed ? closed.ending().redirect() : null;
    }

    void gather(int bytes) {
        wire.gather(bytes);
    }

    ParameterSets parameterSets() {
        MediaTransport media = state.media();
        return media == null ? ParameterSets.NONE : media.parameterSets();
    }

    void onConnected() {
        state = new SessionState.Probing();
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
        if (!(state instanceof SessionState.Probing)) {
            return;
        }
        state = new SessionState.Describing();
        RtspHeaders accept = RtspHeaders.NONE.with("Accept", "application/sdp");
        request("DESCRIBE", base, accept, this::onDescribed);
    }

    private void onDescribed(RtspMessage.Response response) {
        RtspHeaders headers = response.headers();
        String contentBase = headers.get("Content-Base");
        base = ControlUri.base(contentBase != null ? contentBase : headers.get("Content-Location"), base);
        SessionDescription description = SessionDescription.parse(response.body());
        var stream = description.video();
        if (stream.isEmpty()) {
            fail(
                    CloseReason.NO_KNOWN_VIDEO,
                    "the camera offers " + Refusals.printable(description.encodings())
                            + ", neither H.264 nor H.265 video");
            return;
        }
        playUri = ControlUri.join(base, description.control());
        SessionDescription.Format format = stream.get().format();
        setupUri = ControlUri.join(base, stream.get().control());
        setUp(new MediaTransport(
                context,
                wire,
                new RtpReceiver.Format(
                        format.payloadType(), format.clockRate(), format.parameterSets(), format.hasOrderNumbers()),
                listener::onAccessUnit));
    }

    private void setUp(MediaTransport transport) {
        state = new SessionState.SettingUp(transport);
        RtspHeaders headers = RtspHeaders.NONE.with("Transport", transport.request());
        dialogue.request("SETUP", setupUri, headers, outcome -> {
            if (outcome instanceof RtspDialogue.Outcome.Answered answered
                    && answered.response().status() == UNSUPPORTED_TRANSPORT) {
                transport.fallBack(canTry -> {
                    if (canTry) {
                        setUp(transport);
                    } else {
                        onRefused("SETUP", answered.response());
                    }
                });
            } else {
                onOutcome("SETUP", outcome, response -> onSetUp(transport, response));
            }
        });
    }

    private void onSetUp(MediaTransport transport, RtspMessage.Response response) {
        transport.onAnswer(response.headers().get("Transport"));
        String session = response.headers().get("Session");
        if (session != null) {
            SessionHeader header = SessionHeader.parse(session);
            dialogue.useSession(header.id());
            keepalive.onTimeout(header.timeout());
        }
        state = new SessionState.Starting(transport);
        request("PLAY", playUri, RtspHeaders.NONE.with("Range", "npt=0.000-"), played -> onPlay(transport, played));
    }

    private void onPlay(MediaTransport transport, RtspMessage.Response response) {
        String session = response.headers().get("Session");
        if (session != null && session.contains("timeout")) {
            keepalive.onTimeout(SessionHeader.parse(session).timeout());
        }
        state = new SessionState.Playing(transport);
        keepalive.start(playUri);
        transport.startReports();
        listener.onPlaying();
    }

    void onMessage(RtspMessage message) {
        switch (message) {
            case RtspMessage.Response response -> dialogue.onResponse(response);
            case RtspMessage.Request request -> onRequest(request);
        }
    }

    /** Binary data; the bytes are lent until this returns. */
    void onFrame(int channel, byte[] bytes, int offset, int length) {
        MediaTransport media = state.media();
        if (media != null) {
            media.onFrame(channel, bytes, offset, length);
        }
    }

    private void onRequest(RtspMessage.Request request) {
        wire.send(ServerRequests.answer(request).toBytes());
        if (request.method().equals("TEARDOWN")) {
            fail(CloseReason.ENDED_BY_CAMERA, "the camera sent TEARDOWN");
        }
    }

    /** Something broke while bytes were taken apart, or on the socket. */
    void onFault(Throwable fault) {
        switch (fault) {
            case MalformedRtspException malformed -> fail(CloseReason.BAD_MESSAGE, "" + malformed.getMessage());
            case IOException ignored -> fail(CloseReason.CONNECTION_LOST, "the connection broke");
            default -> fail(CloseReason.INTERNAL, fault.getClass().getSimpleName());
        }
    }

    /** The connection is gone: the end, exactly once. */
    void onDisconnected() {
        if (state instanceof SessionState.Closed) {
            return;
        }
        SessionState.Ending ending = state instanceof SessionState.Closing closing
                ? closing.ending()
                : new SessionState.Ending(CloseReason.CONNECTION_LOST, "the camera closed the connection", null);
        stop();
        state = new SessionState.Closed(ending);
        listener.onClosed(ending.reason(), ending.detail());
    }

    void close() {
        fail(CloseReason.CLOSED, "closed by us");
    }

    private void fail(CloseReason reason, String detail) {
        end(new SessionState.Ending(reason, detail, null));
    }

    private void end(SessionState.Ending ending) {
        if (state instanceof SessionState.Closing || state instanceof SessionState.Closed) {
            return;
        }
        stop();
        state = new SessionState.Closing(ending);
        if (!dialogue.hasSession() || ending.reason() == CloseReason.CONNECTION_LOST) {
            wire.close();
            return;
        }
        dialogue.request("TEARDOWN", playUri, RtspHeaders.NONE, ignored -> wire.close());
        context.loop().schedule(TEARDOWN_TIMEOUT, wire::close);
    }

    private void stop() {
        dialogue.end();
        keepalive.stop();
        MediaTransport media = state.media();
        if (media != null) {
            media.stop();
        }
    }

    private void request(String method, String uri, RtspHeaders headers, Consumer<RtspMessage.Response> onSuccess) {
        dialogue.request(method, uri, headers, outcome -> onOutcome(method, outcome, onSuccess));
    }

    private void onOutcome(String method, RtspDialogue.Outcome outcome, Consumer<RtspMessage.Response> onSuccess) {
        switch (outcome) {
            case RtspDialogue.Outcome.Answered answered
            when answered.response().isSuccess() -> onSuccess.accept(answered.response());
            case RtspDialogue.Outcome.Answered answered -> onRefused(method, answered.response());
            case RtspDialogue.Outcome.Denied denied -> onDenied(method, denied.reason());
            case RtspDialogue.Outcome.Unanswered ignored ->
                fail(CloseReason.RESPONSE_TIMEOUT, "no answer to " + method + " in time");
        }
    }

    private void onDenied(String method, CloseReason reason) {
        fail(reason, method + " was refused: " + reason.label());
    }

    private void onRefused(String method, RtspMessage.Response response) {
        if (response.isRedirect()) {
            URI target = Redirects.target(settings.uri(), response.headers().get("Location"));
            String detail = method + " was sent to another host, or nowhere";
            end(new SessionState.Ending(CloseReason.REDIRECT_REFUSED, detail, target));
        } else {
            fail(
                    Refusals.reason(response.status()),
                    method + " answered " + response.status() + " " + Refusals.printable(response.reason()));
        }
    }
}
