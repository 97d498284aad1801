package io.fengsui.edge.bitstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class H265Test {
    @Test
    void readsTheSizeThatX265Wrote() throws MalformedBitstreamException {
        ParameterSets sets = TestingH265.sets();
        assertThat(sets.isComplete()).isTrue();
        assertThat(sets.size()).isEqualTo(new PictureSize(320, 180));
        assertThat(sets.codec()).isEqualTo(Codec.H265);
        assertThat(sets.with(NalUnit.of(TestingH265.first(H265Unit.SPS)))).isSameAs(sets);
    }

    @Test
    void writesVideoThenSequenceThenPictureSets() throws MalformedBitstreamException {
        ParameterSets sets = TestingH265.sets();
        byte[] bytes = new byte[sets.annexBLength()];
        assertThat(sets.putAnnexB(bytes, 0)).isEqualTo(bytes.length);
        assertThat(AnnexB.split(bytes).stream().map(H265Unit::type))
                .containsExactly(H265Unit.VPS, H265Unit.SPS, H265Unit.PPS);
    }

    @Test
    void isIncompleteWithoutAnyOfTheThree() throws MalformedBitstreamException {
        ParameterSets none = ParameterSets.none(Codec.H265);
        assertThat(none.with(NalUnit.of(TestingH265.first(H265Unit.SPS)))
                        .with(NalUnit.of(TestingH265.first(H265Unit.PPS)))
                        .isComplete())
                .isFalse();
    }

    @Test
    void readsTheFrameRateOfAVideoParameterSet() throws MalformedBitstreamException {
        Bits vps = new Bits()
                .put(0x4001, 16)
                .put(0, 4)
                .put(3, 2)
                .put(0, 6)
                .put(0, 3)
                .put(1, 1)
                .put(0xFFFF, 16);
        vps.put(0, 88)
                .put(93, 8)
                .put(0, 1)
                .golomb(4)
                .golomb(0)
                .golomb(0)
                .put(0, 6)
                .golomb(0);
        vps.put(1, 1).put(1, 32).put(15, 32);
        assertThat(H265Vps.parse(NalUnit.of(vps.bytes())).framesPerSecond()).isEqualTo(15.0);
        byte[] cut = Arrays.copyOf(vps.bytes(), 12);
        assertThat(H265Vps.parse(NalUnit.of(cut)).framesPerSecond()).isNull();
    }

    /** Sizes of SPS with temporal layers, and what a conformance window leaves of them. */
    @ParameterizedTest
    @CsvSource({
        "0, 1920, 1088, 0, 4, 1920, 1080",
        "2, 1920, 1088, 0, 4, 1920, 1080",
        "6, 640,  368,  0, 4, 640,  360",
        "0, 2560, 1440, 8, 0, 2544, 1440",
    })
    void cropsTheWindow(int subLayers, int width, int height, int right, int bottom, int outWidth, int outHeight)
            throws MalformedBitstreamException {
        H265Sps sps = H265Sps.parse(NalUnit.of(sps(subLayers, width, height, right, bottom)));
        assertThat(sps.size()).isEqualTo(new PictureSize(outWidth, outHeight));
    }

    private static byte[] sps(int subLayers, int width, int height, int right, int bottom) {
        Bits bits = new Bits()
                .put(0x4201, 16)
                .put(0, 4)
                .put(subLayers, 3)
                .put(1, 1)
                .put(0x55, 88)
                .put(93, 8);
        for (int i = 0; i < subLayers; i++) {
            bits.put(i == 0 ? 3 : 1, 2);
        }
        if (subLayers > 0) {
            bits.put(0, 2 * (8 - subLayers));
        }
        for (int i = 0; i < subLayers; i++) {
            bits.put(0x33, i == 0 ? 96 : 8);
        }
        bits.golomb(0).golomb(1).golomb(width).golomb(height);
        bits.put(1, 1).golomb(0).golomb(right).golomb(0).golomb(bottom);
        return bits.bytes();
    }

    @Test
    void refusesWhatIsOverTheCaps() {
        assertThatThrownBy(() -> H265Sps.parse(NalUnit.of(sps(0, 16_384, 16_384, 0, 0))))
                .hasMessageContaining("over the cap");
        assertThatThrownBy(() -> H265Sps.parse(NalUnit.of(sps(0, 64, 64, 40, 0))))
                .hasMessageContaining("leaves nothing");
        assertThatThrownBy(() -> H265Sps.parse(NalUnit.of(sps(7, 64, 64, 0, 0))))
                .hasMessageContaining("sub-layers");
        assertThatThrownBy(() -> H265Sps.parse(NalUnit.of(TestingH265.first(H265Unit.VPS))))
                .hasMessageContaining("is no SPS");
    }

    @Test
    void knowsWhereAPictureBegins() throws MalformedBitstreamException {
        for (byte[] unit : TestingH265.units()) {
            int type = H265Unit.type(unit[0]);
            if (H265Unit.isSlice(type)) {
                assertThat(H265Unit.startsPicture(NalUnit.of(unit))).isTrue();
                assertThat(H265Unit.layer(NalUnit.of(unit))).isZero();
            }
        }
    }

    @FuzzTest
    void parameterSets(byte[] bytes) {
        ParameterSets sets = ParameterSets.none(Codec.H265);
        for (NalUnit unit : AnnexB.split(bytes)) {
            try {
                sets = sets.with(unit);
                H265Unit.startsPicture(unit);
            } catch (MalformedBitstreamException e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
        PictureSize size = sets.size();
        assertThat(size == null || size.width() > 0 && size.height() > 0).isTrue();
    }

    /** Writes bits, without emulation prevention: the values here need none. */
    private static final class Bits {
        private final StringBuilder bits = new StringBuilder();

        Bits put(long value, int count) {
            for (int i = count - 1; i >= 0; i--) {
                bits.append(i < 64 ? (value >> i) & 1 : 0);
            }
            return this;
        }

        Bits golomb(int value) {
            int length = 32 - Integer.numberOfLeadingZeros(value + 1);
            return put(0, length - 1).put(value + 1, length);
        }

        byte[] bytes() {
            StringBuilder padded = new StringBuilder(bits).append('1');
            while (padded.length() % 8 != 0) {
                padded.append('0');
            }
            byte[] bytes = new byte[padded.length() / 8];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) Integer.parseInt(padded.substring(8 * i, 8 * i + 8), 2);
            }
            return bytes;
        }
    }
}
