package io.fengsui.protocol.wire;

import io.fengsui.protocol.Tombstone;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.value.Sha256;
import java.security.MessageDigest;
import java.util.Arrays;

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

    /**
     * Whether a record may stand behind {@code previous}. Its hash is of the body it was born with: a tombstone that took
     * that body's place keeps the number and the hash, and is believed, so that a record evicted or damaged on the edge is
     * no fork. The chain goes on from {@link LaneRecord#prefixHash}.
     */
    public static boolean isFollowedBy(byte[] previous, LaneRecord record) {
        return Arrays.equals(next(previous, record.body()), record.prefixHash()) || isTombstone(record.body());
    }

    private static boolean isTombstone(byte[] body) {
        try {
            return WireRecords.decode(body) instanceof Tombstone;
        } catch (MalformedMessageException e) {
            return false;
        }
    }

    /** The same as text; {@link Sha256#NONE} stands before the first record. */
    public static Sha256 next(Sha256 previous, byte[] body) {
        return Sha256.of(next(previous.isNone() ? none() : previous.bytes(), body));
    }
}
