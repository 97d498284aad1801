package io.fengsui.protocol.wire;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import io.fengsui.protocol.wire.v1.FromEdge;
import io.fengsui.protocol.wire.v1.FromHub;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * CRC-32C of an envelope. A line without TLS can hand on bytes that TCP's 16-bit sum did not find wrong; a wrong bit in a
 * position or a prefix hash would be taken for another past. Nothing of an envelope is believed before this was looked at.
 * Pure.
 */
public final class EnvelopeChecksum {
    private EnvelopeChecksum() {}

    /** The envelope as it goes out. */
    static FromEdge seal(FromEdge.Builder envelope) {
        FromEdge plain = envelope.clearChecksum().build();
        return plain.toBuilder().setChecksum(of(plain)).build();
    }

    /** The envelope as it goes out. */
    static FromHub seal(FromHub.Builder envelope) {
        FromHub plain = envelope.clearChecksum().build();
        return plain.toBuilder().setChecksum(of(plain)).build();
    }

    /** Whether it came as it was sent. */
    public static boolean isWhole(FromEdge envelope) {
        return envelope.hasChecksum()
                && envelope.getChecksum()
                        == of(envelope.toBuilder().clearChecksum().build());
    }

    /** Whether it came as it was sent. */
    public static boolean isWhole(FromHub envelope) {
        return envelope.hasChecksum()
                && envelope.getChecksum()
                        == of(envelope.toBuilder().clearChecksum().build());
    }

    private static int of(MessageLite message) {
        CheckedOutputStream summed = new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32C());
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(summed);
            message.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is written anywhere", e);
        }
        return (int) summed.getChecksum().getValue();
    }
}
