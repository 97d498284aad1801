package io.fengsui.fieldsim.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class CodedStreamTest {
    private static byte[] stream(String... units) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String unit : units) {
            out.writeBytes(new byte[] {0, 0, 0, 1});
            out.writeBytes(HexFormat.of().parseHex(unit));
        }
        return out.toByteArray();
    }

    @Test
    void gathersTheUnitsBetweenTwoDelimitersAndLeavesTheDelimitersOut() {
        CodedStream stream = CodedStream.of(stream("09f0", "6742", "68ce", "6588", "09f0", "419a", "419b"), "h264");
        assertThat(stream.pictures()).hasSize(2);
        assertThat(stream.pictures().getFirst().isKeyframe()).isTrue();
        assertThat(stream.pictures().getFirst().nalUnits()).hasSize(3);
        assertThat(stream.pictures().getLast().isKeyframe()).isFalse();
        assertThat(stream.pictures().getLast().nalUnits())
                .containsExactly(HexFormat.of().parseHex("419a"), HexFormat.of().parseHex("419b"));
    }

    @Test
    void knowsTheTypesOfH265() {
        CodedStream stream =
                CodedStream.of(stream("460150", "4001", "4201", "4401", "2601af", "460150", "0201d0"), "h265");
        assertThat(stream.pictures())
                .extracting(CodedStream.Picture::isKeyframe)
                .containsExactly(true, false);
        assertThat(stream.pictures().getFirst().nalUnits()).hasSize(4);
    }

    @Test
    void leavesOutZerosBetweenUnits() {
        byte[] bytes = HexFormat.of()
                .parseHex("00000001" + "09f0" + "00000001" + "6588" + "0000" + "000001" + "09f0" + "000001");
        assertThat(CodedStream.of(bytes, "h264").pictures())
                .singleElement()
                .satisfies(picture -> assertThat(picture.nalUnits())
                        .containsExactly(HexFormat.of().parseHex("6588")));
    }

    @Test
    void refusesAStreamThatDoesNotBeginWithAKeyframe() {
        assertThatThrownBy(() -> CodedStream.of(stream("09f0", "419a"), "h264"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CodedStream.of(new byte[100], "h264")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysWhereAPictureBegins() {
        byte[] stream = stream("09f0", "6588", "09f0", "419a", "09f0", "6589");
        int third = CodedStream.offset(stream, "h264", 2);
        assertThat(HexFormat.of().formatHex(stream, third, stream.length)).isEqualTo("00000109f0" + "000000016589");
        assertThat(CodedStream.offset(stream, "h264", 3)).isEqualTo(stream.length);
        assertThat(CodedStream.offset(stream("460150", "2601af", "460150", "0201d0"), "h265", 1))
                .isEqualTo(15);
    }
}
