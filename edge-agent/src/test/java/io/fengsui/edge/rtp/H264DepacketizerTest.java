package io.fengsui.edge.rtp;

import static io.fengsui.edge.bitstream.TestingH264.idr;
import static io.fengsui.edge.bitstream.TestingH264.predicted;
import static io.fengsui.edge.bitstream.TestingH264.sei;
import static io.fengsui.edge.bitstream.TestingH264.slice;
import static io.fengsui.edge.rtp.TestingPackets.aggregate;
import static io.fengsui.edge.rtp.TestingPackets.fragments;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.NalUnit;
import io.fengsui.edge.bitstream.ParameterSets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An access unit arrives whole, in decode order, once; or it is counted and a step in the index tells of it. */
class H264DepacketizerTest extends TestingDepacketizer {
    @Test
    void putsParameterSetsBeforeAKeyframe() {
        camera.packet(false, SPS).packet(false, PPS).packet(false, sei()).packet(true, idr(0, 100));
        assertThat(camera.units).hasSize(1);
        AccessUnit unit = camera.units.getFirst();
        assertThat(unit.annexB()).isEqualTo(annexB(SPS, PPS, sei(), idr(0, 100)));
        assertThat(unit.isKeyframe()).isTrue();
        assertThat(unit.isReference()).isTrue();
        assertThat(unit.index()).isZero();
        assertThat(unit.generation()).isEqualTo(1);
        assertThat(camera.counters.problems()).isEmpty();
    }

    @Test
    void findsAnIdrInsideAnAggregate() {
        camera.packet(true, aggregate(SPS, PPS, idr(0, 100)));
        assertThat(camera.units).singleElement().matches(AccessUnit::isKeyframe);
    }

    @Test
    void takesParameterSetsFromTheSessionDescription() throws Exception {
        TestingPackets described =
                new TestingPackets(ParameterSets.NONE.with(NalUnit.of(SPS)).with(NalUnit.of(PPS)));
        described.packet(true, idr(0, 100));
        assertThat(described.units.getFirst().annexB()).isEqualTo(annexB(SPS, PPS, idr(0, 100)));
    }

    @Test
    void putsFragmentsTogether() {
        keyframe();
        byte[] nal = predicted(0, 5000);
        fragments(nal, 1000).forEach(payload -> camera.packet(false, payload));
        camera.nextPicture().packet(true, predicted(0, 50));
        assertThat(nals(1)).containsExactly(nal);
        assertThat(indexes()).containsExactly(0L, 1L, 2L);
    }

    @Test
    void aFragmentThatStartsAndEndsAtOnceIsAUnit() {
        keyframe();
        fragments(predicted(0, 60), 1000).forEach(payload -> camera.packet(true, payload));
        assertThat(nals(1)).containsExactly(predicted(0, 60));
    }

    @Test
    void laterFragmentsMayHaveAnotherTypeAndTheReservedBit() {
        keyframe();
        byte[] nal = predicted(0, 300);
        List<byte[]> payloads = fragments(nal, 100);
        payloads.get(1)[1] = (byte) (payloads.get(1)[1] & 0xC0 | 0x20 | 5);
        payloads.forEach(payload -> camera.packet(false, payload));
        camera.nextPicture().packet(true, predicted(0, 20));
        assertThat(nals(1)).containsExactly(nal);
    }

    @Test
    void emptyFragmentsAndPacketsAreNothing() {
        keyframe();
        byte[] nal = predicted(0, 300);
        List<byte[]> payloads = fragments(nal, 150);
        camera.packet(false, payloads.getFirst())
                .packet(false, new byte[] {0x5C, 0x01})
                .packet(false, new byte[0])
                .packet(true, payloads.getLast());
        assertThat(nals(1)).containsExactly(nal);
    }

