package io.fengsui.edge.rtp;

import static io.fengsui.edge.bitstream.TestingH264.idr;
import static io.fengsui.edge.bitstream.TestingH264.predicted;
import static io.fengsui.edge.bitstream.TestingH264.sei;
import static io.fengsui.edge.rtp.TestingPackets.aggregate;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.bitstream.AccessUnit;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a picture ends, by markers and timestamps that may both be wrong. */
class H264PictureEndTest extends TestingDepacketizer {
    @Test
    void withoutMarkersAPictureEndsWithItsTimestamp() {
        camera.packet(false, aggregate(SPS, PPS)).packet(false, idr(0, 90)).nextPicture();
        camera.packet(false, predicted(0, 50)).packet(false, predicted(20, 50)).nextPicture();
        camera.packet(false, predicted(0, 40)).nextPicture();
        assertThat(camera.units).hasSize(2);
        assertThat(nals(1)).containsExactly(predicted(0, 50), predicted(20, 50));
    }

    @Test
    void withoutMarkersAndTimesAPictureEndsWithTheNextOnesStart() {
        camera.packet(false, SPS).packet(false, PPS).packet(false, idr(0, 90));
        camera.packet(false, predicted(0, 50))
                .packet(false, new byte[] {9, 0x10})
                .packet(false, predicted(0, 40));
        camera.packet(false, sei()).packet(false, predicted(0, 30));
        assertThat(camera.units).hasSize(3);
        assertThat(nals(2)).containsExactly(predicted(0, 40));
    }

    @Test
    void aMarkerOnSeiEndsNothing() {
        camera.packet(false, SPS).packet(false, PPS).packet(true, sei()).packet(true, idr(0, 80));
        assertThat(nals(0)).containsExactly(SPS, PPS, sei(), idr(0, 80));
    }

    @Test
    void markersOnEverySliceAreNotBelievedForLong() {
        keyframe();
        for (int picture = 0; picture < 3; picture++) {
            camera.packet(true, predicted(0, 50))
                    .packet(true, predicted(20, 50))
                    .nextPicture();
        }
        camera.packet(true, predicted(0, 50));
        assertThat(camera.counters.of(StreamProblem.FALSE_MARKER)).isEqualTo(1);
        assertThat(nals(camera.units.size() - 1)).containsExactly(predicted(0, 50), predicted(20, 50));
    }

    @Test
    void aTimestampThatChangesInsideAPictureDoesNotCutIt() {
        keyframe();
        camera.packet(false, predicted(0, 50));
        camera.timestamp += 7;
        camera.packet(true, predicted(20, 50));
        assertThat(nals(1)).containsExactly(predicted(0, 50), predicted(20, 50));
        assertThat(camera.counters.of(StreamProblem.TIMESTAMP_GLITCH)).isEqualTo(1);
    }

    @Test
    void oneTimestampHoursOffIsCountedAndOrderedByArrival() {
        keyframe();
        long right = camera.timestamp;
        camera.timestamp = (right + 36_000L * 90_000) & 0xFFFF_FFFFL;
        camera.packet(true, predicted(0, 30));
        camera.timestamp = right + 3600;
        camera.packet(true, predicted(0, 31));
        assertThat(indexes()).containsExactly(0L, 1L, 2L);
        assertThat(camera.units.get(2).rtpTimestamp() - camera.units.get(0).rtpTimestamp())
                .isEqualTo(7200);
        assertThat(camera.counters.of(StreamProblem.TIMESTAMP_JUMP)).isEqualTo(2);
    }

    @Test
    void timestampsGoOnPastTheirWrap() {
        camera.timestamp = 0xFFFF_FFFFL - 1000;
        keyframe();
        camera.packet(true, predicted(0, 30));
        assertThat(camera.units.get(1).rtpTimestamp()).isEqualTo(0xFFFF_FFFFL - 1000 + 3600);
    }

    @Test
    void arrivalIsThatOfTheFirstPacket() {
        camera.nowNanos = 50;
        camera.packet(false, aggregate(SPS, PPS, sei()));
        camera.nowNanos = 90;
        camera.packet(true, idr(0, 30));
        assertThat(camera.units.getFirst().arrivalNanos()).isEqualTo(50);
    }

    /** Start codes of three bytes that become four: what filled the largest picture to its last byte no longer fits. */
    @ParameterizedTest
    @ValueSource(ints = {1, 40})
    void aByteStreamThatGrowsOverTheLargestPictureIsCountedAndTheNextIsWhole(int last) {
        keyframe();
        byte[] startCode = {0, 0, 1};
        byte[] second = idr(20, 100);
        byte[] third = Arrays.copyOf(idr(40, 40), last);
        byte[] first = idr(0, AccessUnit.MAX_BYTES - 4 - 2 * startCode.length - second.length - third.length);
        ByteBuffer stream = ByteBuffer.allocate(AccessUnit.MAX_BYTES - 4);
        stream.put(first).put(startCode).put(second).put(startCode).put(third);
        List<byte[]> packets = TestingPackets.fragments(stream.array(), 1_400);
        camera.nextPicture();
        for (int at = 0; at < packets.size(); at++) {
            camera.packet(at == packets.size() - 1, packets.get(at));
        }
        assertThat(camera.units).hasSize(1);
        assertThat(camera.counters.of(StreamProblem.OVERSIZED_ACCESS_UNIT)).isEqualTo(1);

        camera.nextPicture().packet(true, idr(0, 90));
        assertThat(nals(1)).endsWith(idr(0, 90));
    }
}
