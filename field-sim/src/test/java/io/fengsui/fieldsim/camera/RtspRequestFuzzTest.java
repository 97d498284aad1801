package io.fengsui.fieldsim.camera;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Whatever a client sends is a request, a refusal told as such, or not whole yet; and bytes are given back. */
final class RtspRequestFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void anyBytesAreRequestsOrRefused(byte[] bytes) {
        decode(bytes);
    }

    @Test
    void skipsReceiverReportsAndBodiesBetweenRequests() {
        byte[] bytes = ("$\1\0\4abcdOPTIONS * RTSP/1.0\nCSeq: 1\n\n"
                        + "SET_PARAMETER rtsp://h/cam1 RTSP/1.0\r\nCSeq: 2\r\nContent-Length: 5\r\n\r\nhello"
                        + "OPTIONS rtsp://h/cam1 RTSP/1.0\r\nCSeq: 3\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        EmbeddedChannel channel = new EmbeddedChannel(new RtspRequestDecoder());
        for (byte one : bytes) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {one}));
        }
        assertThat(channel.inboundMessages())
                .extracting(message -> ((RtspRequest) message).header("CSeq"))
                .containsExactly("1", "2", "3");
        assertThat(channel.finishAndReleaseAll()).isTrue();
    }

    private static void decode(byte[] bytes) {
        EmbeddedChannel channel = new EmbeddedChannel(new RtspRequestDecoder());
        try {
            channel.writeInbound(Unpooled.copiedBuffer(bytes));
            for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
                assertThat(((RtspRequest) message).cameraName()).isNotNull();
            }
        } catch (DecoderException | IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotEmpty();
        } finally {
            channel.finishAndReleaseAll();
        }
    }
}
