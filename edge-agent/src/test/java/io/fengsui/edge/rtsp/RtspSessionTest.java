package io.fengsui.edge.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Dialogues with cameras that do it their own way, over real sockets. */
class RtspSessionTest extends TestingSession {
    @Test
    void asksInOrderAndLeavesInWords() throws Exception {
        TestingPeer camera = open(RtspSessionTest::plain);
        awaitTold("playing");
        loops.next().execute(this::leave);
        awaitTold("closed: closed by us");
        assertThat(camera.methods()).containsExactly("OPTIONS", "DESCRIBE", "SETUP", "PLAY", "TEARDOWN");
        String base = "rtsp://127.0.0.1:" + camera.port() + "/live";
        assertThat(camera.asked.get(2).uri()).isEqualTo(base + "/track1");
        assertThat(camera.asked.get(3).uri()).isEqualTo(base);
        assertThat(camera.asked.get(3).header("Session")).isEqualTo("42");
        assertThat(camera.asked.get(4).header("Session")).isEqualTo("42");
        assertThat(camera.asked)
                .allMatch(request -> request.header("User-Agent").equals("Fengsui"));
    }

    @Test
    void takesPicturesThatComeBeforePlayIsAnsweredOnOtherChannels() throws Exception {
        open(request -> switch (request.method()) {
            case "SETUP" -> request.answer("200 OK", "Transport: RTP/AVP;interleaved=10-11\nSession: 1\n\n");
            case "PLAY" -> frame(77, new byte[9]) + frame(10, rtp(1, keyframe())) + "\r\n" + plain(request);
            default -> plain(request);
        });
        awaitTold("playing");
        assertThat(units).hasSize(1);
    }

    @Test
    void aLateAnswerIsNotTakenForThatOfTheNextRequest() throws Exception {
        open(request -> switch (request.method()) {
            case "OPTIONS" -> null;
            case "DESCRIBE" -> "RTSP/1.0 200 OK\nCSeq: 1\nPublic: OPTIONS\n\n" + plain(request);
            default -> plain(request);
        });
        awaitTold("playing");
    }

    @Test
    void livesWithMissingAndWrongSequenceNumbersAndReasons() throws Exception {
        AtomicLong count = new AtomicLong();
        open(request -> plain(request)
                .replaceFirst("CSeq: .*\n", count.incrementAndGet() % 2 == 0 ? "" : "CSeq:   1\n")
                .replace("200 OK", "200"));
        awaitTold("playing");
    }

    @Test
    void goesOnWhenOptionsIsRefusedOrNotAnswered() throws Exception {
        open(request -> request.method().equals("OPTIONS") ? null : plain(request));
        awaitTold("playing");
    }

    @Test
    void requestsOfTheCameraAreAnswered() throws Exception {
        TestingPeer camera = open(request -> switch (request.method()) {
            case "DESCRIBE" ->
                "OPTIONS rtsp://client RTSP/1.0\nCSeq: 99\n\nPLAY_NOTIFY x RTSP/1.0\nCSeq: 98\n\n" + plain(request);
            default -> plain(request);
        });
        awaitTold("playing");
        assertThat(camera.asked.toString()).contains("CSeq: 99").contains("501");
    }

    @Test
    @Tag("slow")
    void keepalivesThatFailNeverEndAPlayingSession() throws Exception {
        TestingPeer camera = open(request -> {
            if (request.header("Session").isEmpty()
                    || List.of("PLAY", "TEARDOWN").contains(request.method())) {
                return plain(request);
            }
            return request.method().equals("OPTIONS") ? request.answer("454 Session Not Found", "\n") : null;
        });
        awaitTold("playing");
        await().until(() -> camera.methods().contains("GET_PARAMETER"));
        await().until(() -> camera.methods().getLast().equals("OPTIONS"));
        assertThat(told).containsExactly("playing");
        assertThat(camera.asked.getLast().header("Session")).isEqualTo("42");
    }

    @Test
    void takesDatagramsFromACameraThatRefusesInterleaving() throws Exception {
        try (DatagramSocket sender = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            open(request -> {
                String transport = request.header("Transport");
                if (request.method().equals("SETUP")) {
                    return transport.contains("TCP")
                            ? request.answer("461 Unsupported transport", "\n")
                            : request.answer("200 OK", "Transport: " + transport + "\nSession: 7\n\n");
                }
                if (request.method().equals("PLAY")) {
                    send(sender, clientPort(), rtp(1, keyframe()));
                }
                return plain(request);
            });
            awaitTold("playing");
            await().until(() -> units.size() == 1);
        }
    }
}
