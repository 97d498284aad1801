package io.fengsui.edge.rtsp;

import io.fengsui.edge.rtsp.message.RtspHeaders;
import io.fengsui.edge.rtsp.message.SessionHeader;
import io.fengsui.edge.rtsp.net.NetLoop;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Asks something at half the session's timeout, so that the camera does not end the session. OPTIONS first; when that is
 * refused, GET_PARAMETER if the camera names it, and so in turn. Whatever comes of it, nothing is torn down: cameras
 * ignore, refuse and misnumber keepalives while they play. Event loop of the session only.
 */
final class Keepalive {
    private final NetLoop loop;
    private final RtspDialogue dialogue;
    private Duration timeout = SessionHeader.DEFAULT_TIMEOUT;
    private boolean canGetParameter;
    private String method = "OPTIONS";
    private NetLoop.@Nullable Timer timer;

    Keepalive(NetLoop loop, RtspDialogue dialogue) {
        this.loop = loop;
        this.dialogue = dialogue;
    }

    void onPublic(@Nullable String methods) {
        canGetParameter = methods != null && methods.toUpperCase(Locale.ROOT).contains("GET_PARAMETER");
    }

    void onTimeout(Duration sessionTimeout) {
        timeout = sessionTimeout;
    }

    void start(String uri) {
        timer = loop.schedule(timeout.dividedBy(2), () -> {
            String asked = method;
            dialogue.request(asked, uri, RtspHeaders.NONE, outcome -> onOutcome(asked, outcome));
            start(uri);
        });
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** Only the method in use is given up: several answers to the one before may still be late. */
    private void onOutcome(String asked, RtspDialogue.Outcome outcome) {
        boolean isFine = outcome instanceof RtspDialogue.Outcome.Answered answered
                && answered.response().isSuccess();
        if (!isFine && canGetParameter && asked.equals(method)) {
            method = asked.equals("OPTIONS") ? "GET_PARAMETER" : "OPTIONS";
        }
    }
}
