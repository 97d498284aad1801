package io.fengsui.fieldsim.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PayloadCutterTest {
    private static byte[] unit(int header, int header2, int length) {
        byte[] unit = new byte[length];
        new SplittableRandom(length).nextBytes(unit);
        unit[0] = (byte) header;
        unit[1] = (byte) header2;
        return unit;
    }

    @Test
    void whatFitsTravelsAsItIs() {
        byte[] small = unit(0x41, 1, PayloadCutter.MAX_PAYLOAD);
        assertThat(PayloadCutter.payloads(List.of(small), true)).containsExactly(small);
    }

    @Test
    void fragmentsOfH264CarryTheTypeAndEdgesAndAllBytes() {
        byte[] large = unit(0x65, 0x88, 3000);
        List<byte[]> fragments = PayloadCutter.payloads(List.of(large), true);
        assertThat(fragments).hasSize(3).allSatisfy(f -> {
            assertThat(f.length).isLessThanOrEqualTo(PayloadCutter.MAX_PAYLOAD);
            assertThat(f[0]).isEqualTo((byte) (0x60 | 28));
        });
        assertThat(fragments).extracting(f -> f[1] & 0xff).containsExactly(0x85, 0x05, 0x45);
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(0x65);
        fragments.forEach(f -> joined.write(f, 2, f.length - 2));
        assertThat(joined.toByteArray()).isEqualTo(large);
    }

    @Test
    void fragmentsOfH265CarryBothHeaderBytes() {
        byte[] large = unit(0x26, 0x01, 2000);
        List<byte[]> fragments = PayloadCutter.payloads(List.of(large), false);
        assertThat(fragments).hasSize(2).allSatisfy(f -> {
            assertThat(f[0] >> 1 & 0x3f).isEqualTo(49);
            assertThat(f[1]).isEqualTo((byte) 1);
        });
        assertThat(fragments).extracting(f -> f[2] & 0xff).containsExactly(0x80 | 19, 0x40 | 19);
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(new byte[] {0x26, 0x01});
        fragments.forEach(f -> joined.write(f, 3, f.length - 3));
        assertThat(joined.toByteArray()).isEqualTo(large);
    }
}
