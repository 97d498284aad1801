package io.fengsui.fieldsim.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class AnnexBTest {
    private static final String SETS = "000000016742c01e01" + "0000000168ce38";

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    @Test
    void gathersTheSlicesOfOnePicture() {
        AccessUnitClip clip = AccessUnitClip.of(
                hex(SETS + "000001658811" + "000001654022" + "0000000106aabb" + "00000141881100" + "00000001419922"),
                15);
        assertThat(clip.frames()).isEqualTo(3);
        assertThat(clip.units().get(0).nalUnits()).hasSize(2);
        assertThat(clip.units().get(0).isKeyframe()).isTrue();
        assertThat(clip.units().get(1).nalUnits()).containsExactly(hex("06aabb"), hex("418811"));
        assertThat(clip.units().get(2).isKeyframe()).isFalse();
    }

    @Test
    void writesWhatItReads() {
        byte[] stream = hex(SETS + "00000001658811" + "00000001418811");
        assertThat(AccessUnitClip.of(stream, 15).toAnnexB()).isEqualTo(stream);
    }

    @Test
    void refusesAStreamWithoutParameterSets() {
        assertThatThrownBy(() -> AccessUnitClip.of(hex("00000001658811"), 15))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("parameter sets");
    }

    @Test
    void refusesAStreamThatBeginsWithoutAKeyframe() {
        assertThatThrownBy(() -> AccessUnitClip.of(hex(SETS + "00000001418811"), 15))
                .hasMessageContaining("begins with a keyframe");
    }

    @Test
    void refusesASecondSequenceParameterSet() {
        assertThatThrownBy(() -> AccessUnitClip.of(hex(SETS + "000000016742c01f01"), 15))
                .hasMessageContaining("more than one sequence parameter set");
    }
}
