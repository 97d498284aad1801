package io.fengsui.edge.rtsp.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Any bytes are messages within the caps or a named refusal. */
class RtspFuzzTest {
    @FuzzTest
    void messages(byte[] bytes) {
        RtspDecoder decoder = new RtspDecoder(
                (number, lent, offset, length) -> assertThat(offset + length).isLessThanOrEqualTo(lent.length));
        if (bytes.length > 0 && bytes[0] % 2 == 0) {
            decoder.addChannel(0);
        }
        EmbeddedChannel channel = new EmbeddedChannel(decoder);
        try {
            channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        } catch (DecoderException e) {
            assertThat(e).hasCauseInstanceOf(MalformedRtspException.class);
        }
    }

    @FuzzTest
    void descriptions(byte[] bytes) {
        SessionDescription sdp = SessionDescription.parse(bytes);
        assertThat(sdp.media()).hasSizeLessThanOrEqualTo(SessionDescription.MAX_MEDIA);
        sdp.video().ifPresent(stream -> assertThat(stream.format().clockRate()).isPositive());
    }

    @FuzzTest
    void headers(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Challenge.parse(List.of(text));
        SessionHeader.parse(text);
        TransportHeader transport = TransportHeader.parse(text);
        assertThat(transport.rtpChannel()).isBetween(0, 255);
        ControlUri.join(ControlUri.base(text, "rtsp://cam/live"), text);
    }
}
