package io.fengsui.edge.rtsp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a camera says that it will send: the interleaved channels of a Transport header (RFC 2326, 12.39). Its fields
 * come in any order, with any blanks, and with other channels than asked for; what is not said is as we asked.
 */
record TransportHeader(int rtpChannel, int rtcpChannel) {
    static final TransportHeader ASKED = new TransportHeader(0, 1);

    String request() {
        return "RTP/AVP/TCP;unicast;interleaved=" + rtpChannel + "-" + rtcpChannel;
    }

    static TransportHeader parse(@Nullable String value) {
        if (value == null) {
            return ASKED;
        }
        for (String field : value.split("[;,]")) {
            String text = field.strip().toLowerCase(Locale.ROOT);
            if (text.startsWith("interleaved=")) {
                String[] ids = text.substring("interleaved=".length()).split("-", 2);
                int rtp = channel(ids[0]);
                int rtcp = ids.length > 1 ? channel(ids[1]) : -1;
                if (rtp >= 0) {
                    return new TransportHeader(rtp, rtcp >= 0 && rtcp != rtp ? rtcp : (rtp + 1) & 0xFF);
                }
            }
        }
        return ASKED;
    }

    private static int channel(String text) {
        try {
            int value = Integer.parseInt(text.strip());
            return value >= 0 && value <= 255 ? value : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
