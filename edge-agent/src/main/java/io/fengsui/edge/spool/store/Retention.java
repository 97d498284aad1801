package io.fengsui.edge.spool.store;

import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Tombstone;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the spool within its limits, in small steps inside the writer's transaction. When room runs out the oldest
 * acknowledged records go first, then the bodies of waiting bulk records, oldest first, each leaving a tombstone under its
 * own number and prefix hash. Urgent records are never touched. Confined to {@code ring-spool}.
 */
public final class Retention {
    private static final int STEP = 256;
    private static final int MOST_STEPS = 64;
    private static final long SPARE_PAGES = 64;
    private static final Duration KEEP_SETTLED = Duration.ofDays(7);

    private final SpoolSettings settings;
    private long evicted;
    private long quarantineDropped;
    private long evictedUpTo;

    public Retention(SpoolSettings settings) {
        this.settings = settings;
    }

    long evicted() {
        return evicted;
    }

    long quarantineDropped() {
        return quarantineDropped;
    }

    /** Drops what is older than it is kept for: at most one step a lane. */
    public void upkeep(SpoolWriter writer) throws SQLException {
        long oldest = writer.nowMillis() - settings.keepAcknowledged().toMillis();
        for (Lane lane : Lane.values()) {
            prune(writer, writer.head(lane), oldest, settings.keepAcknowledgedBytes());
        }
        capQuarantine(writer.connection());
        long settled = writer.nowMillis() - KEEP_SETTLED.toMillis();
        delete(
                writer.connection(),
                "DELETE FROM evidence WHERE evidence_id IN (SELECT evidence_id FROM evidence"
                        + " WHERE state='LOST' AND updated<? LIMIT " + STEP + ")",
                settled);
        delete(writer.connection(), "DELETE FROM taken_order WHERE at<?", settled);
    }

    /** Whether {@link #upkeep} would find something at once. */
    public boolean isOverBudget(SpoolWriter writer) {
        for (Lane lane : Lane.values()) {
            LaneHead head = writer.head(lane);
            if (head.bytes > settings.keepAcknowledgedBytes() && head.first <= head.acknowledged) {
                return true;
            }
        }
        return false;
    }

    /** Makes room for a batch of this many bytes, as far as there is something to give up. */
    public void makeRoom(SpoolWriter writer, long batchBytes) throws SQLException {
        long needed = SPARE_PAGES + 2 * batchBytes / SpoolSettings.PAGE_BYTES;
        for (int step = 0; step < MOST_STEPS && freePages(writer.connection()) < needed; step++) {
            int removed = 0;
            for (Lane lane : Lane.values()) {
                removed += prune(writer, writer.head(lane), Long.MAX_VALUE, 0);
            }
            if (removed == 0 && evictBulk(writer) == 0) {
                return;
            }
        }
    }

    private long freePages(Connection connection) throws SQLException {
        long used = SpoolSchema.number(connection, "PRAGMA page_count")
                - SpoolSchema.number(connection, "PRAGMA freelist_count");
        return settings.maxPages() - used;
    }

    /** Deletes acknowledged records written before {@code oldest}, and more while the lane is over {@code budget}. */
    private static int prune(SpoolWriter writer, LaneHead head, long oldest, long budget) throws SQLException {
        if (head.first > head.acknowledged) {
            return 0;
        }
        long upTo = head.first - 1;
        long bytes = 0;
        byte[] hash = head.beforeFirstHash;
        int count = 0;
        try (PreparedStatement select = writer.connection()
                .prepareStatement("SELECT sequence, created_wall, length(body), prefix_hash FROM record"
                        + " WHERE lane=? AND sequence<=? ORDER BY sequence LIMIT " + STEP)) {
            select.setInt(1, LaneCode.of(head.lane));
            select.setLong(2, head.acknowledged);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next() && (rows.getLong(2) < oldest || head.bytes - bytes > budget)) {
                    upTo = rows.getLong(1);
                    bytes += rows.getLong(3);
                    hash = rows.getBytes(4);
                    count++;
                }
            }
        }
        if (count > 0) {
            try (PreparedStatement delete =
                    writer.connection().prepareStatement("DELETE FROM record WHERE lane=? AND sequence<=?")) {
                delete.setInt(1, LaneCode.of(head.lane));
                delete.setLong(2, upTo);
                delete.executeUpdate();
            }
            head.first = upTo + 1;
            head.beforeFirstHash = hash;
            head.bytes -= bytes;
            head.isDirty = true;
        }
        return count;
    }

    private record Victim(long sequence, String eventId, int revision, String kind, int size) {}

    private int evictBulk(SpoolWriter writer) throws SQLException {
        LaneHead head = writer.head(Lane.BULK);
        List<Victim> victims = victims(writer, head);
        try (PreparedStatement update = writer.connection()
                .prepareStatement("UPDATE record SET body=?, crc32c=? WHERE lane=? AND sequence=?")) {
            for (Victim victim : victims) {
                evictedUpTo = victim.sequence();
                byte[] body =
                        Bodies.tombstone(Tombstone.Why.EVICTED, victim.eventId(), victim.revision(), victim.kind());
                if (body.length >= victim.size()) {
                    continue;
                }
                update.setBytes(1, body);
                update.setLong(2, Bodies.crc(Lane.BULK, victim.sequence(), body));
                update.setInt(3, LaneCode.BULK);
                update.setLong(4, victim.sequence());
                update.executeUpdate();
                head.bytes += body.length - victim.size();
                head.isDirty = true;
                evicted++;
            }
        }
        return victims.size();
    }

    private List<Victim> victims(SpoolWriter writer, LaneHead head) throws SQLException {
        List<Victim> victims = new ArrayList<>();
        try (PreparedStatement select = writer.connection()
                .prepareStatement("SELECT sequence, event_id, revision, kind, length(body) FROM record"
                        + " WHERE lane=? AND sequence>? ORDER BY sequence LIMIT " + STEP)) {
            select.setInt(1, LaneCode.BULK);
            select.setLong(2, Math.max(evictedUpTo, head.acknowledged));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    victims.add(new Victim(
                            rows.getLong(1), rows.getString(2), rows.getInt(3), rows.getString(4), rows.getInt(5)));
                }
            }
        }
        return victims;
    }

    private void capQuarantine(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM quarantine WHERE id <= (SELECT max(id) FROM quarantine) - ?")) {
            delete.setLong(1, settings.quarantineRows());
            quarantineDropped += delete.executeUpdate();
        }
    }

    private static void delete(Connection connection, String sql, long before) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setLong(1, before);
            delete.executeUpdate();
        }
    }
}
