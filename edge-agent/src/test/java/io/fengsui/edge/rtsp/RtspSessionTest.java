package io.fengsui.edge.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.TestingH264;
import io.fengsui.edge.rtp.StreamCounters;
import io.fengsui.edge.rtsp.message.InterleavedFrames;
import io.fengsui.edge.rtsp.net.NetLoops;
import io.fengsui.runtime.TimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dialogues with cameras that do it their own way, over real sockets. */
class RtspSessionTest {
    private static final String SDP = "m=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\na=control:track1\n";

    private final NetLoops loops = new NetLoops(1);
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<AccessUnit> units = new CopyOnWriteArrayList<>();
    private @Nullable TestingPeer peer;
    private @Nullable RtspStream stream;

    @AfterEach
    void stop() {
        if (peer != null) {
            peer.close();
        }
        loops.close();
    }

    private TestingPeer open(Function<TestingPeer.Asked, @Nullable String> script) throws IOException {
        return open(script, null);
    }

    private TestingPeer open(Function<TestingPeer.Asked, @Nullable String> script, @Nullable Credentials credentials)
            throws IOException {
        TestingPeer camera = new TestingPeer(script);
        peer = camera;
        RtspSettings settings = new RtspSettings(
                URI.create("rtsp://127.0.0.1:" + camera.port() + "/live"),
                credentials,
                false,
                Duration.ofSeconds(5),
                Duration.ofMillis(500));
        StreamContext context = new StreamContext(
                loops.next(),
                TimeSource.system(),
                new SplittableRandom(1),
                new StreamCounters(),
                new AtomicLong()::incrementAndGet);
        stream = RtspStream.open(loops, settings, context, new SessionListener() {
            @Override
            public void onPlaying() {
                told.add("playing");
            }

            @Override
            public void onAccessUnit(AccessUnit unit) {
                units.add(unit);
            }

            @Override
            public void onClosed(CloseReason reason, String detail) {
                told.add(reason.label() + ": " + detail);
            }
        });
        return camera;
    }

    private void leave() {
        if (stream != null) {
            stream.close();
        }
    }

    private void awaitTold(String start) {
        await().untilAsserted(() -> assertThat(told).anyMatch(line -> line.startsWith(start)));
    }

    private static String described(TestingPeer.Asked request) {
        return request.answer("200 OK", "Content-Length: " + SDP.length() + "\n\n" + SDP);
    }

    /** A camera as in the book. */
    private static String plain(TestingPeer.Asked request) {
        return switch (request.method()) {
            case "OPTIONS" -> request.answer("200 OK", "Public: OPTIONS, DESCRIBE, GET_PARAMETER\n\n");
            case "DESCRIBE" -> described(request);
            case "SETUP" ->
                request.answer("200 OK", "Transport: RTP/AVP/TCP;interleaved=0-1\nSession: 42;timeout=4\n\n");
            default -> request.answer("200 OK", "\n");
        };
    }

    private static byte[] rtp(int sequence, byte[] payload) {
        return ByteBuffer.allocate(12 + payload.length)
                .put((byte) 0x80)
                .put((byte) 0xE0)
                .putShort((short) sequence)
                .putLong(9000)
                .put(payload)
                .array();
    }

    private static byte[] keyframe() {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.write(0x78);
        for (byte[] nal : List.of(TestingH264.sps(48, 27), TestingH264.pps(0), TestingH264.idr(0, 100))) {
            payload.write(0);
            payload.write(nal.length);
            payload.writeBytes(nal);
        }
        return payload.toByteArray();
    }

    private static String frame(int channel, byte[] packet) {
        return new String(InterleavedFrames.toBytes(channel, packet), StandardCharsets.ISO_8859_1);
    }

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

    private static long number(String method) {
        return List.of("", "OPTIONS", "DESCRIBE", "SETUP", "PLAY").indexOf(method);
    }

    private static long renew(AtomicLong nonce, long to) {
        nonce.set(to);
        return to;
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

    private int clientPort() {
        String transport = peer == null ? "" : peer.asked.get(3).header("Transport");
        return Integer.parseInt(transport.replaceAll(".*client_port=(\\d+)-.*", "$1"));
    }

    private static void send(DatagramSocket sender, int port, byte[] packet) {
        try {
            sender.send(new DatagramPacket(packet, packet.length, InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
