package io.fengsui.edge.spool.store;

import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Tombstone;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.zip.CRC32C;

/**
 * A row of the record table with its two checksums: one over the prefix hash and its place, one over everything. With the
 * first alone a record that is damaged can still be replaced by a tombstone, because its prefix hash is known to be right.
 * Rows of schema version 1 have an older checksum over place and body only.
 *
 * @param crc over everything
 * @param hashCrc over place and prefix hash; {@link #NO_CRC} in rows of version 1
 */
@SuppressWarnings("ArrayRecordComponent") // as they lie in the file; never compared
public record StoredRecord(
        Lane lane,
        long sequence,
        String eventId,
        int revision,
        String kind,
        int importance,
        byte[] prefixHash,
        byte[] body,
        long crc,
        long hashCrc) {
    static final long NO_CRC = -1;
    public static final String COLUMNS =
            "sequence, event_id, revision, kind, importance, prefix_hash, body, crc32c, hash_crc";

    /** What can be believed of a row. */
    public enum Verdict {
        INTACT,
        /** Its content is damaged, its place in the lane is not: a tombstone can stand for it. */
        CONTENT_DAMAGED,
        /** Its place in the lane cannot be told any more. */
        PLACE_DAMAGED
    }

    /** A row with the checksums that belong to it. */
    static StoredRecord sealed(Lane lane, long sequence, Draft draft, byte[] prefixHash) {
        StoredRecord open = new StoredRecord(
                lane,
                sequence,
                draft.eventId(),
                draft.revision(),
                draft.kind(),
                draft.importance(),
                prefixHash,
                draft.body(),
                0,
                0);
        return open.withCrc();
    }

    /** Reads the present row of {@link #COLUMNS}. */
    public static StoredRecord read(Lane lane, ResultSet row) throws SQLException {
        return new StoredRecord(
                lane,
                row.getLong(1),
                text(row.getString(2)),
                row.getInt(3),
                text(row.getString(4)),
                row.getInt(5),
                bytes(row.getBytes(6)),
                bytes(row.getBytes(7)),
                row.getLong(8),
                row.getLong(9));
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static byte[] bytes(byte[] value) {
        return value == null ? new byte[0] : value;
    }

    private StoredRecord withCrc() {
        return new StoredRecord(
                lane, sequence, eventId, revision, kind, importance, prefixHash, body, fullCrc(), placeCrc());
    }

    /** The tombstone that takes its place: same number, same prefix hash. */
    public StoredRecord buried(Tombstone.Why why) {
        byte[] stone = Bodies.tombstone(why, eventId, revision, kind);
        return new StoredRecord(lane, sequence, eventId, revision, kind, Importance.GONE, prefixHash, stone, 0, 0)
                .withCrc();
    }

    public Verdict verdict() {
        if (hashCrc == NO_CRC && importance == Importance.UNKNOWN) {
            return crc == bodyCrc() ? Verdict.INTACT : Verdict.CONTENT_DAMAGED;
        }
        if (crc == fullCrc()) {
            return Verdict.INTACT;
        }
        return hashCrc == placeCrc() ? Verdict.CONTENT_DAMAGED : Verdict.PLACE_DAMAGED;
    }

    private long bodyCrc() {
        CRC32C sum = place();
        sum.update(body);
        return sum.getValue();
    }

    private long placeCrc() {
        CRC32C sum = place();
        sum.update(prefixHash);
        return sum.getValue();
    }

    private long fullCrc() {
        CRC32C sum = place();
        sum.update(prefixHash);
        sum.update(eventId.getBytes(StandardCharsets.UTF_8));
        sum.update(ByteBuffer.allocate(8).putInt(revision).putInt(importance).flip());
        sum.update(kind.getBytes(StandardCharsets.UTF_8));
        sum.update(body);
        return sum.getValue();
    }

    private CRC32C place() {
        CRC32C sum = new CRC32C();
        sum.update(ByteBuffer.allocate(9)
                .put((byte) LaneCode.of(lane))
                .putLong(sequence)
                .flip());
        return sum;
    }
}
