package io.fengsui.edge.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a camera refuses, and how often we ask again. */
class RtspRefusalTest extends TestingSession {
    @ParameterizedTest
    @CsvSource({
        "DESCRIBE, 404 Not Found,            not_found",
        "DESCRIBE, 403 Forbidden,            unauthorized",
        "DESCRIBE, 500 Oops,                 refused",
        "SETUP,    453 Not Enough Bandwidth, busy",
        "PLAY,     503 Service Unavailable,  busy",
        "DESCRIBE, 401 Unauthorized,         credentials_needed",
    })
    void saysWhyACameraRefuses(String method, String status, String expected) throws Exception {
        open(request -> request.method().equals(method) ? request.answer(status, "\n") : plain(request));
        awaitTold(expected + ": " + method);
    }

    @Test
    void saysWhenThereIsNoAnswerOrNoConnection() throws Exception {
        open(request -> request.method().equals("SETUP") ? null : plain(request));
        awaitTold("response_timeout: no answer to SETUP in time");
    }

    @Test
    void saysWhenTheCameraHangsUp() throws Exception {
        open(request -> request.method().equals("PLAY") ? "" : plain(request));
        awaitTold("connection_lost");
    }

    @Test
    void endsWhenTheCameraSendsTeardown() throws Exception {
        open(request -> request.method().equals("PLAY")
                ? plain(request) + "TEARDOWN rtsp://cam RTSP/1.0\nCSeq: 5\n\n"
                : plain(request));
        awaitTold("ended_by_camera");
    }

    @Test
    void anUnpleasantReasonIsMadeHarmless() throws Exception {
        open(request -> request.method().equals("DESCRIBE")
                ? request.answer("500 <script>" + "x".repeat(300), "\n")
                : plain(request));
        awaitTold("refused: DESCRIBE answered 500 ?script?xxx");
        assertThat(told.getFirst()).hasSizeLessThan(150);
    }

    @Test
    void aStaleNonceIsAnsweredOnceForAnyRequest() throws Exception {
        AtomicLong nonce = new AtomicLong();
        TestingPeer camera = open(
                request -> request.header("Authorization").contains("nonce=\"n" + nonce.get() + "\"")
                                && nonce.get() == number(request.method())
                        ? plain(request)
                        : request.answer(
                                "401 Unauthorized",
                                "WWW-Authenticate: Basic realm=\"c\"\nWWW-Authenticate: Digest realm=\"c\", nonce=\"n"
                                        + renew(nonce, number(request.method())) + "\"\n\n"),
                new Credentials("u", () -> "canary"));
        awaitTold("playing");
        assertThat(camera.methods())
                .containsExactly("OPTIONS", "OPTIONS", "DESCRIBE", "DESCRIBE", "SETUP", "SETUP", "PLAY", "PLAY");
        assertThat(camera.asked.toString()).doesNotContain("canary").doesNotContain("Basic");
    }

    @Test
    void endless401EndsAfterOneRepetition() throws Exception {
        TestingPeer camera = open(
                request -> request.answer(
                        "401 Unauthorized", "WWW-Authenticate: Digest realm=\"c\", nonce=\"n\", stale=true\n\n"),
                new Credentials("u", () -> "p"));
        awaitTold("unauthorized");
        assertThat(camera.asked).hasSize(2);
    }

    @Test
    void basicAloneIsNotAnsweredUnlessAllowed() throws Exception {
        open(
                request -> request.answer("401 Unauthorized", "WWW-Authenticate: Basic realm=\"c\"\n\n"),
                new Credentials("u", () -> "p"));
        awaitTold("basic_not_allowed");
    }

    @Test
    void followsARedirectWithinTheHostWithANewConnection() throws Exception {
        TestingPeer camera = open(request -> request.method().equals("DESCRIBE") && request.connection() == 1
                ? request.answer("302 Moved", "Location: /main\n\n")
                : plain(request));
        awaitTold("playing");
        assertThat(camera.asked.getLast().uri()).endsWith("/main");
        assertThat(camera.asked.getLast().connection()).isEqualTo(2);
    }

    @Test
    void isNotSentToAnotherHostNorInCircles() throws Exception {
        open(request -> request.method().equals("DESCRIBE")
                ? request.answer("302 Moved", "Location: rtsp://192.0.2.1/x\n\n")
                : plain(request));
        awaitTold("redirect_refused: DESCRIBE was sent to another host");
        if (peer != null) {
            peer.close();
        }
        told.clear();
        TestingPeer circle = open(request -> request.method().equals("DESCRIBE")
                ? request.answer("301 Moved", "Location: /live\n\n")
                : plain(request));
        awaitTold("redirect_refused: sent on more than 3 times");
        assertThat(circle.methods()).hasSize(8);
    }

    @Test
    void secretsStayOutOfWhatIsTold() throws Exception {
        open(
                request -> request.answer("401 Unauthorized", "WWW-Authenticate: Digest realm=\"c\", nonce=\"n\"\n\n"),
                new Credentials("canary-user", () -> "canary-password"));
        awaitTold("unauthorized");
        assertThat(told.toString()).doesNotContain("canary");
    }
}
