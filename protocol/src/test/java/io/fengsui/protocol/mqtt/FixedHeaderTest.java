package io.fengsui.protocol.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedHeaderTest {
    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** The standard's own bounds of one to four bytes, and what each type looks like. */
    @ParameterizedTest
    @CsvSource({
        "20 00, 2, 0, 0",
        "d0 00, 13, 0, 0",
        "32 7f, 3, 2, 127",
        "32 80 01, 3, 2, 128",
        "3d ff 7f, 3, 13, 16383",
        "30 80 80 01, 3, 0, 16384",
        "62 ff ff 7f, 6, 2, 2097151",
        "90 80 80 80 01, 9, 0, 2097152",
        "ff ff ff ff 7f, 15, 15, 268435455",
        "00 00, 0, 0, 0"
    })
    void typeFlagsAndLengthAreRead(String hex, int type, int flags, int length) throws IOException {
        byte[] bytes = bytes(hex);
        FixedHeader header = new FixedHeader();
        assertThat(header.isBegun()).isFalse();
        for (int i = 0; i < bytes.length; i++) {
            boolean isLast = i == bytes.length - 1;
            assertThat(header.take(bytes[i] & 0xff)).isEqualTo(isLast);
            assertThat(header.isBegun()).isEqualTo(!isLast);
            assertThat(header.first()).isEqualTo(bytes[0] & 0xff);
        }
        assertThat(header.type()).isEqualTo(type);
        assertThat(header.flags()).isEqualTo(flags);
        assertThat(header.length()).isEqualTo(length);
        assertThat(header.packetSize()).isEqualTo(bytes.length + length);
        assertThat(header.bytes()).isEqualTo(bytes);
        assertThat(FixedHeader.of(bytes[0] & 0xff, length)).isEqualTo(bytes);
    }

    /** MQTT 5 forbids it and 3.1.1 does not; it does no harm. */
    @ParameterizedTest
    @CsvSource({"40 82 00, 2", "40 80 80 80 00, 0"})
    void aLengthOfMoreBytesThanItNeedsIsRead(String hex, int length) throws IOException {
        FixedHeader header = new FixedHeader();
        byte[] bytes = bytes(hex);
        for (int i = 0; i < bytes.length; i++) {
            assertThat(header.take(bytes[i] & 0xff)).isEqualTo(i == bytes.length - 1);
        }
        assertThat(header.length()).isEqualTo(length);
        assertThat(header.bytes()).isEqualTo(bytes);
    }

    @Test
    void aLengthOfFiveBytesIsRefusedAndNothingOfItStays() throws IOException {
        FixedHeader header = new FixedHeader();
        for (int next : new int[] {0x32, 0xff, 0xff, 0xff}) {
            assertThat(header.take(next)).isFalse();
        }
        assertThatThrownBy(() -> header.take(0xff))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than four bytes");
        assertThat(header.take(0x20)).isFalse();
        assertThat(header.take(3)).isTrue();
        assertThat(header.bytes()).isEqualTo(bytes("20 03"));
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "256, 0", "32, -1", "32, 268435456"})
    void whatNoHeaderCanSayIsNotWritten(int first, int length) {
        assertThatThrownBy(() -> FixedHeader.of(first, length)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Every header is read as it came, in at most five bytes, and written again means the same. */
    @FuzzTest
    void anyBytesAreHeadersOrRefused(byte[] bytes) throws IOException {
        FixedHeader header = new FixedHeader();
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            try {
                if (!header.take(bytes[i] & 0xff)) {
                    assertThat(i - from).isLessThan(FixedHeader.MAX_BYTES - 1);
                    continue;
                }
            } catch (IOException e) {
                assertThat(i - from).isEqualTo(FixedHeader.MAX_BYTES - 1);
                from = i + 1;
                continue;
            }
            assertThat(header.bytes()).isEqualTo(Arrays.copyOfRange(bytes, from, i + 1));
            assertThat(header.length()).isBetween(0, FixedHeader.MAX_LENGTH);
            byte[] again = FixedHeader.of(header.first(), header.length());
            assertThat(again.length).isLessThanOrEqualTo(i + 1 - from);
            assertThat(FixedHeader.number(again, 1, again.length)).isEqualTo(header.length());
            from = i + 1;
        }
    }

    /** So that the ordinary run sees many too; half of the bytes say that more of the length follow. */
    @Test
    void randomBytesAreHeadersOrRefused() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        for (int run = 0; run < 5_000; run++) {
            byte[] bytes = new byte[random.nextInt(24)];
            random.nextBytes(bytes);
            anyBytesAreHeadersOrRefused(bytes);
        }
    }
}
