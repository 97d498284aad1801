package io.fengsui.edge.spool.read;

import io.fengsui.edge.spool.store.EvidenceRow;
import io.fengsui.edge.spool.store.EvidenceRows;
import io.fengsui.edge.spool.store.LaneCode;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.edge.spool.store.SpoolSchema;
import io.fengsui.edge.spool.store.StoredRecord;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Tombstone;
import io.fengsui.protocol.link.LaneRecord;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads committed rows of a spool that is in use, over a connection of its own. Confined to the thread that uses it. Each call is one short
 * transaction, so that the log can be written back between calls.
 */
public final class SpoolReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolReader.class);
    private static final int HASH_BYTES = 32;

    private final Path file;
    private final Source source;
    private final OnDamage onDamage;
    private @Nullable Connection connection;
    private long generation;
    private long damaged;

    /** Whence readers have their connections. Thread-safe. */
    public interface Source {
        Connection open() throws SQLException;

        /** Another number is another connection: the one of before is closed or of no use. */
        long generation();
    }

    /** Told of what is damaged, on the reader's thread; must not block. */
    public interface OnDamage {
        /** This record does not fit its checksum. */
        void found(Lane lane, long sequence);

        /** Nothing could be read. */
        void failed(SQLException e);

        /** A record's place in its lane cannot be told. */
        void placeLost(String what);
    }

    private SpoolReader(Path file, Source source, OnDamage onDamage) {
        this.file = file;
        this.source = source;
        this.onDamage = onDamage;
    }

    private Connection connection() throws SQLException {
        long now = source.generation();
        Connection current = connection;
        if (current == null || now != generation) {
            if (current != null) {
                current.close();
            }
            connection = null;
            current = source.open();
            connection = current;
            generation = now;
        }
        return current;
    }

    /** Connects when something is read. */
    public static SpoolReader open(Path file, Source source, OnDamage onDamage) {
        return new SpoolReader(file, source, onDamage);
    }

    /**
     * Records of a lane from a position on, at least one when there is one, then as many as fit. A record whose checksum
     * is wrong is given as a {@link Tombstone.Why#DAMAGED} tombstone under its own number and prefix hash.
     */
    public List<LaneRecord> records(Lane lane, long from, int most, long mostBytes) {
        List<LaneRecord> records = new ArrayList<>();
        try (PreparedStatement select = connection()
                .prepareStatement("SELECT " + StoredRecord.COLUMNS
                        + " FROM record WHERE lane=? AND sequence>=? ORDER BY sequence LIMIT ?")) {
            select.setInt(1, LaneCode.of(lane));
            select.setLong(2, from);
            select.setInt(3, most);
            long bytes = 0;
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    LaneRecord record = read(lane, rows);
                    bytes += record.body().length;
                    if (!records.isEmpty()
                            && (bytes > mostBytes
                                    || record.sequence() != records.getLast().sequence() + 1)) {
                        break;
                    }
                    records.add(record);
                }
            }
            return records;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private LaneRecord read(Lane lane, ResultSet row) throws SQLException {
        StoredRecord stored = StoredRecord.read(lane, row);
        return switch (stored.verdict()) {
            case INTACT -> new LaneRecord(stored.sequence(), stored.body(), stored.prefixHash());
            case CONTENT_DAMAGED -> {
                damaged++;
                LOG.error("record is damaged, a tombstone stands for it: lane={} sequence={}", lane, stored.sequence());
                onDamage.found(lane, stored.sequence());
                yield new LaneRecord(
                        stored.sequence(), stored.buried(Tombstone.Why.DAMAGED).body(), stored.prefixHash());
            }
            case PLACE_DAMAGED -> {
                String what = "the place of record " + stored.sequence() + " in lane " + lane + " is damaged";
                onDamage.placeLost(what);
                throw new SpoolException(what + ": restart the agent, which repairs " + file);
            }
        };
    }

    /** A record that must be there is not, though SQLite finds nothing wrong: a page may be an old one. */
    public SpoolException missing(Lane lane, long sequence) {
        String what = "record " + sequence + " of lane " + lane + " is not there";
        onDamage.placeLost(what);
        return new SpoolException(what + ": if it stays so, the next start of the agent repairs " + file);
    }

    /** Records found damaged by this reader. */
    public long damaged() {
        return damaged;
    }

    /** The prefix hash at a position; empty when it is not held any more. At 0 it is 32 zero bytes. */
    public Optional<byte[]> prefixHash(Lane lane, long sequence) {
        if (sequence == 0) {
            return Optional.of(new byte[HASH_BYTES]);
        }
        try (PreparedStatement select = connection()
                .prepareStatement("SELECT prefix_hash FROM record WHERE lane=?1 AND sequence=?2"
                        + " UNION ALL SELECT before_first_hash FROM lane WHERE lane=?1 AND first=?2+1")) {
            select.setInt(1, LaneCode.of(lane));
            select.setLong(2, sequence);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Evidence in a state, the longest unchanged first. */
    public List<EvidenceRow> evidence(EvidenceRow.State state, int most) {
        return evidence("state=? ORDER BY updated LIMIT ?", state.name(), most);
    }

    /** Evidence that can be sent: ready, and its event acknowledged in its lane. */
    public List<EvidenceRow> sendable(long urgentAcknowledged, long bulkAcknowledged, int most) {
        return evidence(
                "state='READY' AND sequence <= CASE lane WHEN 0 THEN ? ELSE ? END ORDER BY updated LIMIT ?",
                urgentAcknowledged,
                bulkAcknowledged,
                most);
    }

    /** Evidence rows that share a file. */
    public List<EvidenceRow> evidenceWithHash(String sha256, int most) {
        return evidence("sha256=? LIMIT ?", sha256, most);
    }

    private List<EvidenceRow> evidence(String condition, Object... parameters) {
        try (PreparedStatement select =
                connection().prepareStatement("SELECT " + EvidenceRows.COLUMNS + " FROM evidence WHERE " + condition)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setObject(i + 1, parameters[i]);
            }
            List<EvidenceRow> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(EvidenceRows.read(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Hashes of all files that a row knows. */
    public Set<String> evidenceHashes() {
        try (PreparedStatement select = connection().prepareStatement("SELECT DISTINCT sha256 FROM evidence");
                ResultSet rows = select.executeQuery()) {
            Set<String> hashes = new HashSet<>();
            while (rows.next()) {
                hashes.add(rows.getString(1));
            }
            return hashes;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /**
     * What a look at some open events found.
     *
     * @param damaged keys of rows that are not as they were written
     * @param keyless rows that have no key any more
     * @param last key of the last row that was read; empty when there are no more
     */
    public record LiveRows(List<String> damaged, int keyless, String last) {
        public LiveRows {
            damaged = List.copyOf(damaged);
        }
    }

    /**
     * Verifies rows of open events, and of those that wait for a picture, behind a key in the order of their keys. One without a key
     * is told as damage: only a new start can say whose it was.
     */
    public LiveRows live(String after, int most) {
        LiveRows rows = read(connection -> RowScan.live(connection, after, most));
        if (rows.keyless() > 0) {
            onDamage.placeLost(rows.keyless() + " rows of open events have no key");
        }
        return rows;
    }

    /** Records of a lane before a position, the newest first. */
    List<RowScan.Place> before(Lane lane, long sequence, int most) {
        return read(connection -> RowScan.before(connection, lane, sequence, most));
    }

    /** As it lies there, sound or not. */
    Optional<StoredRecord> record(Lane lane, long sequence) {
        return read(connection -> RowScan.record(connection, lane, sequence));
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(Connection connection) throws SQLException;
    }

    private <T> T read(Reading<T> reading) {
        try {
            return reading.read(connection());
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Reads something, so that the log is open here too. */
    public void touch() {
        try {
            SpoolSchema.number(connection(), "SELECT first FROM lane LIMIT 1");
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private SpoolException failed(SQLException e) {
        onDamage.failed(e);
        return new SpoolException("cannot read " + file + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        Connection current = connection;
        connection = null;
        try {
            if (current != null) {
                current.close();
            }
        } catch (SQLException e) {
            LOG.warn("spool reader could not be closed: {}", e.getMessage());
        }
    }
}
