package io.fengsui.edge.rtsp.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.bitstream.AnnexB;
import io.fengsui.edge.bitstream.Codec;
import io.fengsui.edge.bitstream.H265Unit;
import io.fengsui.edge.bitstream.ParameterSets;
import io.fengsui.edge.bitstream.PictureSize;
import io.fengsui.edge.bitstream.TestingH264;
import io.fengsui.edge.bitstream.TestingH265;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionDescriptionTest {
    private static final String SPROP = base64(TestingH264.sps(48, 27)) + "," + base64(TestingH264.pps(0));

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static SessionDescription parse(String... lines) {
        return SessionDescription.parse((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static SessionDescription.VideoStream stream(String... lines) {
        return parse(lines).video().orElseThrow();
    }

    @Test
    void findsTheFirstH264VideoAmongOthers() {
        SessionDescription sdp = parse(
                "v=0",
                "o=- 1 1 IN IP4 10.0.0.2",
                "s=Session",
                "a=control:*",
                "m=audio 0 RTP/AVP 0",
                "a=control:track0",
                "m=application 0 RTP/AVP 107",
                "a=rtpmap:107 vnd.onvif.metadata/90000",
                "m=video 0 RTP/AVP 26 97",
                "a=rtpmap:26 JPEG/90000",
                "a=rtpmap:97 h264/90000 ",
                "a=fmtp:97 packetization-mode=1; profile-level-id=64001f; Sprop-Parameter-Sets=" + SPROP,
                "a=control:track2");
        SessionDescription.VideoStream stream = sdp.video().orElseThrow();
        assertThat(sdp.control()).isEqualTo("*");
        assertThat(stream.control()).isEqualTo("track2");
        assertThat(stream.format().payloadType()).isEqualTo(97);
        assertThat(stream.format().clockRate()).isEqualTo(90_000);
        assertThat(stream.format().parameterSets().isComplete()).isTrue();
    }

    /** Lines as cameras write them; none of them is needed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "o=",
                "o=- 0x1F 12345678901234567890123 IN IP4 1.2.3.4",
                "o=-  -5 IP 4",
                "s=a\r\ns=b",
                "t=",
                "c=IN 192.168.4.232",
                "m=meta 0 RTP/AVP 98",
                "m=",
                "a=fmtp:96",
                "a=rtpmap:",
                "a=rtpmap:x y",
                "b=AS:-1",
                "nonsense",
                "\u0000\uFEFF",
            })
    void livesWithBrokenLines(String line) {
        assertThat(stream(line, "m=video 0 RTP/AVP 96", "a=rtpmap:96 H264/90000")
                        .format()
                        .payloadType())
                .isEqualTo(96);
    }

    @ParameterizedTest
    @CsvSource({"90000,90000", "0,90000", "4294967296,90000", "-5,90000", "x,90000", "48000,48000"})
    void takesTheClockRateOrTheUsualOne(String text, int expected) {
        assertThat(stream("m=video 0 RTP/AVP 35", "a=rtpmap:35 H264/" + text)
                        .format()
                        .clockRate())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%%%", ",,,", "Z0LAHtkDxWhAAAADAEAAAAwDxYuS", "AAAA", "Zw=="})
    void parameterSetsThatCannotBeReadAreLeftToTheStream(String sprop) {
        assertThat(stream("m=video 0 RTP/AVP 96", "a=rtpmap:96 H264/90000", "a=fmtp:96 sprop-parameter-sets=" + sprop)
                        .format()
                        .parameterSets()
                        .isComplete())
                .isFalse();
    }

    @Test
    void takesByteStreamsAsParameterSets() {
        byte[] both = new byte[200];
        int at = AnnexB.putStartCode(both, 0);
        byte[] sps = TestingH264.sps(48, 27);
        System.arraycopy(sps, 0, both, at, sps.length);
        at = AnnexB.putStartCode(both, at + sps.length);
        byte[] pps = TestingH264.pps(0);
        System.arraycopy(pps, 0, both, at, pps.length);
        ParameterSets sets =
                SessionDescription.sprop(Codec.H264, base64(java.util.Arrays.copyOf(both, at + pps.length)));
        assertThat(sets.isComplete()).isTrue();
    }

    @Test
    void refusesAPictureOverTheCapInSprop() {
        assertThat(SessionDescription.sprop(Codec.H264, base64(TestingH264.sps(4096, 4096)))
                        .size())
                .isNull();
        assertThat(SessionDescription.sprop(Codec.H264, "Z".repeat(1 << 20)).isComplete())
                .isFalse();
    }

    @Test
    void takesTheThreeParameterSetsOfH265() {
        String fmtp = "a=fmtp:98 profile-id=1; sprop-vps=" + base64(TestingH265.first(H265Unit.VPS)) + "; sprop-sps="
                + base64(TestingH265.first(H265Unit.SPS)) + ";sprop-pps=" + base64(TestingH265.first(H265Unit.PPS));
        SessionDescription.Format format =
                stream("m=video 0 RTP/AVP 98", "a=rtpmap:98 h265/90000", fmtp).format();
        assertThat(format.parameterSets().isComplete()).isTrue();
        assertThat(format.parameterSets().size()).isEqualTo(new PictureSize(320, 180));
        assertThat(format.hasOrderNumbers()).isFalse();
        assertThat(stream("m=video 0 RTP/AVP 98", "a=rtpmap:98 H265/90000", fmtp + ";sprop-max-don-diff=2")
                        .format()
                        .hasOrderNumbers())
                .isTrue();
        // Some cameras tell one of the three: the stream brings the others.
        assertThat(stream("m=video 0 RTP/AVP 98", "a=rtpmap:98 H265/90000", "a=fmtp:98 sprop-vps=AAA=")
                        .format()
                        .parameterSets()
                        .codec())
                .isEqualTo(Codec.H265);
    }

    @Test
    void isBoundedAndTellsWhatThereIsInstead() {
        assertThat(parse("m=video 0 RTP/AVP 96\r\n".repeat(10_000)).media()).hasSize(SessionDescription.MAX_MEDIA);
        assertThat(parse("").video()).isEmpty();
        assertThat(parse("").encodings()).isEqualTo("nothing");
        assertThat(parse("m=video 0 RTP/AVP 96", "a=rtpmap:96 H266/90000").encodings())
                .isEqualTo("video H266");
    }

    @Test
    void endsLinesInAnyWay() {
        byte[] body = "v=0\rm=video 0 RTP/AVP 96\ra=rtpmap:96 H264/90000\n".getBytes(StandardCharsets.UTF_8);
        assertThat(SessionDescription.parse(body).video()).isPresent();
    }
}
