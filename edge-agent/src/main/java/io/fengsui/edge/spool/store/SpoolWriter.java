package io.fengsui.edge.spool.store;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.sensor.SensorMessage;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Tombstone;
import io.fengsui.protocol.wire.PrefixHash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * The statements of the one writing connection, and the heads of the lanes within its transaction. Confined to
 * {@code ring-spool}. After an {@link SQLException} it is closed and another one opened: nothing of it is used again.
 *
 * <p>Budget per event: body encoded, bound and copied into SQLite's page once; a record row, a live row, a share of a lane row and an fsync.
 */
public final class SpoolWriter implements AutoCloseable {
    private static final int MAX_PAYLOAD = 4096;

    private final Connection connection;
    private final Map<Lane, LaneHead> heads = new EnumMap<>(Lane.class);
    private final PreparedStatement insertRecord;
    private final PreparedStatement putState;
    private final PreparedStatement deleteState;
    private final PreparedStatement insertQuarantine;
    private final PreparedStatement updateLane;
    private final PreparedStatement updateMeta;
    private final EvidenceRows evidence;
    private final GapTable gaps;
    private final LiveTable live;
    private long nowMillis;
    private long nowSteadyNanos;
    private long appendedBytes;
    private boolean isLogShort;

    public SpoolWriter(Connection connection) throws SQLException {
        this.connection = connection;
        insertRecord = connection.prepareStatement("INSERT INTO record(lane, sequence, event_id, revision, kind,"
                + " created_wall, created_steady, crc32c, prefix_hash, body, importance, hash_crc)"
                + " VALUES(?,?,?,?,?,?,?,?,?,?,?,?)");
        putState = connection.prepareStatement("INSERT OR REPLACE INTO rule_state(key, value, crc) VALUES(?,?,?)");
        deleteState = connection.prepareStatement("DELETE FROM rule_state WHERE key=?");
        insertQuarantine = connection.prepareStatement(
                "INSERT INTO quarantine(at, broker, topic, sensor, reason, payload) VALUES(?,?,?,?,?,?)");
        updateLane = connection.prepareStatement("INSERT OR REPLACE INTO lane(lane, first, last, last_hash,"
                + " before_first_hash, acknowledged, acknowledged_hash, bytes, crc) VALUES(?,?,?,?,?,?,?,?,?)");
        updateMeta = connection.prepareStatement("INSERT OR REPLACE INTO meta(key, value) VALUES(?,?)");
        evidence = new EvidenceRows(connection);
        gaps = new GapTable(connection);
        live = new LiveTable(connection);
        for (Lane lane : Lane.values()) {
            heads.put(lane, LaneHead.read(connection, lane));
        }
    }

    /** What this one knows of the running transaction. */
    public record Stand(List<LaneHead> heads, long appendedBytes) {}

    /** Where it stands, to go back to. */
    public Stand stand() {
        return new Stand(heads.values().stream().map(LaneHead::copy).toList(), appendedBytes);
    }

    /** What was written since was taken back. */
    public void goBack(Stand stand) {
        stand.heads().forEach(head -> heads.put(head.lane, head));
        appendedBytes = stand.appendedBytes();
    }

    public LaneHead head(Lane lane) {
        return Objects.requireNonNull(heads.get(lane));
    }

    public Connection connection() {
        return connection;
    }

    public EvidenceRows evidence() {
        return evidence;
    }

    /** Bytes of all bodies appended over this connection. */
    public long appendedBytes() {
        return appendedBytes;
    }

    public GapTable gaps() {
        return gaps;
    }

    public LiveTable live() {
        return live;
    }

    public long nowMillis() {
        return nowMillis;
    }

    /** Writes the log back after half a megabyte instead of four, for a disk that has little room. */
    public void keepLogShort(boolean isShort) throws SQLException {
        if (isShort != isLogShort) {
            SpoolSchema.run(connection, "PRAGMA wal_autocheckpoint=" + (isShort ? 128 : 1_000));
            isLogShort = isShort;
        }
    }

    public void begin(long wallMillis, long steadyNanos) throws SQLException {
        nowMillis = wallMillis;
        nowSteadyNanos = steadyNanos;
        SpoolSchema.run(connection, "BEGIN IMMEDIATE");
    }

    /** Writes the lanes that moved and the number of this batch, then commits: one fsync. */
    public void commit(long batch) throws SQLException {
        putMeta("batch", Long.toString(batch));
        commitHeads();
    }

    /** Writes the lanes that moved, then commits, outside the counting of batches. */
    public void commitHeads() throws SQLException {
        writeHeads();
        SpoolSchema.run(connection, "COMMIT");
    }

    /** Writes the lanes that moved. */
    public void writeHeads() throws SQLException {
        for (LaneHead head : heads.values()) {
            if (head.isDirty) {
                storeHead(head);
                head.isDirty = false;
            }
        }
    }

    private void storeHead(LaneHead head) throws SQLException {
        updateLane.setInt(1, LaneCode.of(head.lane));
        updateLane.setLong(2, head.first);
        updateLane.setLong(3, head.last);
        updateLane.setBytes(4, head.lastHash);
        updateLane.setBytes(5, head.beforeFirstHash);
        updateLane.setLong(6, head.acknowledged);
        updateLane.setBytes(7, head.acknowledgedHash);
        updateLane.setLong(8, head.bytes);
        updateLane.setLong(9, head.crc());
        updateLane.executeUpdate();
    }

