package io.fengsui.edge.rtp;

import static io.fengsui.edge.bitstream.TestingH264.idr;
import static io.fengsui.edge.bitstream.TestingH264.pps;
import static io.fengsui.edge.bitstream.TestingH264.sps;
import static io.fengsui.edge.rtp.TestingPackets.aggregate;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.AnnexB;
import io.fengsui.edge.bitstream.NalUnit;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** A camera whose packets are put together, and the units that come of them. */
class TestingDepacketizer {
    static final byte[] SPS = sps(48, 27);
    static final byte[] PPS = pps(0);

    final TestingPackets camera = new TestingPackets();

    static byte[] annexB(byte[]... nals) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (byte[] nal : nals) {
            stream.writeBytes(new byte[] {0, 0, 0, 1});
            stream.writeBytes(nal);
        }
        return stream.toByteArray();
    }

    List<byte[]> nals(int unit) {
        return AnnexB.split(camera.units.get(unit).annexB()).stream()
                .map(NalUnit::copy)
                .toList();
    }

    List<Long> indexes() {
        return camera.units.stream().map(AccessUnit::index).toList();
    }

    /** A whole keyframe, parameter sets with it. */
    void keyframe() {
        camera.packet(false, aggregate(SPS, PPS)).packet(true, idr(0, 300)).nextPicture();
    }
}
