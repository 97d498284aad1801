package io.fengsui.protocol.wire;

import io.fengsui.protocol.Sha256;
import java.security.MessageDigest;

/**
 * The hash of everything that a lane has held up to a position: SHA-256(hash of the position before, body). Two spools
 * which differ anywhere before a position differ at it. Pure.
 */
public final class PrefixHash {
    /** Bytes of a prefix hash. */
    public static final int BYTES = 32;

    private PrefixHash() {}

    /** What stands before the first record: 32 zero bytes. */
    public static byte[] none() {
        return new byte[BYTES];
    }

    /** The hash at the position of {@code body}, from the one before. */
    public static byte[] next(byte[] previous, byte[] body) {
        if (previous.length != BYTES) {
            throw new IllegalArgumentException("a prefix hash has " + BYTES + " bytes, not " + previous.length);
        }
        MessageDigest digest = Sha256.digest();
        digest.update(previous);
        return digest.digest(body);
    }

    /** The same as text; {@link Sha256#NONE} stands before the first record. */
    public static Sha256 next(Sha256 previous, byte[] body) {
        return Sha256.of(next(previous.isNone() ? none() : previous.bytes(), body));
    }
}
