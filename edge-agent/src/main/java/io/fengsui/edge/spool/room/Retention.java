package io.fengsui.edge.spool.room;

import io.fengsui.edge.spool.store.LaneCode;
import io.fengsui.edge.spool.store.LaneHead;
import io.fengsui.edge.spool.store.SpoolSchema;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.edge.spool.store.SpoolWriter;
import io.fengsui.protocol.Lane;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Keeps the spool within its limits, in small steps inside the writer's transaction. Room is what the page limit leaves, or
 * the file system where others have filled it. When it runs out the oldest acknowledged records go first, then what
 * {@link Eviction} gives up. Confined to {@code ring-spool}.
 */
public final class Retention {
    private static final int STEP = 256;
    private static final int MOST_STEPS = 64;
    private static final int MOST_STEPS_WHEN_SHORT = 4;
    private static final long SPARE_PAGES = 64;
    /** Room on the disk that the log needs beside the database's own pages. */
    private static final long LOG_BYTES = 6 << 20;

    private static final Duration KEEP_SETTLED = Duration.ofDays(7);

    private final SpoolSettings settings;
    private final Ballast ballast;
    private final Eviction eviction = new Eviction();
    private long quarantineDropped;
    private boolean isDiskShort;

    public Retention(SpoolSettings settings, Ballast ballast) {
        this.settings = settings;
        this.ballast = ballast;
    }

    long evicted() {
        return eviction.evicted();
    }

    long merged() {
        return eviction.merged();
    }

    /** The disk had no room for a commit: from now on the file system's room counts, until there is plenty again. */
    public void diskWasFull() {
        isDiskShort = true;
    }

    public boolean isDiskShort() {
        return isDiskShort;
    }

    /** What was given up since the last commit is given up. */
    public void committed() {
        eviction.committed();
    }

    /** It is not: the transaction failed. */
    public void rolledBack() {
        eviction.rolledBack();
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
            if (head.bytes() > settings.keepAcknowledgedBytes() && head.first() <= head.acknowledged()) {
                return true;
            }
        }
        return false;
    }

    /** Makes room for a batch of this many bytes, as far as there is something to give up. */
    public void makeRoom(SpoolWriter writer, long batchBytes) throws SQLException {
        long needed = SPARE_PAGES + 2 * batchBytes / SpoolSettings.PAGE_BYTES;
        // With little room for the log, little is changed at a time.
        int most = isDiskShort ? MOST_STEPS_WHEN_SHORT : MOST_STEPS;
        for (int step = 0; step < most && freePages(writer.connection()) < needed; step++) {
            int removed = 0;
            for (Lane lane : Lane.values()) {
                removed += prune(writer, writer.head(lane), Long.MAX_VALUE, 0);
            }
            if (removed == 0 && !eviction.step(writer)) {
                return;
            }
        }
    }

    private long freePages(Connection connection) throws SQLException {
        long free = SpoolSchema.number(connection, "PRAGMA freelist_count");
        long used = SpoolSchema.number(connection, "PRAGMA page_count") - free;
        long ofLimit = settings.maxPages() - used;
        if (!isDiskShort) {
            return ofLimit;
        }
        long usable = ballast.usable();
        if (usable > 2 * Math.max(settings.ballastBytes(), LOG_BYTES)) {
            isDiskShort = false;
            return ofLimit;
        }
        long log = Math.min(LOG_BYTES, settings.ballastBytes() / 2);
        return Math.min(ofLimit, free + Math.max(0, usable - log) / SpoolSettings.PAGE_BYTES);
    }

    /** Bytes that the database can still take before something is given up. */
    long roomBytes(Connection connection) throws SQLException {
        return Math.max(0, freePages(connection)) * SpoolSettings.PAGE_BYTES;
    }

    /** Deletes acknowledged records written before {@code oldest}, and more while the lane is over {@code budget}. */
    private static int prune(SpoolWriter writer, LaneHead head, long oldest, long budget) throws SQLException {
        if (head.first() > head.acknowledged()) {
            return 0;
        }
        long upTo = head.first() - 1;
        long bytes = 0;
        byte[] hash = new byte[0];
        int count = 0;
        try (PreparedStatement select = writer.connection()
                .prepareStatement("SELECT sequence, created_wall, length(body), prefix_hash FROM record"
                        + " WHERE lane=? AND sequence<=? ORDER BY sequence LIMIT " + STEP)) {
            select.setInt(1, LaneCode.of(head.lane()));
            select.setLong(2, head.acknowledged());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next() && (rows.getLong(2) < oldest || head.bytes() - bytes > budget)) {
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
                delete.setInt(1, LaneCode.of(head.lane()));
                delete.setLong(2, upTo);
                delete.executeUpdate();
            }
            head.forget(upTo, hash, bytes);
        }
        return count;
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