    public void putMeta(String key, String value) throws SQLException {
        updateMeta.setString(1, key);
        updateMeta.setString(2, value);
        updateMeta.executeUpdate();
    }

    /** Gives the draft the next position of its lane. Returns the position. */
    public long append(Draft draft) throws SQLException {
        LaneHead head = head(draft.lane());
        long sequence = head.last + 1;
        byte[] hash = PrefixHash.next(head.lastHash, draft.body());
        bind(StoredRecord.sealed(draft.lane(), sequence, draft, hash));
        insertRecord.executeUpdate();
        head.last = sequence;
        head.lastHash = hash;
        head.bytes += draft.body().length;
        head.isDirty = true;
        appendedBytes += draft.body().length;
        Event event = draft.event();
        if (event != null) {
            evidence.promise(event, sequence, nowMillis);
            live.keep(event, draft.body());
        }
        return sequence;
    }

    private void bind(StoredRecord record) throws SQLException {
        insertRecord.setInt(1, LaneCode.of(record.lane()));
        insertRecord.setLong(2, record.sequence());
        insertRecord.setString(3, record.eventId());
        insertRecord.setInt(4, record.revision());
        insertRecord.setString(5, record.kind());
        insertRecord.setLong(6, nowMillis);
        insertRecord.setLong(7, nowSteadyNanos);
        insertRecord.setLong(8, record.crc());
        insertRecord.setBytes(9, record.prefixHash());
        insertRecord.setBytes(10, record.body());
        insertRecord.setInt(11, record.importance());
        insertRecord.setLong(12, record.hashCrc());
    }

    /** Puts a tombstone in the place of a record, and counts its bytes as free. */
    public void bury(StoredRecord stone, int bytesBefore) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE record SET body=?, crc32c=?, importance=?, hash_crc=? WHERE lane=? AND sequence=?")) {
            update.setBytes(1, stone.body());
            update.setLong(2, stone.crc());
            update.setInt(3, stone.importance());
            update.setLong(4, stone.hashCrc());
            update.setInt(5, LaneCode.of(stone.lane()));
            update.setLong(6, stone.sequence());
            update.executeUpdate();
        }
        LaneHead head = head(stone.lane());
        head.bytes += stone.body().length - bytesBefore;
        head.isDirty = true;
    }

    /** Puts a tombstone in the place of a record that is still found damaged, and counts it as a gap. */
    public void buryDamaged(Lane lane, long sequence) throws SQLException {
        Optional<StoredRecord> found = find(lane, sequence);
        if (found.isPresent() && found.get().verdict() == StoredRecord.Verdict.CONTENT_DAMAGED) {
            bury(found.get().buried(Tombstone.Why.DAMAGED), found.get().body().length);
            gaps.add(lane, Gap.Why.DAMAGED, sequence, sequence, 1, found.get().importance(), nowMillis);
        }
    }

    private Optional<StoredRecord> find(Lane lane, long sequence) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT " + StoredRecord.COLUMNS + " FROM record WHERE lane=? AND sequence=?")) {
            select.setInt(1, LaneCode.of(lane));
            select.setLong(2, sequence);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(StoredRecord.read(lane, row)) : Optional.empty();
            }
        }
    }

    public void change(Slot.StateChange change) throws SQLException {
        if (change.value().length == 0) {
            deleteState.setString(1, change.key());
            deleteState.executeUpdate();
        } else {
            putState.setString(1, change.key());
            putState.setBytes(2, change.value());
            putState.setLong(3, KeyedRow.crc(change.key(), change.value()));
            putState.executeUpdate();
        }
    }

    public void quarantine(SensorMessage.QuarantinedPayload payload) throws SQLException {
        insertQuarantine.setLong(1, payload.at().wall().toEpochMilli());
        insertQuarantine.setString(2, payload.broker());
        insertQuarantine.setString(3, payload.topic());
        insertQuarantine.setString(4, payload.sensor());
        insertQuarantine.setString(5, payload.reason());
        byte[] bytes = payload.payload();
        insertQuarantine.setBytes(6, bytes.length > MAX_PAYLOAD ? Arrays.copyOf(bytes, MAX_PAYLOAD) : bytes);
        insertQuarantine.executeUpdate();
    }

    /** The prefix hash at a position that is held, at {@code first - 1}, or at 0. */
    byte[] hashAt(LaneHead head, long sequence) throws SQLException {
        if (sequence == head.last) {
            return head.lastHash;
        }
        try (PreparedStatement select =
                connection.prepareStatement("SELECT prefix_hash FROM record WHERE lane=? AND sequence=?")) {
            select.setInt(1, LaneCode.of(head.lane));
            select.setLong(2, sequence);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getBytes(1) : head.beforeFirstHash;
            }
        }
    }

    /** Moves what is acknowledged, forward or back. A position outside what is held is brought inside. */
    public void moveAcknowledged(Lane lane, long position) throws SQLException {
        LaneHead head = head(lane);
        long moved = Math.clamp(position, head.first - 1, head.last);
        if (moved != head.acknowledged) {
            head.acknowledged = moved;
            head.acknowledgedHash = hashAt(head, moved);
            head.isDirty = true;
        }
    }

    /** Remembers the order; false when it was known. */
    public boolean claimOrder(UUID order) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT OR IGNORE INTO taken_order(order_id, at) VALUES(?,?)")) {
            insert.setString(1, order.toString());
            insert.setLong(2, nowMillis);
            return insert.executeUpdate() == 1;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
