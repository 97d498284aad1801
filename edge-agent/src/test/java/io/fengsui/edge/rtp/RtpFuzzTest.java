package io.fengsui.edge.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fengsui.edge.bitstream.AccessUnit;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Any packets give whole access units in order, or counts. */
class RtpFuzzTest {
    /** Two bytes of length before each packet; every packet but those with an odd first byte gets a sane header. */
    @FuzzTest
    void packets(byte[] bytes) {
        TestingPackets camera = new TestingPackets();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.remaining() > 2) {
            int flags = in.get();
            byte[] payload = new byte[Math.min(in.get() & 0xFF, in.remaining())];
            in.get(payload);
            camera.timestamp += (flags & 2) * 1800L;
            camera.sequence += (flags >> 4) & 3;
            if ((flags & 1) == 0) {
                camera.packet((flags & 4) != 0, payload);
            } else {
                camera.receiver.onRtp(payload, 0, payload.length, camera.nowNanos);
                camera.receiver.onRtcp(payload, 0, payload.length, camera.nowNanos);
            }
        }
        long last = -1;
        long generation = 0;
        for (AccessUnit unit : camera.units) {
            assertThat(unit.index() > last || unit.generation() > generation).isTrue();
            assertThat(unit.isKeyframe() || unit.generation() == generation).isTrue();
            assertThat(Arrays.copyOf(unit.annexB(), 4)).containsExactly(0, 0, 0, 1);
            last = unit.index();
            generation = unit.generation();
        }
    }
}
