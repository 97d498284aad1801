package io.fengsui.fieldsim.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.fieldsim.camera.TestingRtspClient.Frame;
import io.fengsui.fieldsim.clip.AccessUnit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RtspServerTest {
    private final RtspServer server = RtspServer.start(0);

    @AfterEach
    void stop() {
        server.close();
    }

    private SimulatedCamera add(Quirks quirks) {
        return server.add(CameraSettings.named("cam1").with(quirks).atPace(20), TestingClips.STREET);
    }

    private TestingRtspClient client() throws IOException {
        return new TestingRtspClient(server, "cam1");
    }

    /** The next access unit's NAL units one after the other, put together from its packets. */
    private static byte[] nextUnit(TestingRtspClient client) throws IOException {
        ByteArrayOutputStream nals = new ByteArrayOutputStream();
        while (true) {
            Frame frame = client.frame();
            if (frame.channel() != 0) {
                continue;
            }
            byte[] payload = frame.payload();
            int type = payload[0] & 0x1f;
            if (type == 28) {
                if ((payload[1] & 0x80) != 0) {
                    nals.write(payload[0] & 0xe0 | payload[1] & 0x1f);
                }
                nals.write(payload, 2, payload.length - 2);
            } else if (type != 24) {
                nals.writeBytes(payload);
            }
            if (frame.hasMarker()) {
                return nals.toByteArray();
            }
        }
    }

    private static byte[] bytesOf(AccessUnit unit) {
        ByteArrayOutputStream nals = new ByteArrayOutputStream();
        unit.nalUnits().forEach(nals::writeBytes);
        return nals.toByteArray();
    }

    @Test
    void sendsTheClipByteForByteAndThenAgain() throws IOException {
        SimulatedCamera camera = add(Quirks.NONE);
        try (TestingRtspClient client = client()) {
            assertThat(client.play()).startsWith("RTSP/1.0 200 OK").contains("RTP-Info: url=");
            for (int i = 0; i < TestingClips.STREET.frames() + 3; i++) {
                AccessUnit expected = TestingClips.STREET.units().get(i % TestingClips.STREET.frames());
                assertThat(nextUnit(client)).isEqualTo(bytesOf(expected));
            }
            assertThat(camera.viewers()).isEqualTo(1);
        }
        await().until(() -> camera.viewers() == 0);
    }

    @Test
    void numbersPacketsWithoutGapsAndReportsTheTime() throws IOException {
        add(Quirks.NONE);
        try (TestingRtspClient client = client()) {
            client.play();
            Frame report = client.frame();
            assertThat(report.channel()).isEqualTo(1);
            assertThat(report.bytes().get(1) & 0xff).isEqualTo(200);
            int last = client.frame().sequence();
            for (int i = 0; i < 50; i++) {
                int next = client.frame().sequence();
                assertThat(next).isEqualTo((last + 1) & 0xffff);
                last = next;
            }
        }
    }

    @Test
    void describesTheParameterSetsOfTheClip() throws IOException {
        add(Quirks.NONE);
        try (TestingRtspClient client = client()) {
            assertThat(client.request("DESCRIBE", ""))
                    .contains("Content-Base: " + server.uri("cam1") + "/\r\n", "a=rtpmap:96 H264/90000")
                    .contains(Base64.getEncoder().encodeToString(TestingClips.STREET.sps()));
        }
    }

    @Test
    void answersLikeTheOddCameraItIsToldToBe() throws IOException {
        Quirks odd = Quirks.of(
                Quirk.RELATIVE_CONTENT_BASE,
                Quirk.NO_RTP_INFO,
                Quirk.OTHER_INTERLEAVED,
                Quirk.NO_MARKER,
                Quirk.DATA_BEFORE_PLAY_REPLY,
                Quirk.LINE_FEED_ONLY);
        add(odd.withSessionTimeout(Duration.ofSeconds(15)));
        try (TestingRtspClient client = client()) {
            assertThat(client.request("DESCRIBE", ""))
                    .contains("\nContent-Base: /cam1/\n")
                    .doesNotContain("\r\nCSeq");
            String setup = client.request("SETUP", "/trackID=0", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1");
            assertThat(setup).contains("interleaved=4-5", ";timeout=15");
            String play = client.request("PLAY", "/", "Session: " + TestingRtspClient.sessionOf(setup));
            assertThat(play).contains("200 OK").doesNotContain("RTP-Info");
            assertThat(client.framesBeforeReply())
                    .isNotEmpty()
                    .noneMatch(frame -> frame.channel() == 4 && frame.hasMarker());
        }
    }

    @Test
    void offersNoH264OrRefusesOrTalksGarbageWhenTold() throws IOException {
        server.add(CameraSettings.named("h265").with(Quirks.of(Quirk.NO_KNOWN_VIDEO)), TestingClips.STREET);
        server.add(CameraSettings.named("busy").with(Quirks.of(Quirk.REFUSES_453)), TestingClips.STREET);
        server.add(CameraSettings.named("noise").with(Quirks.of(Quirk.GARBAGE)), TestingClips.STREET);
        try (TestingRtspClient client = new TestingRtspClient(server, "h265")) {
            assertThat(client.request("DESCRIBE", "")).contains("MP4V-ES/90000").doesNotContain("H264");
        }
        try (TestingRtspClient client = new TestingRtspClient(server, "busy")) {
            assertThat(client.request("SETUP", "/trackID=0", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1"))
                    .startsWith("RTSP/1.0 453");
        }
        try (TestingRtspClient client = new TestingRtspClient(server, "noise")) {
            client.send("DESCRIBE " + server.uri("noise") + " RTSP/1.0\r\nCSeq: 1\r\n\r\n");
            byte[] first = new byte[4];
            for (int i = 0; i < first.length; i++) {
                first[i] = client.rawByte();
            }
            assertThat(new String(first, StandardCharsets.ISO_8859_1)).isNotEqualTo("RTSP");
        }
    }

    @Test
    void saysWhatIsWrongWithARequest() throws IOException {
        add(Quirks.NONE);
        try (TestingRtspClient client = client()) {
            assertThat(client.request("PLAY", "/", "Session: 1")).startsWith("RTSP/1.0 454");
            assertThat(client.request("SETUP", "/trackID=0", "Transport: RTP/AVP;unicast;client_port=5000-5001"))
                    .startsWith("RTSP/1.0 461");
            assertThat(client.request("PAUSE", "/")).startsWith("RTSP/1.0 405");
        }
        try (TestingRtspClient client = new TestingRtspClient(server, "nowhere")) {
            assertThat(client.request("DESCRIBE", "")).startsWith("RTSP/1.0 404");
        }
    }

    @Test
    void cutsWhatIsNoRequest() throws IOException {
        add(Quirks.NONE);
        try (TestingRtspClient client = client()) {
            client.send("GET / HTTP/1.1\r\n\r\n");
            assertThat(client.isAtEnd()).isTrue();
        }
        try (TestingRtspClient client = client()) {
            client.send("x".repeat(20_000));
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void aDeadCameraCutsItsViewersAndAnswersNobodyUntilItIsRevived() throws IOException {
        SimulatedCamera camera = add(Quirks.NONE);
        try (TestingRtspClient client = client()) {
            client.play();
            camera.die();
            assertThat(client.isAtEnd()).isTrue();
        }
        try (TestingRtspClient client = client()) {
            assertThat(client.request("DESCRIBE", "")).isEmpty();
        }
        camera.revive();
        try (TestingRtspClient client = client()) {
            assertThat(client.request("DESCRIBE", "")).contains("200 OK");
        }
    }

    @Test
    void aStalledCameraStillAnswers() throws IOException {
        SimulatedCamera camera = add(Quirks.NONE);
        try (TestingRtspClient client = client()) {
            client.play();
            nextUnit(client);
            camera.stall();
            await().until(() -> camera.framesDropped() > 3);
            assertThat(client.request("OPTIONS", "")).contains("200 OK", "Public: ");
        }
    }

    @Test
    void endsASessionThatKeepsSilent() throws IOException {
        SimulatedCamera camera = add(Quirks.NONE.withSessionTimeout(Duration.ofSeconds(1)));
        try (TestingRtspClient client = client()) {
            client.play();
            await().until(() -> camera.viewers() == 0);
        }
    }

    @Test
    void letsInWhoKnowsThePassword() throws Exception {
        Credentials asked = Credentials.of(AuthScheme.BASIC, "admin", "p:w");
        server.add(CameraSettings.named("cam1").with(asked), TestingClips.STREET);
        try (TestingRtspClient client = client()) {
            assertThat(client.request("DESCRIBE", ""))
                    .startsWith("RTSP/1.0 401")
                    .contains("WWW-Authenticate: Basic realm=");
            assertThat(client.request("DESCRIBE", "", "Authorization: Basic " + base64("admin:wrong")))
                    .startsWith("RTSP/1.0 401");
            assertThat(client.request("DESCRIBE", "", "Authorization: Basic " + base64("admin:p:w")))
                    .startsWith("RTSP/1.0 200");
        }
    }

    @Test
    void checksADigestWithSha256AndItsCount() throws Exception {
        Credentials asked = Credentials.of(AuthScheme.DIGEST_SHA256, "admin", "secret");
        server.add(CameraSettings.named("cam1").with(asked), TestingClips.STREET);
        try (TestingRtspClient client = client()) {
            String refusal = client.request("DESCRIBE", "");
            assertThat(refusal).startsWith("RTSP/1.0 401").contains("algorithm=SHA-256");
            String nonce = refusal.split("nonce=\"", 2)[1].split("\"", 2)[0];
            String realm = refusal.split("realm=\"", 2)[1].split("\"", 2)[0];
            String first = hash("admin:" + realm + ":secret");
            String second = hash("DESCRIBE:" + server.uri("cam1"));
            String response = hash(first + ':' + nonce + ":00000001:abc:auth:" + second);
            String header = "Authorization: Digest username=\"admin\", realm=\"" + realm + "\", nonce=\"" + nonce
                    + "\", uri=\"" + server.uri("cam1")
                    + "\", qop=auth, nc=00000001, cnonce=\"abc\", algorithm=SHA-256, response=\"";
            // Another digit, whatever the first one is: the nonce is drawn by lot.
            String wrong = (response.startsWith("0") ? "1" : "0") + response.substring(1);
            assertThat(client.request("DESCRIBE", "", header + wrong + '"')).startsWith("RTSP/1.0 401");
            assertThat(client.request("DESCRIBE", "", header + response + '"')).startsWith("RTSP/1.0 200");
            assertThat(client.request("DESCRIBE", "", header + response + '"')).startsWith("RTSP/1.0 401");
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
