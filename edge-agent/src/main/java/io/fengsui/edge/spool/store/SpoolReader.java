package io.fengsui.edge.spool.store;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads committed rows over a connection of its own. Confined to the thread that uses it. Each call is one short
 * transaction, so that the log can be written back between calls.
 */
public final class SpoolReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolReader.class);

    private final Path file;
    private final Source source;
    private final OnDamage onDamage;
    private Connection connection;
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

    private static final OnDamage NOBODY = new OnDamage() {
        @Override
        public void found(Lane lane, long sequence) {}

        @Override
        public void failed(SQLException e) {}

        @Override
        public void placeLost(String what) {}
    };

    private SpoolReader(Path file, Source source, OnDamage onDamage) throws SQLException {
        this.file = file;
        this.source = source;
        this.onDamage = onDamage;
        this.generation = source.generation();
        this.connection = source.open();
    }

    private Connection connection() throws SQLException {
        long now = source.generation();
        if (now != generation) {
            connection.close();
            connection = source.open();
            generation = now;
        }
        return connection;
    }

    /** For somebody who looks once, and changes nothing. */
    public static SpoolReader open(Path file) {
        try {
            return new SpoolReader(file, only(() -> SpoolSchema.openUnchanged(file)), NOBODY);
        } catch (SQLException e) {
            throw new SpoolException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Of a spool that is in use. */
    public static SpoolReader open(Path file, Source source, OnDamage onDamage) {
        try {
            return new SpoolReader(file, source, onDamage);
        } catch (SQLException e) {
            throw new SpoolException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    @FunctionalInterface
    private interface Opening {
        Connection open() throws SQLException;
    }

    private static Source only(Opening opening) {
        return new Source() {
            @Override
            public Connection open() throws SQLException {
                return opening.open();
            }

            @Override
            public long generation() {
                return 0;
            }
        };
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
            return Optional.of(LaneHead.ZERO_HASH.clone());
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

    /** Payloads kept for people. */
    public long quarantined() {
        return figure("SELECT count(*) FROM quarantine");
    }

    /** A single number. */
    public long figure(String sql) {
        try {
            return SpoolSchema.number(connection(), sql);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    public String epoch() {
        try {
            return SpoolStore.meta(connection(), "epoch");
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /**
     * A lane as it lies in the file.
     *
     * @param depth records that the hub has not acknowledged
     * @param bytes of all bodies held, acknowledged ones with them
     * @param oldestWallMillis when the oldest record that is not acknowledged was written; 0 when there is none
     */
    public record LaneFigures(
            Lane lane, long first, long last, long acknowledged, long depth, long bytes, long oldestWallMillis) {}

    public LaneFigures laneFigures(Lane lane) {
        try {
            LaneHead head = LaneHead.read(connection(), lane);
            long oldest = SpoolSchema.number(
                    connection(),
                    "SELECT created_wall FROM record WHERE lane=" + LaneCode.of(lane) + " AND sequence>"
                            + head.acknowledged() + " ORDER BY sequence LIMIT 1");
            return new LaneFigures(
                    lane, head.first(), head.last(), head.acknowledged(), head.depth(), head.bytes(), oldest);
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
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.warn("spool reader could not be closed: {}", e.getMessage());
        }
    }
}
