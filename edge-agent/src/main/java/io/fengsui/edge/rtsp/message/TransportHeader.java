package io.fengsui.edge.rtsp.message;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a camera says that it will send (RFC 2326, 12.39). The fields come in any order, with any blanks, and with other
 * channels than asked for; what is not said is as we asked.
 *
 * @param serverRtcpPort where it takes reports when it sends datagrams, -1 if it does not say
 */
public record TransportHeader(int rtpChannel, int rtcpChannel, int serverRtcpPort) {
    public static final TransportHeader ASKED = new TransportHeader(0, 1, -1);

    private static final int MAX_CHANNEL = 255;
    private static final int MAX_PORT = 65_535;

    public String interleavedRequest() {
        return "RTP/AVP/TCP;unicast;interleaved=" + rtpChannel + "-" + rtcpChannel;
    }

    public static String datagramRequest(int rtpPort) {
        return "RTP/AVP;unicast;client_port=" + rtpPort + "-" + (rtpPort + 1);
    }

    public static TransportHeader parse(@Nullable String value) {
        TransportHeader header = ASKED;
        if (value == null) {
            return header;
        }
        for (String field : value.split("[;,]")) {
            String text = field.strip().toLowerCase(Locale.ROOT);
            if (text.startsWith("interleaved=")) {
                header = header.withChannels(text.substring("interleaved=".length()));
            } else if (text.startsWith("server_port=")) {
                header = header.withPorts(text.substring("server_port=".length()));
            }
        }
        return header;
    }

    private TransportHeader withChannels(String range) {
        String[] ids = range.split("-", 2);
        int rtp = number(ids[0], MAX_CHANNEL);
        int rtcp = ids.length > 1 ? number(ids[1], MAX_CHANNEL) : -1;
        if (rtp < 0) {
            return this;
        }
        return new TransportHeader(rtp, rtcp >= 0 && rtcp != rtp ? rtcp : (rtp + 1) & MAX_CHANNEL, serverRtcpPort);
    }

    private TransportHeader withPorts(String range) {
        String[] ports = range.split("-", 2);
        int rtp = number(ports[0], MAX_PORT);
        int rtcp = ports.length > 1 ? number(ports[1], MAX_PORT) : rtp + 1;
        return rtp <= 0 || rtcp <= 0 || rtcp > MAX_PORT ? this : new TransportHeader(rtpChannel, rtcpChannel, rtcp);
    }

    private static int number(String text, int max) {
        try {
            int value = Integer.parseInt(text.strip());
            return value >= 0 && value <= max ? value : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
