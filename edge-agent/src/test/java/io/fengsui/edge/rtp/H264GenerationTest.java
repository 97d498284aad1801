package io.fengsui.edge.rtp;

import static io.fengsui.edge.bitstream.TestingH264.idr;
import static io.fengsui.edge.bitstream.TestingH264.predicted;
import static io.fengsui.edge.bitstream.TestingH264.recoveryPoint;
import static io.fengsui.edge.bitstream.TestingH264.slice;
import static io.fengsui.edge.bitstream.TestingH264.sps;
import static io.fengsui.edge.rtp.TestingPackets.aggregate;
import static io.fengsui.edge.rtp.TestingPackets.fragments;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.bitstream.AccessUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keyframes, what follows a loss, and changes of the parameter sets. */
class H264GenerationTest extends TestingDepacketizer {
    @Test
    void aLossBreaksThePictureAndLeavesAStep() {
        keyframe();
        List<byte[]> payloads = fragments(predicted(0, 500), 100);
        camera.packet(false, payloads.get(0)).packet(false, payloads.get(1)).lose(1);
        camera.packet(false, payloads.get(3)).packet(true, payloads.get(4)).nextPicture();
        for (int i = 0; i < 80; i++) {
            camera.packet(true, predicted(0, 30)).nextPicture();
        }
        assertThat(camera.counters.of(StreamProblem.LOST_PACKET)).isEqualTo(1);
        assertThat(camera.units.get(1).index()).isGreaterThanOrEqualTo(2);
        assertThat(camera.units).hasSize(81);
    }

    @Test
    void aLostWholePictureLeavesAStep() {
        keyframe();
        camera.packet(true, predicted(0, 30)).nextPicture().lose(1).nextPicture();
        for (int i = 0; i < 70; i++) {
            camera.packet(true, predicted(0, 30)).nextPicture();
        }
        assertThat(indexes().subList(0, 3)).containsExactly(0L, 1L, 3L);
    }

    @Test
    void nothingComesBeforeTheFirstKeyframe() {
        camera.packet(true, predicted(0, 30)).nextPicture();
        camera.packet(true, idr(0, 30)).nextPicture();
        assertThat(camera.units).isEmpty();
        assertThat(camera.counters.of(StreamProblem.UNDECODABLE_ACCESS_UNIT)).isEqualTo(2);
        keyframe();
        assertThat(indexes()).containsExactly(0L);
    }

    @Test
    void changedParameterSetsStartAGeneration() {
        keyframe();
        camera.packet(true, predicted(0, 30)).nextPicture();
        keyframe();
        camera.packet(false, aggregate(sps(80, 45), PPS))
                .packet(true, idr(0, 40))
                .nextPicture();
        camera.packet(true, predicted(0, 30));
        assertThat(camera.units.stream().map(AccessUnit::generation)).containsExactly(1L, 1L, 1L, 2L, 2L);
        assertThat(indexes()).containsExactly(0L, 1L, 2L, 0L, 1L);
        assertThat(nals(3)).startsWith(sps(80, 45), PPS);
    }

    @Test
    void parameterSetsThatCannotBeReadAreCountedAndIgnored() {
        keyframe();
        camera.packet(false, new byte[] {0x67, 66, 0}).packet(true, idr(0, 30));
        assertThat(camera.counters.of(StreamProblem.BAD_PARAMETER_SET)).isEqualTo(1);
        assertThat(nals(1)).startsWith(SPS, PPS);
    }

    @Test
    void aRecoveryPointOfIntraSlicesIsAKeyframe() {
        camera.packet(false, aggregate(SPS, PPS, recoveryPoint()));
        camera.packet(true, slice(0x41, 0, 7, 50)).nextPicture();
        camera.packet(false, recoveryPoint()).packet(true, predicted(0, 50));
        assertThat(camera.units.stream().map(AccessUnit::isKeyframe)).containsExactly(true, false);
    }

    @Test
    void picturesNobodyRefersToAreMarkedSo() {
        keyframe();
        camera.packet(true, slice(0x01, 0, 6, 30));
        assertThat(camera.units.getLast().isReference()).isFalse();
    }
}
