package io.fengsui.fieldsim.load;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** What a camera says of its stream in SDP (RFC 8866; RFC 6184, 8; RFC 7798, 7). Pure. */
final class LoadDescription {
    private LoadDescription() {}

    static String of(PacketStore stream) {
        boolean isH264 = stream.truth().codec().equals("h264");
        return String.join(
                "\r\n",
                "v=0",
                "o=- 1 1 IN IP4 127.0.0.1",
                "s=Fengsui load camera",
                "c=IN IP4 0.0.0.0",
                "t=0 0",
                "a=control:*",
                "m=video 0 RTP/AVP 96",
                "a=rtpmap:96 " + (isH264 ? "H264" : "H265") + "/90000",
                "a=fmtp:96 " + (isH264 ? h264(stream.parameterSets()) : h265(stream.parameterSets())),
                "a=framerate:" + stream.truth().framesPerSecond(),
                "a=control:trackID=0",
                "");
    }

    private static String h264(List<byte[]> sets) {
        return "packetization-mode=1; profile-level-id="
                + HexFormat.of().formatHex(sets.getFirst(), 1, 4)
                + "; sprop-parameter-sets=" + base64(sets.getFirst()) + ',' + base64(sets.get(1));
    }

    private static String h265(List<byte[]> sets) {
        return "sprop-vps=" + base64(sets.getFirst()) + "; sprop-sps=" + base64(sets.get(1)) + "; sprop-pps="
                + base64(sets.get(2));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
