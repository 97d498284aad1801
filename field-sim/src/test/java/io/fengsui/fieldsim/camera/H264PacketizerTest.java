package io.fengsui.fieldsim.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.fieldsim.clip.AccessUnit;
import io.fengsui.fieldsim.clip.AccessUnitClip;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

final class H264PacketizerTest {
    private static final byte[] SPS = {0x67, 0x42, (byte) 0xc0, 0x1e, 1, 2};
    private static final byte[] PPS = {0x68, (byte) 0xce, 0x38};

    private final H264Packetizer packetizer = new H264Packetizer(100);

    private static byte[] nal(int header, int length) {
        byte[] nal = new byte[length];
        for (int i = 1; i < length; i++) {
            nal[i] = (byte) i;
        }
        nal[0] = (byte) header;
        return nal;
    }

    private static AccessUnitClip clip(AccessUnit unit) {
        return new AccessUnitClip(List.of(SPS, PPS), 15, List.of(unit));
    }

    @Test
    void sendsTheParameterSetsOfAKeyframeAsOneAggregate() {
        AccessUnit unit = new AccessUnit(List.of(nal(0x65, 20)), true);
        List<byte[]> payloads = packetizer.payloads(clip(unit), unit, true);
        assertThat(payloads).hasSize(2);
        assertThat(payloads.getFirst())
                .containsExactly(0x78, 0, 6, 0x67, 0x42, 0xc0, 0x1e, 1, 2, 0, 3, 0x68, 0xce, 0x38);
        assertThat(payloads.getLast()).isEqualTo(nal(0x65, 20));
    }

    @Test
    void leavesTheParameterSetsOutWhenTheyAreOutOfBand() {
        AccessUnit unit = new AccessUnit(List.of(nal(0x65, 20)), true);
        assertThat(packetizer.payloads(clip(unit), unit, false)).hasSize(1);
    }

    @Test
    void cutsALongNalUnitIntoFragmentsThatGiveItBack() {
        byte[] nal = nal(0x65, 250);
        AccessUnit unit = new AccessUnit(List.of(nal), true);
        List<byte[]> payloads = packetizer.payloads(clip(unit), unit, false);
        assertThat(payloads).allSatisfy(payload -> {
            assertThat(payload.length).isLessThanOrEqualTo(100);
            assertThat(payload[0] & 0xff).isEqualTo(0x60 | 28);
        });
        assertThat(payloads.stream().map(payload -> payload[1] & 0xff)).containsExactly(0x85, 0x05, 0x45);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(0x65);
        payloads.forEach(payload -> whole.write(payload, 2, payload.length - 2));
        assertThat(whole.toByteArray()).isEqualTo(nal);
    }

    @Test
    void neverSetsStartAndEndOfOneFragment() {
        for (int length = 99; length < 420; length++) {
            AccessUnit unit = new AccessUnit(List.of(nal(0x41, length)), true);
            List<byte[]> payloads = packetizer.payloads(clip(unit), unit, false);
            if (payloads.size() > 1) {
                assertThat(payloads).noneMatch(payload -> (payload[1] & 0xc0) == 0xc0);
            } else {
                assertThat(length).isLessThanOrEqualTo(100);
            }
        }
    }
}
