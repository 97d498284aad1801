package io.fengsui.edge.bitstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.edge.bitstream.TestingH264.Bits;
import org.junit.jupiter.api.Test;

class SpsTest {
    private static Sps parse(byte[] nal) throws MalformedBitstreamException {
        return Sps.parse(NalUnit.of(nal));
    }

    @Test
    void readsSizeProfileAndLevel() throws Exception {
        Sps sps = parse(TestingH264.sps(120, 68));
        assertThat(sps).isEqualTo(new Sps(0, 66, 0xC0, 30, 1920, 1088, -1, null, sps.pictures()));
    }

    @Test
    void cropsToTheTrueHeight() throws Exception {
        byte[] nal = TestingH264.spsStart(120, 68)
                .put(1, 1)
                .ue(0)
                .ue(0)
                .ue(0)
                .ue(4)
                .put(1, 0)
                .toNal(0x67);
        assertThat(parse(nal)).extracting(Sps::width, Sps::height).containsExactly(1920, 1080);
    }

    @Test
    void fieldsDoubleTheHeight() throws Exception {
        byte[] nal = new Bits()
                .put(8, 77)
                .put(8, 0)
                .put(8, 40)
                .ue(0)
                .ue(0)
                .ue(0)
                .ue(2)
                .ue(4)
                .put(1, 0)
                .ue(119)
                .ue(33)
                .put(1, 0)
                .put(1, 1)
                .put(1, 1)
                .put(1, 1)
                .ue(0)
                .ue(0)
                .ue(0)
                .ue(2)
                .put(1, 0)
                .toNal(0x67);
        assertThat(parse(nal)).extracting(Sps::width, Sps::height).containsExactly(1920, 1080);
    }

    @Test
    void onePixelIsAPicture() throws Exception {
        byte[] nal = new Bits()
                .put(8, 100)
                .put(8, 0)
                .put(8, 10)
                .ue(0)
                .ue(0)
                .ue(0)
                .ue(0)
                .put(1, 0)
                .put(1, 0) // monochrome: cropping in single pixels
                .ue(0)
                .ue(2)
                .ue(1)
                .put(1, 0)
                .ue(0)
                .ue(0)
                .put(1, 1)
                .put(1, 1)
                .put(1, 1)
                .ue(0)
                .ue(15)
                .ue(0)
                .ue(15)
                .put(1, 0)
                .toNal(0x67);
        assertThat(parse(nal)).extracting(Sps::width, Sps::height).containsExactly(1, 1);
    }

    @Test
    void readsTimingAndReorderingPastEmulationPrevention() throws Exception {
        byte[] nal = TestingH264.spsStart(48, 27)
                .put(1, 0)
                .put(1, 1) // VUI
                .put(1, 0)
                .put(1, 0)
                .put(1, 0)
                .put(1, 0)
                .put(1, 1)
                .put(32, 1)
                .put(32, 50)
                .put(1, 1) // timing: holds 00 00 00, so bytes 03 are inserted
                .put(1, 0)
                .put(1, 0)
                .put(1, 0)
                .put(1, 1)
                .put(1, 1)
                .ue(0)
                .ue(0)
                .ue(10)
                .ue(10)
                .ue(2)
                .ue(4)
                .toNal(0x67);
        Sps sps = parse(nal);
        assertThat(nal).containsSequence((byte) 0, (byte) 0, (byte) 3);
        assertThat(sps.maxNumReorderFrames()).isEqualTo(2);
        assertThat(sps.timing()).isEqualTo(new Sps.Timing(1, 50));
        assertThat(new Sps.Timing(1, 50).framesPerSecond()).isEqualTo(25.0);
    }

    @Test
    void aVuiCutShortCostsOnlyWhatItDidNotSay() throws Exception {
        byte[] nal = TestingH264.spsStart(48, 27).put(1, 0).put(1, 1).put(1, 0).toNal(0x67);
        Sps sps = parse(nal);
        assertThat(sps).isEqualTo(new Sps(0, 66, 0xC0, 30, 768, 432, -1, null, sps.pictures()));
    }

    @Test
    void refusesSizesOverTheCap() {
        assertThatThrownBy(
                        () -> parse(TestingH264.spsStart(4096, 4096).put(2, 0).toNal(0x67)))
                .isInstanceOf(MalformedBitstreamException.class)
                .hasMessageContaining("pic_width_in_mbs_minus1 is 4095");
        assertThatThrownBy(
                        () -> parse(TestingH264.spsStart(1024, 1024).put(2, 0).toNal(0x67)))
                .hasMessageContaining("16384x16384");
    }

    @Test
    void refusesCroppingThatLeavesNothing() {
        byte[] nal = TestingH264.spsStart(2, 2)
                .put(1, 1)
                .ue(8)
                .ue(8)
                .ue(0)
                .ue(0)
                .put(1, 0)
                .toNal(0x67);
        assertThatThrownBy(() -> parse(nal)).hasMessageContaining("leaves nothing");
    }

    @Test
    void refusesHugeCounts() {
        byte[] references = new Bits()
                .put(8, 66)
                .put(16, 30)
                .ue(0)
                .ue(0)
                .ue(2)
                .ue(4_000_000_000L)
                .toNal(0x67);
        assertThatThrownBy(() -> parse(references)).hasMessageContaining("max_num_ref_frames is 4000000000");
        byte[] cycle = new Bits()
                .put(8, 66)
                .put(16, 30)
                .ue(0)
                .ue(0)
                .ue(1)
                .put(1, 0)
                .ue(0)
                .ue(0)
                .ue(256)
                .toNal(0x67);
        assertThatThrownBy(() -> parse(cycle)).hasMessageContaining("cycle is 256");
    }

    @Test
    void refusesWhatEndsTooEarlyOrIsNoSps() {
        for (int length = 1; length < 6; length++) {
            byte[] cut = java.util.Arrays.copyOf(TestingH264.sps(48, 27), length);
            assertThatThrownBy(() -> parse(cut)).isInstanceOf(MalformedBitstreamException.class);
        }
        assertThatThrownBy(() -> parse(TestingH264.pps(0))).hasMessageContaining("no SPS");
        assertThatThrownBy(() -> parse(new byte[] {0x67, 66, 0, 30, 0, 0, 0, 0, 0, 0, 0}))
                .isInstanceOf(MalformedBitstreamException.class);
    }
}
