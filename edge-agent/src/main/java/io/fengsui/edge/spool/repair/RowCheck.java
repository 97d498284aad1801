package io.fengsui.edge.spool.repair;

import io.fengsui.edge.spool.store.Gap;
import io.fengsui.edge.spool.store.KeyedRow;
import io.fengsui.edge.spool.store.LaneCode;
import io.fengsui.edge.spool.store.LaneHead;
import io.fengsui.edge.spool.store.SpoolSchema;
import io.fengsui.edge.spool.store.SpoolStore;
import io.fengsui.edge.spool.store.SpoolWriter;
import io.fengsui.edge.spool.store.StoredRecord;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Tombstone;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies every row of a file whose pages are sound, within one transaction. A damaged record becomes a tombstone under
 * its own number and prefix hash; other damaged rows are removed; the bytes of all of them are kept for people.
 */
final class RowCheck {
    private static final Logger LOG = LoggerFactory.getLogger(RowCheck.class);
    private static final int STEP = 256;
    private static final int MOST_BYTES = 65_536;
    private static final int MOST_KEPT = 1_000;

    private final SpoolWriter writer;
    private final Connection connection;
    private long records;
    private long otherRows;

    RowCheck(SpoolWriter writer) {
        this.writer = writer;
        this.connection = writer.connection();
    }

    /** Within a transaction that was begun. */
    RepairReport run() throws SQLException, PlaceLostException {
        requireEpoch();
        for (Lane lane : Lane.values()) {
            checkLane(lane);
        }
        checkKeyed("rule_state", "key", "value");
        checkKeyed("live_event", "event_id", "body");
        checkEvidence();
        checkOrders();
        SpoolSchema.run(connection, "DELETE FROM damaged WHERE id <= (SELECT max(id) FROM damaged) - " + MOST_KEPT);
        return new RepairReport(records, otherRows, Set.of(), null);
    }

    private void requireEpoch() throws SQLException, PlaceLostException {
        String epoch = SpoolStore.meta(connection, "epoch");
        try {
            if (!UUID.fromString(epoch).toString().equals(epoch)) {
                throw new PlaceLostException("the epoch is damaged");
            }
        } catch (IllegalArgumentException e) {
            throw new PlaceLostException("the epoch is damaged");
        }
    }

    private void checkLane(Lane lane) throws SQLException, PlaceLostException {
        LaneHead head = writer.head(lane);
        long expected = head.first();
        long damagedFirst = 0;
        long damagedLast = 0;
        long damaged = 0;
        int worst = 0;
        byte[] lastHash = null;
        for (List<StoredRecord> step = read(lane, 0); !step.isEmpty(); step = read(lane, expected)) {
            for (StoredRecord record : step) {
                if (record.sequence() != expected) {
                    throw new PlaceLostException("lane " + lane + " has no record " + expected);
                }
                switch (record.verdict()) {
                    case INTACT -> {}
                    case CONTENT_DAMAGED -> {
                        bury(record);
                        damagedFirst = damaged == 0 ? record.sequence() : damagedFirst;
                        damagedLast = record.sequence();
                        worst = Math.max(worst, record.importance());
                        damaged++;
                    }
                    case PLACE_DAMAGED ->
                        throw new PlaceLostException("lane " + lane + " has a damaged place " + record.sequence());
                }
                lastHash = record.prefixHash();
                expected++;
            }
        }
        boolean isHeadRight = head.isIntact()
                && expected == head.last() + 1
                && (lastHash == null || Arrays.equals(lastHash, head.lastHash()));
        if (!isHeadRight) {
            throw new PlaceLostException("the head of lane " + lane + " does not fit its records");
        }
        if (damaged > 0) {
            writer.gaps().add(lane, Gap.Why.DAMAGED, damagedFirst, damagedLast, damaged, worst, writer.nowMillis());
            records += damaged;
        }
    }

    private List<StoredRecord> read(Lane lane, long from) throws SQLException {
        List<StoredRecord> step = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT " + StoredRecord.COLUMNS
                + " FROM record WHERE lane=? AND sequence>=? ORDER BY sequence LIMIT " + STEP)) {
            select.setInt(1, LaneCode.of(lane));
            select.setLong(2, from);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    step.add(StoredRecord.read(lane, rows));
                }
            }
        }
        return step;
    }

    private void bury(StoredRecord record) throws SQLException {
        LOG.error(
                "record is damaged, a tombstone takes its place: lane={} sequence={}",
                record.lane(),
                record.sequence());
        keep("record " + record.lane() + " " + record.sequence() + " " + record.eventId(), record.body());
        writer.bury(record.buried(Tombstone.Why.DAMAGED), record.body().length);
    }

    private void keep(String place, byte[] bytes) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO damaged(at, place, bytes) VALUES(?,?,?)")) {
            insert.setLong(1, writer.nowMillis());
            insert.setString(2, place);
            insert.setBytes(3, bytes.length > MOST_BYTES ? Arrays.copyOf(bytes, MOST_BYTES) : bytes);
            insert.executeUpdate();
        }
    }

    private void checkKeyed(String table, String key, String value) throws SQLException, PlaceLostException {
        List<byte[]> bad = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT " + key + ", " + value + ", crc, CAST(" + key + " AS BLOB) FROM " + table);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                String name = rows.getString(1);
                if (name == null) {
                    throw new PlaceLostException("a row of " + table + " has no key");
                }
                byte[] bytes = rows.getBytes(2);
                byte[] present = bytes == null ? new byte[0] : bytes;
                if (!KeyedRow.isIntact(name, present, rows.getLong(3))) {
                    bad.add(rows.getBytes(4));
                    keep(table + " " + name, present);
                }
            }
        }
        remove(table, key, bad);
    }

    private void checkEvidence() throws SQLException {
        remove("evidence", "evidence_id", EvidenceSalvage.unreadable(connection));
    }

    private void checkOrders() throws SQLException {
        List<byte[]> bad = new ArrayList<>();
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT order_id, CAST(order_id AS BLOB) FROM taken_order");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                if (!EvidenceSalvage.isId(rows.getString(1))) {
                    bad.add(rows.getBytes(2));
                }
            }
        }
        remove("taken_order", "order_id", bad);
    }

    /** By the bytes of its key: one that is no text any more is not what reading it as text makes of it. */
    private void remove(String table, String key, List<byte[]> bad) throws SQLException {
        for (byte[] name : bad) {
            LOG.error("row is damaged and removed: table={} key={}", table, new String(name, StandardCharsets.UTF_8));
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM " + table + " WHERE CAST(" + key + " AS BLOB)=?")) {
                delete.setBytes(1, name);
                delete.executeUpdate();
            }
        }
        otherRows += bad.size();
    }
}
