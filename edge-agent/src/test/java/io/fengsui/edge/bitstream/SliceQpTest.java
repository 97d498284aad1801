package io.fengsui.edge.bitstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SliceQpTest {
    private static List<NalUnit> stream(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(SliceQpTest.class.getResourceAsStream("/h264/" + name + ".h264"))) {
            return AnnexB.split(in.readAllBytes());
        }
    }

    private static NalUnit first(List<NalUnit> units, int type) {
        return units.stream().filter(unit -> unit.type() == type).findFirst().orElseThrow();
    }

    /** Streams that x264 made with one quantizer for everything: B-pictures, weights and several references among them. */
    @ParameterizedTest
    @ValueSource(ints = {18, 26, 33, 41})
    void readsWhatX264Wrote(int qp) throws Exception {
        List<NalUnit> units = stream("qp-" + qp);
        SliceQp reader = SliceQp.of(first(units, NalUnit.SPS), first(units, NalUnit.PPS));
        List<Integer> read = new ArrayList<>();
        for (NalUnit unit : units) {
            if (unit.isSlice()) {
                read.add(reader.read(unit).orElse(-1));
            }
        }
        assertThat(read).hasSizeGreaterThan(8).containsOnly(qp);
    }

    @Test
    void givesNothingWhereThereIsNothing() throws Exception {
        List<NalUnit> units = stream("qp-26");
        SliceQp reader = SliceQp.of(first(units, NalUnit.SPS), first(units, NalUnit.PPS));
        assertThat(reader.read(NalUnit.of(new byte[] {0x41}))).isEmpty();
        assertThat(reader.read(NalUnit.of(new byte[] {0x41, 0, 0, 0, 0, 0, 0}))).isEmpty();
    }

    @FuzzTest
    void slices(byte[] bytes) {
        List<NalUnit> units = AnnexB.split(bytes);
        if (units.size() < 3) {
            return;
        }
        try {
            SliceQp reader = SliceQp.of(units.get(0), units.get(1));
            reader.read(units.get(2)).ifPresent(qp -> assertThat(qp).isBetween(0, 51));
        } catch (MalformedBitstreamException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }
}
