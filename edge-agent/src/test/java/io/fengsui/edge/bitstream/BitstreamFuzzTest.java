package io.fengsui.edge.bitstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes are a value within the caps or a named refusal. */
class BitstreamFuzzTest {
    @FuzzTest
    void sps(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        try {
            Sps sps = Sps.parse(NalUnit.of(bytes));
            assertThat(sps.width()).isBetween(1, Sps.MAX_SIDE);
            assertThat(sps.height()).isBetween(1, Sps.MAX_SIDE);
            assertThat((long) sps.width() * sps.height()).isLessThanOrEqualTo(Sps.MAX_PIXELS);
        } catch (MalformedBitstreamException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    @FuzzTest
    void byteStream(byte[] bytes) {
        int length = 0;
        for (NalUnit unit : AnnexB.split(bytes)) {
            length += unit.length();
            assertThat(AnnexB.startCode(unit.bytes(), unit.offset(), unit.offset() + unit.length()))
                    .isNegative();
        }
        assertThat(length).isLessThanOrEqualTo(bytes.length);
    }
}
