package io.fengsui.edge.spool.store;

import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.LaneState;
import io.fengsui.protocol.value.Sha256;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.zip.CRC32C;

/**
 * Where a lane stands within the running transaction; reread from disk after any failure. Confined to the writer.
 *
 * <p>Invariant: {@code first - 1 <= acknowledged <= last}, unless a hub was rewound to before {@code first}.
 */
public final class LaneHead {
    static final byte[] ZERO_HASH = new byte[32];

    final Lane lane;
    long first = 1;
    long last;
    byte[] lastHash = ZERO_HASH;
    byte[] beforeFirstHash = ZERO_HASH;
    long acknowledged;
    byte[] acknowledgedHash = ZERO_HASH;
    long bytes;
    boolean isDirty;
    boolean isIntact = true;

    LaneHead(Lane lane) {
        this.lane = lane;
    }

    /** A lane's head as it lies in a file; an empty one when there is none. */
    public static LaneHead read(Connection connection, Lane lane) throws SQLException {
        LaneHead head = new LaneHead(lane);
        try (PreparedStatement select = connection.prepareStatement("SELECT first, last, last_hash, before_first_hash,"
                + " acknowledged, acknowledged_hash, bytes, crc FROM lane WHERE lane=?")) {
            select.setInt(1, LaneCode.of(lane));
            try (ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    head.first = row.getLong(1);
                    head.last = row.getLong(2);
                    head.lastHash = row.getBytes(3);
                    head.beforeFirstHash = row.getBytes(4);
                    head.acknowledged = row.getLong(5);
                    head.acknowledgedHash = row.getBytes(6);
                    head.bytes = row.getLong(7);
                    long crc = row.getLong(8);
                    head.isIntact = crc == StoredRecord.NO_CRC || crc == head.crc();
                }
            }
        }
        return head;
    }

    LaneHead copy() {
        LaneHead copy = new LaneHead(lane);
        copy.first = first;
        copy.last = last;
        copy.lastHash = lastHash;
        copy.beforeFirstHash = beforeFirstHash;
        copy.acknowledged = acknowledged;
        copy.acknowledgedHash = acknowledgedHash;
        copy.bytes = bytes;
        copy.isDirty = isDirty;
        copy.isIntact = isIntact;
        return copy;
    }

    /** Records that the hub has not acknowledged. */
    public long depth() {
        return last - Math.max(acknowledged, first - 1);
    }

    /** When the oldest record that is not acknowledged was written; wall and steady; empty when there is none. */
    public long[] oldestWaiting(Connection connection) throws SQLException {
        if (depth() == 0) {
            return new long[0];
        }
        try (PreparedStatement select = connection.prepareStatement("SELECT created_wall, created_steady, sequence"
                + " FROM record WHERE lane=? AND sequence>? ORDER BY sequence LIMIT 1")) {
            select.setInt(1, LaneCode.of(lane));
            select.setLong(2, acknowledged);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? new long[] {row.getLong(1), row.getLong(2), row.getLong(3)} : new long[0];
            }
        }
    }

    public Lane lane() {
        return lane;
    }

    /** Records up to here are deleted. */
    public void forget(long upTo, byte[] hashThere, long freed) {
        first = upTo + 1;
        beforeFirstHash = hashThere;
        bytes -= freed;
        isDirty = true;
    }

    public long first() {
        return first;
    }

    public long last() {
        return last;
    }

    public long acknowledged() {
        return acknowledged;
    }

    public long bytes() {
        return bytes;
    }

    public byte[] lastHash() {
        return lastHash.clone();
    }

    /** False when the stored row does not fit its checksum. */
    public boolean isIntact() {
        return isIntact;
    }

    public LaneState toState() {
        Sha256 hash = acknowledged == 0 ? Sha256.NONE : Sha256.of(acknowledgedHash);
        return new LaneState(lane, first, last, acknowledged, hash);
    }

    long crc() {
        CRC32C sum = new CRC32C();
        sum.update(ByteBuffer.allocate(40)
                .putLong(LaneCode.of(lane))
                .putLong(first)
                .putLong(last)
                .putLong(acknowledged)
                .putLong(bytes)
                .flip());
        sum.update(lastHash);
        sum.update(beforeFirstHash);
        sum.update(acknowledgedHash);
        return sum.getValue();
    }
}
