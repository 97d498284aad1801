package io.fengsui.edge.spool.room;

import io.fengsui.edge.spool.store.Gap;
import io.fengsui.edge.spool.store.Importance;
import io.fengsui.edge.spool.store.LaneCode;
import io.fengsui.edge.spool.store.LaneHead;
import io.fengsui.edge.spool.store.SpoolWriter;
import io.fengsui.edge.spool.store.StoredRecord;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Tombstone;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives up what waits, one small step after the other, when nothing acknowledged is left to forget. Bulk before urgent; in
 * a lane first revisions that a later one says too (nothing is lost by that), then the least important, oldest first, of
 * events that are over, and last those of open events. Of open urgent events nothing is ever given up. Each leaves a
 * tombstone under its own number and prefix hash, and is counted as a gap. Confined to {@code ring-spool}.
 */
final class Eviction {
    private static final int STEP = 256;
    /** What tells a loss must not be lost; there is one in five minutes at most. */
    private static final String TELLING = EventKind.RECORDS_DROPPED.value();

    /** How far one pass over a lane has come. */
    private static final class Pass {
        private final Lane lane;
        private final boolean isMerging;
        private final int level;
        private final boolean takesOpen;
        private long upTo;

        Pass(Lane lane, boolean isMerging, int level, boolean takesOpen) {
            this.lane = lane;
            this.isMerging = isMerging;
            this.level = level;
            this.takesOpen = takesOpen;
        }
    }

    private final List<Pass> passes = new ArrayList<>();
    private final Map<Lane, Long> acknowledgedBefore = new HashMap<>();
    private long evicted;
    private long merged;
    private long evictedBefore;
    private long mergedBefore;

    Eviction() {
        for (Lane lane : new Lane[] {Lane.BULK, Lane.URGENT}) {
            passes.add(new Pass(lane, true, 0, false));
            for (int level = 0; level < Importance.LEVELS; level++) {
                passes.add(new Pass(lane, false, level, false));
            }
            if (lane == Lane.BULK) {
                for (int level = 0; level < Importance.LEVELS; level++) {
                    passes.add(new Pass(lane, false, level, true));
                }
            }
        }
    }

    /** Records given up. */
    long evicted() {
        return evicted;
    }

    /** Records that a later revision made needless. */
    long merged() {
        return merged;
    }

    void committed() {
        evictedBefore = evicted;
        mergedBefore = merged;
    }

    /** The file is as it was: look again at everything. */
    void rolledBack() {
        evicted = evictedBefore;
        merged = mergedBefore;
        passes.forEach(pass -> pass.upTo = 0);
    }

    /** One step of the first pass that is not at its end. Returns whether there was one. */
    boolean step(SpoolWriter writer) throws SQLException {
        for (Pass pass : passes) {
            LaneHead head = writer.head(pass.lane);
            forgetWhenRewound(head);
            pass.upTo = Math.max(pass.upTo, head.acknowledged());
            if (pass.upTo < head.last()) {
                List<StoredRecord> window = window(writer, pass);
                pass.upTo = window.isEmpty() ? head.last() : window.getLast().sequence();
                if (pass.isMerging) {
                    merge(writer, window);
                } else {
                    evict(writer, pass, window);
                }
                return true;
            }
        }
        return false;
    }

    /** What was acknowledged is waiting again: all passes look at it. */
    private void forgetWhenRewound(LaneHead head) {
        Long before = acknowledgedBefore.put(head.lane(), head.acknowledged());
        if (before != null && head.acknowledged() < before) {
            passes.stream().filter(pass -> pass.lane == head.lane()).forEach(pass -> pass.upTo = head.acknowledged());
        }
    }

    private static List<StoredRecord> window(SpoolWriter writer, Pass pass) throws SQLException {
        List<StoredRecord> window = new ArrayList<>();
        try (PreparedStatement select = writer.connection()
                .prepareStatement("SELECT " + StoredRecord.COLUMNS
                        + " FROM record WHERE lane=? AND sequence>? ORDER BY sequence LIMIT " + STEP)) {
            select.setInt(1, LaneCode.of(pass.lane));
            select.setLong(2, pass.upTo);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    window.add(StoredRecord.read(pass.lane, rows));
                }
            }
        }
        return window;
    }

    private void merge(SpoolWriter writer, List<StoredRecord> window) throws SQLException {
        Map<String, Integer> newest = new HashMap<>();
        for (StoredRecord record : window) {
            if (isEvent(record)) {
                newest.merge(record.eventId(), record.revision(), Math::max);
            }
        }
        for (StoredRecord record : window) {
            boolean isSuperseded = isEvent(record) && record.revision() < newest.getOrDefault(record.eventId(), 0);
            if (isSuperseded && bury(writer, record, Tombstone.Why.MERGED)) {
                merged++;
            }
        }
    }

    /** Notes about events carry no revision. */
    private static boolean isEvent(StoredRecord record) {
        return record.importance() != Importance.GONE && record.revision() > 0;
    }

    private void evict(SpoolWriter writer, Pass pass, List<StoredRecord> window) throws SQLException {
        long first = 0;
        long last = 0;
        long count = 0;
        for (StoredRecord record : window) {
            boolean isMeant = record.importance() != Importance.GONE
                    && Importance.level(record.importance()) == pass.level
                    && !TELLING.equals(record.kind())
                    && (pass.takesOpen || !isOpen(writer, record));
            if (isMeant && bury(writer, record, Tombstone.Why.EVICTED)) {
                first = count == 0 ? record.sequence() : first;
                last = record.sequence();
                count++;
            }
        }
        if (count > 0) {
            evicted += count;
            writer.gaps().add(pass.lane, Gap.Why.EVICTED, first, last, count, pass.level, writer.nowMillis());
        }
    }

    private static boolean isOpen(SpoolWriter writer, StoredRecord record) throws SQLException {
        try (PreparedStatement select =
                writer.connection().prepareStatement("SELECT 1 FROM live_event WHERE event_id=? AND is_open=1")) {
            select.setString(1, record.eventId());
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Returns whether that makes it smaller. */
    private static boolean bury(SpoolWriter writer, StoredRecord record, Tombstone.Why why) throws SQLException {
        StoredRecord stone = record.buried(why);
        if (record.verdict() != StoredRecord.Verdict.INTACT || stone.body().length >= record.body().length) {
            return false;
        }
        writer.bury(stone, record.body().length);
        return true;
    }
}