    @Test
    void rejectsAFragmentWithoutStart() {
        keyframe();
        List<byte[]> payloads = fragments(predicted(0, 300), 100);
        camera.packet(false, payloads.get(1)).packet(true, payloads.get(2)).nextPicture();
        camera.packet(true, predicted(0, 30));
        assertThat(indexes()).containsExactly(0L, 2L);
        assertThat(camera.counters.of(StreamProblem.BROKEN_FRAGMENT)).isEqualTo(2);
        assertThat(camera.counters.of(StreamProblem.BROKEN_ACCESS_UNIT)).isEqualTo(1);
    }

    @Test
    void tenThousandFragmentsWithoutEndAreBounded() {
        keyframe();
        byte[] start = fragments(predicted(0, 1400), 1000).getFirst();
        for (int i = 0; i < 10_000; i++) {
            camera.packet(false, start);
        }
        byte[] middle = fragments(predicted(0, 3000), 1000).get(1);
        for (int i = 0; i < 10_000; i++) {
            camera.packet(false, middle);
        }
        assertThat(camera.units).hasSize(1);
        camera.nextPicture().packet(true, predicted(0, 30));
        assertThat(indexes()).containsExactly(0L, 2L);
        assertThat(camera.counters.of(StreamProblem.BROKEN_FRAGMENT)).isGreaterThanOrEqualTo(9_999);
    }

    @Test
    void anAccessUnitOverTheCapIsCountedAndTheNextComesWhole() {
        keyframe();
        byte[] slice = predicted(0, 1000);
        camera.packet(false, slice);
        for (int i = 1; i <= 5000; i++) {
            camera.packet(false, predicted(i, 1000));
        }
        camera.nextPicture().packet(true, predicted(0, 30));
        assertThat(indexes()).containsExactly(0L, 2L);
        assertThat(camera.counters.of(StreamProblem.OVERSIZED_ACCESS_UNIT)).isEqualTo(1);
    }

    @Test
    void startCodesInsideAUnitSplitIt() {
        byte[] stream = annexB(SPS, PPS, idr(0, 100));
        camera.packet(true, stream);
        assertThat(nals(0)).containsExactly(SPS, PPS, idr(0, 100));
        byte[] joined = java.util.Arrays.copyOfRange(annexB(sei(), predicted(0, 50)), 4, 64);
        camera.nextPicture().packet(true, joined);
        assertThat(nals(1)).containsExactly(sei(), predicted(0, 50));
    }

    @Test
    void brokenAggregatesCostTheirPictureOnly() {
        keyframe();
        byte[] pastTheEnd = aggregate(predicted(0, 50));
        pastTheEnd[1] = 0x7F;
        camera.packet(true, pastTheEnd).nextPicture();
        camera.packet(false, new byte[] {0x78, 0, 0})
                .packet(true, predicted(0, 20))
                .nextPicture();
        byte[] nested = aggregate(aggregate(predicted(0, 9)), predicted(0, 30));
        camera.packet(true, nested);
        assertThat(indexes()).containsExactly(0L, 2L, 3L);
        assertThat(camera.counters.of(StreamProblem.MALFORMED_AGGREGATE)).isEqualTo(3);
    }

    @Test
    void interleavedModeIsCountedAsUnsupported() {
        keyframe();
        for (int type = 25; type <= 29; type++) {
            if (type != 28) {
                camera.packet(true, new byte[] {(byte) (0x60 | type), 1, 2, 3, 4, 5})
                        .nextPicture();
            }
        }
        assertThat(camera.counters.of(StreamProblem.UNSUPPORTED_PACKETIZATION)).isEqualTo(4);
        assertThat(camera.units).hasSize(1);
    }

    @Test
    void unknownTypesAreCountedAndPassedOver() {
        keyframe();
        for (int type : new int[] {0, 30, 31}) {
            camera.packet(false, new byte[] {(byte) (0x60 | type), 1, 2, 3});
        }
        camera.packet(true, predicted(0, 30));
        assertThat(nals(1)).containsExactly(predicted(0, 30));
        assertThat(camera.counters.of(StreamProblem.UNKNOWN_NAL_UNIT)).isEqualTo(3);
    }
}
