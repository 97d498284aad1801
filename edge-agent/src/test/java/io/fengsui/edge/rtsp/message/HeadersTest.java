package io.fengsui.edge.rtsp.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadersTest {
    private static final String ASKED = "rtsp://10.0.0.2:554/live?ch=1";

    @ParameterizedTest
    @CsvSource({
        "rtsp://10.0.0.2/live/,             rtsp://10.0.0.2/live/",
        "192.168.1.10:554/stream0/,         rtsp://192.168.1.10:554/stream0/",
        "rtsp://rtsp://10.0.0.2/live,       rtsp://10.0.0.2/live",
        "rtsp://::ffff:1.2.3.4/live,        " + ASKED,
        "/live/main/,                       rtsp://10.0.0.2:554/live/main/",
        "http://10.0.0.2/x,                 " + ASKED,
        ",                                  " + ASKED,
    })
    void findsTheBaseOfOddContentBases(@Nullable String contentBase, String expected) {
        assertThat(ControlUri.base(contentBase, ASKED)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "rtsp://c/live,      trackID=1,            rtsp://c/live/trackID=1",
        "rtsp://c/live/,     trackID=1,            rtsp://c/live/trackID=1",
        "rtsp://c/live?a=b,  track1,               rtsp://c/live?a=b/track1",
        "rtsp://c/live,      rtsp://c/other/t1,    rtsp://c/other/t1",
        "rtsp://c/live,      /live/t1,             rtsp://c/live/t1",
        "rtsp://c/live,      ?track=1,             rtsp://c/live?track=1",
        "rtsp://c/live,      *,                    rtsp://c/live",
        "rtsp://c/live,      ,                     rtsp://c/live",
    })
    void joinsControlsAsText(String base, @Nullable String control, String expected) {
        assertThat(ControlUri.join(base, control)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "RTP/AVP/TCP;unicast;interleaved=0-1,                 0, 1, -1",
        "RTP/AVP/TCP;ssrc=1A 2B;interleaved=10-11;mode=play, 10, 11, -1",
        "ssrc=1234;RTP/AVP/TCP; interleaved = 2,              0, 1, -1",
        "RTP/AVP/TCP;interleaved=4,                           4, 5, -1",
        "RTP/AVP/TCP;interleaved=255,                       255, 0, -1",
        "RTP/AVP/TCP;interleaved=999-x,                       0, 1, -1",
        "RTP/AVP;unicast,                                     0, 1, -1",
        "RTP/AVP;unicast;client_port=5000-5001;server_port=6970-6971, 0, 1, 6971",
        "RTP/AVP;server_port=65535,                           0, 1, -1",
    })
    void readsTransport(String value, int rtp, int rtcp, int serverPort) {
        assertThat(TransportHeader.parse(value)).isEqualTo(new TransportHeader(rtp, rtcp, serverPort));
    }

    @ParameterizedTest
    @CsvSource({
        "12345678,                 12345678, 60",
        "'ab-c.$;timeout=15',      ab-c.$,   15",
        "'x ; Timeout = 20',       x,        60",
        "'x ; Timeout=20',         x,        20",
        "x;timeout=0,              x,        60",
        "x;timeout=99999999999,    x,        60",
        "';;;',                    '',       60",
    })
    void readsSession(String value, String id, int seconds) {
        assertThat(SessionHeader.parse(value)).isEqualTo(new SessionHeader(id, Duration.ofSeconds(seconds)));
    }
}
