package io.fengsui.edge.bitstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnexBTest {
    private static List<byte[]> split(int... bytes) {
        byte[] stream = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            stream[i] = (byte) bytes[i];
        }
        return AnnexB.split(stream).stream().map(NalUnit::copy).toList();
    }

    @Test
    void splitsAtShortAndLongStartCodes() {
        assertThat(split(0, 0, 0, 1, 0x67, 1, 0, 0, 1, 0x68, 2, 0, 0, 0, 1, 0x65))
                .containsExactly(new byte[] {0x67, 1}, new byte[] {0x68, 2}, new byte[] {0x65});
    }

    @Test
    void whatComesBeforeTheFirstStartCodeIsAUnit() {
        assertThat(split(0x67, 9, 0, 0, 1, 0x68)).containsExactly(new byte[] {0x67, 9}, new byte[] {0x68});
    }

    @Test
    void emptyUnitsAreLeftOut() {
        assertThat(split(0, 0, 1, 0, 0, 1, 0, 0, 1)).isEmpty();
        assertThat(split()).isEmpty();
    }

    private static long sum(byte[]... units) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] unit : units) {
            bytes.writeBytes(new byte[] {0, 0, 0, 1});
            bytes.writeBytes(unit);
        }
        return ParameterSets.sum(Codec.H264, bytes.toByteArray());
    }

    @Test
    void theSumOfSetsIsTheSameForAnyPictureAndAnotherForAnotherSize() {
        byte[] sps = TestingH264.sps(48, 27);
        byte[] pps = TestingH264.pps(0);
        long sum = sum(sps, pps, TestingH264.idr(0, 900));
        assertThat(sum(sps, pps, TestingH264.sei(), TestingH264.idr(0, 500))).isEqualTo(sum);
        assertThat(sum(TestingH264.sps(80, 45), pps, TestingH264.idr(0, 900))).isNotEqualTo(sum);
        assertThat(ParameterSets.sum(Codec.H265, new byte[0])).isNotEqualTo(ParameterSets.sum(Codec.H264, new byte[0]));
    }

    @Test
    void aChangedSetOfTheSameIdReplacesTheFormer() throws Exception {
        ParameterSets first =
                ParameterSets.NONE.with(NalUnit.of(TestingH264.sps(48, 27))).with(NalUnit.of(TestingH264.pps(0)));
        assertThat(first.isComplete()).isTrue();
        assertThat(first.with(NalUnit.of(TestingH264.sps(48, 27)))).isSameAs(first);
        ParameterSets second = first.with(NalUnit.of(TestingH264.sps(80, 45)));
        assertThat(second).isNotSameAs(first);
        assertThat(second.size()).extracting(PictureSize::width).isEqualTo(1280);
        byte[] written = new byte[second.annexBLength()];
        second.putAnnexB(written, 0);
        assertThat(AnnexB.split(written).stream().map(NalUnit::copy))
                .containsExactly(TestingH264.sps(80, 45), TestingH264.pps(0));
    }

    @Test
    void parameterSetsAreBounded() throws Exception {
        assertThatThrownBy(() -> ParameterSets.NONE.with(NalUnit.of(new byte[5000])))
                .hasMessageContaining("5000 bytes");
        ParameterSets sets = ParameterSets.NONE;
        for (int id = 0; id < 32; id++) {
            sets = sets.with(NalUnit.of(TestingH264.pps(id)));
        }
        ParameterSets full = sets;
        assertThatThrownBy(() -> full.with(NalUnit.of(TestingH264.pps(32)))).hasMessageContaining("more than 32");
    }

    @Test
    void sliceHeadersSayWhereTheyBeginAndHowTheyArePredicted() throws Exception {
        assertThat(SliceHeader.parse(NalUnit.of(TestingH264.idr(0, 40))))
                .isEqualTo(new SliceHeader(0, SliceHeader.SliceType.I, 0));
        assertThat(SliceHeader.parse(NalUnit.of(TestingH264.slice(0x01, 99, 1, 40))))
                .isEqualTo(new SliceHeader(99, SliceHeader.SliceType.B, 0));
        assertThatThrownBy(() -> SliceHeader.parse(NalUnit.of(new byte[] {0x65})))
                .isInstanceOf(MalformedBitstreamException.class);
    }
}
