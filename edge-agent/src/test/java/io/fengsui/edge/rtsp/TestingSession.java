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

/** A session with a scripted camera, and what it told. */
class TestingSession {
    static final String SDP = "m=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\na=control:track1\n";

    final NetLoops loops = new NetLoops(1);
    final List<String> told = new CopyOnWriteArrayList<>();
    final List<AccessUnit> units = new CopyOnWriteArrayList<>();

    @Nullable
    TestingPeer peer;

    @Nullable
    RtspStream stream;

    @AfterEach
    void stop() {
        if (peer != null) {
            peer.close();
        }
        loops.close();
    }

    TestingPeer open(Function<TestingPeer.Asked, @Nullable String> script) throws IOException {
        return open(script, null);
    }

    TestingPeer open(Function<TestingPeer.Asked, @Nullable String> script, @Nullable Credentials credentials)
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

    void leave() {
        if (stream != null) {
            stream.close();
        }
    }

    void awaitTold(String start) {
        await().untilAsserted(() -> assertThat(told).anyMatch(line -> line.startsWith(start)));
    }

    static String described(TestingPeer.Asked request) {
        return request.answer("200 OK", "Content-Length: " + SDP.length() + "\n\n" + SDP);
    }

    /** A camera as in the book. */
    static String plain(TestingPeer.Asked request) {
        return switch (request.method()) {
            case "OPTIONS" -> request.answer("200 OK", "Public: OPTIONS, DESCRIBE, GET_PARAMETER\n\n");
            case "DESCRIBE" -> described(request);
            case "SETUP" ->
                request.answer("200 OK", "Transport: RTP/AVP/TCP;interleaved=0-1\nSession: 42;timeout=4\n\n");
            default -> request.answer("200 OK", "\n");
        };
    }

    static byte[] rtp(int sequence, byte[] payload) {
        return ByteBuffer.allocate(12 + payload.length)
                .put((byte) 0x80)
                .put((byte) 0xE0)
                .putShort((short) sequence)
                .putLong(9000)
                .put(payload)
                .array();
    }

    static byte[] keyframe() {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.write(0x78);
        for (byte[] nal : List.of(TestingH264.sps(48, 27), TestingH264.pps(0), TestingH264.idr(0, 100))) {
            payload.write(0);
            payload.write(nal.length);
            payload.writeBytes(nal);
        }
        return payload.toByteArray();
    }

    static String frame(int channel, byte[] packet) {
        return new String(InterleavedFrames.toBytes(channel, packet), StandardCharsets.ISO_8859_1);
    }

    static long number(String method) {
        return List.of("", "OPTIONS", "DESCRIBE", "SETUP", "PLAY").indexOf(method);
    }

    static long renew(AtomicLong nonce, long to) {
        nonce.set(to);
        return to;
    }

    int clientPort() {
        String transport = peer == null ? "" : peer.asked.get(3).header("Transport");
        return Integer.parseInt(transport.replaceAll(".*client_port=(\\d+)-.*", "$1"));
    }

    static void send(DatagramSocket sender, int port, byte[] packet) {
        try {
            sender.send(new DatagramPacket(packet, packet.length, InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
