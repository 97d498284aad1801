package io.fengsui.edge.rtsp.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtspDecoderTest {
    private record Frame(int channel, int length) {}

    private final List<Frame> frames = new ArrayList<>();
    private final RtspDecoder decoder =
            new RtspDecoder((number, bytes, offset, length) -> frames.add(new Frame(number, length)));
    private final EmbeddedChannel channel = new EmbeddedChannel(decoder);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private List<RtspMessage> read(byte[] bytes) {
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        List<RtspMessage> messages = new ArrayList<>();
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            messages.add((RtspMessage) message);
        }
        return messages;
    }

    private List<RtspMessage> read(String text) {
        return read(bytes(text));
    }

    private RtspMessage.Response response(String text) {
        return (RtspMessage.Response) read(text).getFirst();
    }

    private static byte[] frame(int channel, int length) {
        byte[] payload = new byte[length];
        if (length > 0) {
            payload[0] = (byte) 0x80;
        }
        return InterleavedFrames.toBytes(channel, payload);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Test
    void readsAResponseWithItsBody() {
        RtspMessage.Response response = response("RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-Length: 5\r\n\r\nv=0\r\n");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.reason()).isEqualTo("OK");
        assertThat(response.headers().get("cseq")).isEqualTo("2");
        assertThat(response.body()).isEqualTo(bytes("v=0\r\n"));
    }

    @Test
    void readsOneByteAtATime() {
        List<RtspMessage> messages = new ArrayList<>();
        byte[] all = join(bytes("RTSP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nab"), frame(0, 20), bytes("\r\n"));
        for (byte each : all) {
            messages.addAll(read(new byte[] {each}));
        }
        assertThat(messages).hasSize(1);
        assertThat(frames).containsExactly(new Frame(0, 20));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RTSP/1.0 200\r\nCSeq: 1\r\n\r\n",
                "RTSP/1.0  200 \r\nCSeq: 1\r\n\r\n",
                "RTSP/1.0 200 OK\nCSeq: 1\n\n",
                "\r\n\r\n  RTSP/1.0 200 OK\r\nCSeq:1   \r\n\r\n",
                "RTSP/1.0 200 OK\r\nCSeq  :  1\r\nnonsense\r\n: x\r\n\r\n",
            })
    void livesWithBlanksAndMissingWords(String text) {
        RtspMessage.Response response = response(text);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers().get("CSeq")).isEqualTo("1");
    }

    @Test
    void unfoldsHeaders() {
        assertThat(response("RTSP/1.0 200 OK\r\nTransport: RTP/AVP/TCP;\r\n interleaved=0-1\r\n\r\n")
                        .headers()
                        .get("Transport"))
                .isEqualTo("RTP/AVP/TCP; interleaved=0-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RTSP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n",
                "RTSP/1.0 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
                "RTSP/1.0 200 OK\r\nContent-Length: 131073\r\n\r\n",
                "RTSP/1.0 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
                "RTSP/1.0 200 OK\r\nSession: a\0b\r\n\r\n",
                "RTSP/1.0 OK\r\n\r\n",
                "RTSP/1.0 99999 OK\r\n\r\n",
                "HELLO\r\n\r\n",
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "ÿþ garbage",
                "{\"error\": 1}",
            })
    void refusesWhatIsNoMessage(String text) {
        assertThatThrownBy(() -> read(text)).hasCauseInstanceOf(MalformedRtspException.class);
    }

    @Test
    void refusesLinesHeadsAndCountsOverTheCaps() {
        assertThatThrownBy(() -> read("RTSP/1.0 200 " + "x".repeat(5000))).hasMessageContaining("a line over");
    }

    @Test
    void refusesAHeadOverTheCap() {
        String line = "X: " + "y".repeat(2000) + "\r\n";
        assertThatThrownBy(() -> read("RTSP/1.0 200 OK\r\n" + line.repeat(20))).hasMessageContaining("headers over");
    }

    @Test
    void refusesTenThousandHeaders() {
        assertThatThrownBy(() -> read("RTSP/1.0 200 OK\r\n" + "a:b\r\n".repeat(10_000)))
                .hasMessageContaining("more than 128 headers");
    }

    @Test
    void readsFramesOfAnyLengthBetweenMessages() {
        List<RtspMessage> messages = read(
                join(frame(0, 0), frame(255, 65_535), bytes("\r\n"), frame(1, 8), bytes("RTSP/1.0 200 OK\r\n\r\n")));
        assertThat(messages).hasSize(1);
        assertThat(frames).containsExactly(new Frame(0, 0), new Frame(255, 65_535), new Frame(1, 8));
    }

    @Test
    void framesThatComeInPiecesAreWhole() {
        List<byte[]> payloads = new ArrayList<>();
        EmbeddedChannel pieces = new EmbeddedChannel(new RtspDecoder((number, bytes, offset, length) ->
                payloads.add(java.util.Arrays.copyOfRange(bytes, offset, offset + length))));
        byte[] first = bytes("first");
        byte[] second = bytes("the second");
        byte[] all = join(InterleavedFrames.toBytes(0, first), InterleavedFrames.toBytes(0, second));
        for (int cut = 1; cut < all.length; cut++) {
            pieces.writeInbound(Unpooled.copiedBuffer(all, 0, cut), Unpooled.copiedBuffer(all, cut, all.length - cut));
            assertThat(payloads).containsExactly(first, second);
            payloads.clear();
        }
    }

    @Test
    void aDollarInAHeaderIsText() {
        assertThat(response("RTSP/1.0 200 OK\r\nServer: $\0".replace("\0", "") + "cam$\r\n\r\n")
                        .headers()
                        .get("Server"))
                .isEqualTo("$cam$");
    }

    @Test
    void findsTheThreadAgainAfterHalfAFrame() {
        decoder.addChannel(0);
        byte[] rest = new byte[700];
        java.util.Arrays.fill(rest, (byte) 0x24); // dollars that start nothing
        read(join(frame(0, 50), new byte[] {7, 7}, rest, frame(9, 30), frame(0, 60)));
        assertThat(frames).extracting(Frame::length).containsExactly(50, 60);
        assertThat(decoder.resyncs()).isEqualTo(1);
    }

    @Test
    void findsAResponseAfterGarbage() {
        decoder.addChannel(0);
        assertThat(read("\1\2\3RRTSP/1.0 200 OK\r\n\r\n")).singleElement().isInstanceOf(RtspMessage.Response.class);
    }

    @Test
    void endlessGarbageIsAnError() {
        decoder.addChannel(0);
        byte[] garbage = new byte[RtspDecoder.MAX_GARBAGE_BYTES + 10];
        java.util.Arrays.fill(garbage, (byte) 1);
        assertThatThrownBy(() -> read(garbage)).hasMessageContaining("bytes of no meaning");
    }

    @Test
    void losingTheThreadAgainAndAgainIsAnError() {
        decoder.addChannel(0);
        byte[] hiccup = join(frame(0, 20), new byte[] {1});
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 20; i++) {
                        read(hiccup);
                    }
                })
                .hasMessageContaining("lost the thread 11 times");
    }

    @Test
    void readsRequestsOfTheCamera() {
        assertThat(read("OPTIONS rtsp://cam/ RTSP/1.0\r\nCSeq: 9\r\n\r\n"))
                .singleElement()
                .isInstanceOfSatisfying(
                        RtspMessage.Request.class,
                        request -> assertThat(request.method()).isEqualTo("OPTIONS"));
    }
}
