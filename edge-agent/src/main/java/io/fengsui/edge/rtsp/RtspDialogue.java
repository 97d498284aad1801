package io.fengsui.edge.rtsp;

import io.fengsui.edge.rtsp.message.RtspHeaders;
import io.fengsui.edge.rtsp.message.RtspMessage;
import io.fengsui.edge.rtsp.net.NetLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Requests and their answers on one connection: numbers them, signs them, matches answers, repeats a request once when
 * its nonce is refused, and gives up after the response timeout. At most {@value #MAX_PENDING} requests wait.
 *
 * <p>Policy for wrong CSeq: when a single request waits, whatever answer comes is its answer (cameras leave the number
 * out, pad it, or repeat the former one); but an answer with the number of a request that was given up is late, and
 * dropped. Event loop of the session only.
 */
final class RtspDialogue {
    static final int MAX_PENDING = 4;
    private static final int MAX_GIVEN_UP = 8;
    static final String USER_AGENT = "Fengsui";

    private static final int UNAUTHORIZED = 401;

    /** What became of a request. */
    sealed interface Outcome {
        /** Answered, with any status but 401. */
        record Answered(RtspMessage.Response response) implements Outcome {}

        /** Refused for its credentials. */
        record Denied(CloseReason reason) implements Outcome {}

        /** No answer in time. */
        record Unanswered() implements Outcome {}
    }

    private record Pending(
            String method,
            String uri,
            RtspHeaders headers,
            boolean isRepeated,
            Consumer<Outcome> consumer,
            NetLoop.Timer timer) {}

    private final NetLoop loop;
    private final Duration responseTimeout;
    private final Authenticator authenticator;
    private final Consumer<byte[]> wire;
    private final Map<Integer, Pending> pending = new LinkedHashMap<>();
    /** Numbers of requests that were given up and may still be answered; an answer to one is nobody else's. */
    private final Deque<Integer> givenUp = new ArrayDeque<>(MAX_GIVEN_UP);

    private int lastCseq;
    private @Nullable String sessionId;

    RtspDialogue(NetLoop loop, Duration responseTimeout, Authenticator authenticator, Consumer<byte[]> wire) {
        this.loop = loop;
        this.responseTimeout = responseTimeout;
        this.authenticator = authenticator;
        this.wire = wire;
    }

    /** The id that goes into every request from now on; the first one stays (policy: some change it midway). */
    void useSession(String id) {
        if (sessionId == null && !id.isEmpty()) {
            sessionId = id;
        }
    }

    boolean hasSession() {
        return sessionId != null;
    }

    void request(String method, String uri, RtspHeaders headers, Consumer<Outcome> consumer) {
        send(method, uri, headers, false, consumer);
    }

    private void send(String method, String uri, RtspHeaders headers, boolean isRepeated, Consumer<Outcome> consumer) {
        if (pending.size() >= MAX_PENDING) {
            consumer.accept(new Outcome.Unanswered());
            return;
        }
        int cseq = ++lastCseq;
        RtspHeaders all = new RtspHeaders(java.util.List.of(
                new RtspHeaders.Field("CSeq", Integer.toString(cseq)),
                new RtspHeaders.Field("User-Agent", USER_AGENT)));
        String authorization = authenticator.authorization(method, uri);
        if (authorization != null) {
            all = all.with("Authorization", authorization);
        }
        if (sessionId != null) {
            all = all.with("Session", sessionId);
        }
        for (RtspHeaders.Field field : headers.fields()) {
            all = all.with(field.name(), field.value());
        }
        NetLoop.Timer timer = loop.schedule(responseTimeout, () -> onTimeout(cseq));
        pending.put(cseq, new Pending(method, uri, headers, isRepeated, consumer, timer));
        wire.accept(new RtspMessage.Request(method, uri, all).toBytes());
    }

    void onResponse(RtspMessage.Response response) {
        if (response.status() < 200) {
            return;
        }
        Pending request = take(response.headers().get("CSeq"));
        if (request == null) {
            return;
        }
        request.timer().cancel();
        if (response.status() != UNAUTHORIZED) {
            request.consumer().accept(new Outcome.Answered(response));
            return;
        }
        CloseReason reason = authenticator.onChallenges(response.headers().all("WWW-Authenticate"));
        if (reason != null) {
            request.consumer().accept(new Outcome.Denied(reason));
        } else if (request.isRepeated()) {
            request.consumer().accept(new Outcome.Denied(CloseReason.UNAUTHORIZED));
        } else {
            send(request.method(), request.uri(), request.headers(), true, request.consumer());
        }
    }

    /** Nothing more will be asked or answered. */
    void end() {
        pending.values().forEach(request -> request.timer().cancel());
        pending.clear();
    }

    private @Nullable Pending take(@Nullable String cseq) {
        @Nullable Integer number = cseq == null ? null : number(cseq);
        Pending exact = number == null ? null : pending.remove(number);
        if (exact != null || pending.size() != 1 || givenUp.remove(number)) {
            return exact;
        }
        return pending.remove(pending.keySet().iterator().next());
    }

    private static int number(String cseq) {
        try {
            return Integer.parseInt(cseq.strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private void onTimeout(int cseq) {
        Pending request = pending.remove(cseq);
        if (request != null) {
            if (givenUp.size() == MAX_GIVEN_UP) {
                givenUp.removeFirst();
            }
            givenUp.addLast(cseq);
            request.consumer().accept(new Outcome.Unanswered());
        }
    }
}
