package io.fengsui.hub.notify.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a broker's bytes comes through to the MQTT library. */
class AnswerGuardTest {
    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static byte[] through(byte[] bytes) throws IOException {
        return new AnswerGuard(new ByteArrayInputStream(bytes)).readAllBytes();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20 03 00 00 00", // CONNACK
                "20 03 00 00 00 40 02 00 01 40 03 00 02 10 d0 00 e0 00", // and PUBACKs, PINGRESP, DISCONNECT
                "d0 00",
                "40 82 00 00 01" // a length of two bytes, where one were enough
            })
    void answersComeThroughAsTheyAre(String packets) throws IOException {
        assertThat(through(hex(packets))).isEqualTo(hex(packets));
        AnswerGuard guard = new AnswerGuard(new ByteArrayInputStream(hex(packets)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int one = guard.read(); one >= 0; one = guard.read()) {
            bytes.write(one);
        }
        assertThat(bytes.toByteArray()).as("byte by byte").isEqualTo(hex(packets));
    }

    @Test
    void aLargeAnswerComesThroughUpToItsLimit() throws IOException {
        byte[] packet = new byte[AnswerGuard.MAX_PACKET];
        Arrays.fill(packet, (byte) 7);
        System.arraycopy(hex("20 fc ff 03"), 0, packet, 0, 4);
        assertThat(through(packet)).isEqualTo(packet);
        packet[1]++;
        assertThatThrownBy(() -> through(packet)).hasMessageContaining("65537 bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "20 ff ff ff 7f, 268435460 bytes",
        "40 ff ff ff ff 7f, four bytes",
        "20 03 00 00 00 32 04 00 01 61 62, 0x32",
        "10 00, 0x10",
        "21 03 00 00 00, 0x21",
        "90 03 00 01 00, 0x90",
        "f0 00, 0xf0",
        "48 54 54 50 2f 31 2e 31, 0x48"
    })
    void anythingElseEndsTheConnection(String packets, String reason) {
        assertThatThrownBy(() -> through(hex(packets)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aTimeoutAtAnyByteLosesNothing() throws IOException {
        byte[] packets = hex("20 03 00 00 00 40 02 00 01 e0 00");
        InputStream slow = new InputStream() {
            private final InputStream bytes = new ByteArrayInputStream(packets);
            private boolean isThere;

            @Override
            public int read() throws IOException {
                isThere = !isThere;
                if (isThere) {
                    throw new SocketTimeoutException();
                }
                return bytes.read();
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int one = read();
                into[offset] = (byte) one;
                return one < 0 ? -1 : 1;
            }
        };
        AnswerGuard guard = new AnswerGuard(slow);
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        byte[] some = new byte[4];
        int timeouts = 0;
        while (got.size() < packets.length) {
            try {
                got.write(some, 0, guard.read(some, 0, some.length));
            } catch (SocketTimeoutException e) {
                timeouts++;
            }
        }
        assertThat(got.toByteArray()).isEqualTo(packets);
        assertThat(timeouts).isEqualTo(packets.length);
    }

    /** Whatever comes through is whole packets of at most the limit, and the beginning of what came. */
    @FuzzTest
    void letsThroughTheBeginningOfWhatCame(byte[] bytes) {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        try (AnswerGuard guard = new AnswerGuard(new ByteArrayInputStream(bytes))) {
            guard.transferTo(got);
        } catch (IOException e) {
            assertThat(e).isNotInstanceOf(SocketTimeoutException.class);
        }
        assertThat(bytes).startsWith(got.toByteArray());
    }
}
