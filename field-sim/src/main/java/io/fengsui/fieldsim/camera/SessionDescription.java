package io.fengsui.fieldsim.camera;

import io.fengsui.fieldsim.clip.AccessUnitClip;
import java.util.Base64;
import java.util.HexFormat;

/** Writes what a camera says of itself in SDP (RFC 8866), with the parameters of RFC 6184, section 8. */
final class SessionDescription {
    static final int PAYLOAD_TYPE = 96;
    static final int CLOCK_RATE = 90_000;

    private SessionDescription() {}

    static String of(AccessUnitClip clip, Quirks quirks) {
        String encoding = quirks.has(Quirk.NO_KNOWN_VIDEO) ? "MP4V-ES" : "H264";
        StringBuilder format = new StringBuilder("a=fmtp:").append(PAYLOAD_TYPE).append(" packetization-mode=1");
        if (!quirks.has(Quirk.NO_KNOWN_VIDEO) && !quirks.has(Quirk.PARAMETER_SETS_IN_BAND)) {
            Base64.Encoder base64 = Base64.getEncoder();
            format.append("; profile-level-id=")
                    .append(HexFormat.of().formatHex(clip.sps(), 1, 4))
                    .append("; sprop-parameter-sets=")
                    .append(base64.encodeToString(clip.sps()))
                    .append(',')
                    .append(base64.encodeToString(clip.pps()));
        }
        return String.join(
                "\r\n",
                "v=0",
                "o=- 1 1 IN IP4 127.0.0.1",
                "s=Fengsui simulated camera",
                "c=IN IP4 0.0.0.0",
                "t=0 0",
                "a=control:*",
                "m=video 0 RTP/AVP " + PAYLOAD_TYPE,
                "a=rtpmap:" + PAYLOAD_TYPE + ' ' + encoding + '/' + CLOCK_RATE,
                format,
                "a=framerate:" + clip.framesPerSecond(),
                "a=control:trackID=0",
                "");
    }
}
