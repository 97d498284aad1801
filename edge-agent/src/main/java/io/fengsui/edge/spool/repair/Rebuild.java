package io.fengsui.edge.spool.repair;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.spool.store.Bodies;
import io.fengsui.edge.spool.store.Draft;
import io.fengsui.edge.spool.store.EvidenceRow;
import io.fengsui.edge.spool.store.EvidenceRows;
import io.fengsui.edge.spool.store.Gap;
import io.fengsui.edge.spool.store.Importance;
import io.fengsui.edge.spool.store.KeyedRow;
import io.fengsui.edge.spool.store.LaneHead;
import io.fengsui.edge.spool.store.SpoolWriter;
import io.fengsui.edge.spool.store.StoredRecord;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.wire.MalformedMessageException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Moves what can be read of a spool into an empty one with an epoch of its own: waiting records in their order, rule
 * state, open events, evidence and orders. What is missing is counted as a gap. Sending a record again under another epoch
 * does no harm: the hub knows it by its event and revision. Confined to the thread that uses it.
 */
final class Rebuild {
    /** What it is for. */
    enum Why {
        /** Nothing is wrong with the file. */
        RENEWAL,
        DAMAGE,
        /** Records lie in the log that SQLite does not read. */
        LOG_DAMAGE
    }

    private final @Nullable Connection source;
    private final PageScan scan;
    private final Why why;
    private final SpoolWriter target;
    private final Map<String, Long> places = new HashMap<>();
    private final Map<String, Integer> revisions = new HashMap<>();
    private int trusted;
    private long lostRecords;
    private long lostRows;

    /**
     * @param source null when SQLite reads nothing of the old file
     * @param scan of the old file's pages
     */
    Rebuild(@Nullable Connection source, PageScan scan, Why why, SpoolWriter target) {
        this.source = source;
        this.scan = scan;
        this.why = why;
        this.target = target;
    }

    /** One transaction on the new file. */
    RepairReport run(long nowMillis) throws SQLException {
        target.begin(nowMillis, 0);
        target.putMeta("epoch", UUID.randomUUID().toString());
        Connection readable = source;
        for (Lane lane : Lane.values()) {
            lane(readable, lane);
        }
        boolean isCounted = why == Why.RENEWAL || trusted > 0;
        if (!isCounted) {
            target.gaps().add(Lane.URGENT, Gap.Why.DAMAGED, 0, 0, 0, 0, nowMillis);
        }
        if (readable != null) {
            states(readable);
            events(readable);
            evidence(readable);
            orders(readable);
        }
        target.commit(0);
        return new RepairReport(lostRecords, lostRows, isCounted, null);
    }

    private void lane(@Nullable Connection readable, Lane lane) throws SQLException {
        LaneHead head = readable == null ? null : head(readable, lane);
        // A lane that had nothing yet has no head, and neither has one whose head is gone.
        boolean isTrusted = head != null && head.isIntact() && head.last() > 0 && head.last() >= head.first() - 1;
        long first;
        long last;
        if (isTrusted && head != null) {
            trusted++;
            first = Math.max(head.first(), head.acknowledged() + 1);
            last = head.last();
        } else {
            first = readable == null ? 0 : RecordSalvage.edge(readable, lane, false);
            last = readable == null ? 0 : RecordSalvage.edge(readable, lane, true);
            first = first == 0 ? scan.first(lane) : first;
            last = last == 0 ? scan.last(lane) : last;
        }
        if (why == Why.LOG_DAMAGE) {
            last = Math.max(last, scan.last(lane));
        }
        if (last < first || last == 0) {
            return;
        }
        long whole = new RecordSalvage(readable, scan, lane, this::append).read(Math.max(1, first), last);
        long lost = last - Math.max(1, first) + 1 - whole;
        if (lost > 0) {
            lostRecords += lost;
            target.gaps().add(lane, Gap.Why.DAMAGED, first, last, lost, 0, target.nowMillis());
        }
    }

    private static @Nullable LaneHead head(Connection readable, Lane lane) {
        try {
            return LaneHead.read(readable, lane);
        } catch (SQLException e) {
            return null;
        }
    }

    private void append(StoredRecord record) throws SQLException {
        if (record.importance() == Importance.GONE) {
            return;
        }
        long place = target.append(new Draft(
                record.lane(),
                record.eventId(),
                record.revision(),
                record.kind(),
                record.importance(),
                record.body(),
                null));
        if (record.revision() > 0) {
            places.put(record.eventId(), place);
            revisions.merge(record.eventId(), record.revision(), Math::max);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // as it lies in the file; never compared
    private record Keyed(String key, byte[] value, boolean isOpen) {
        static @Nullable Keyed read(ResultSet row) throws SQLException {
            String key = row.getString(1);
            byte[] value = row.getBytes(2);
            boolean isSane = key != null && value != null && KeyedRow.isIntact(key, value, row.getLong(3));
            return isSane ? new Keyed(key, value, row.getInt(4) == 1) : null;
        }
    }

    private void states(Connection readable) throws SQLException {
        lostRows += new TableSalvage<>(readable, Keyed::read, this::putState)
                .run("key, value, crc, 0", "rule_state", "key");
    }

    private void putState(Keyed state) throws SQLException {
        target.change(new Slot.StateChange(state.key(), state.value()));
    }

    private void events(Connection readable) throws SQLException {
        lostRows += new TableSalvage<>(readable, Keyed::read, this::putEvent)
                .run("event_id, body, crc, is_open", "live_event", "event_id");
    }

    /** An open event is told again when its newest revision is not among the records: the hub must know that it stands. */
    private void putEvent(Keyed live) throws SQLException {
        Event event;
        try {
            event = Bodies.decodeEvent(live.value());
        } catch (MalformedMessageException e) {
            lostRows++;
            return;
        }
        target.live().keep(event, live.value());
        boolean isTold = revisions.getOrDefault(live.key(), 0) >= event.revision();
        if (event.phase().isOpen() && !isTold) {
            places.put(live.key(), target.append(Draft.of(event)));
            revisions.put(live.key(), event.revision());
        }
    }

    private void evidence(Connection readable) throws SQLException {
        lostRows += new TableSalvage<EvidenceRow>(
                        readable,
                        row -> EvidenceSalvage.parse(row).orElse(null),
                        row -> EvidenceSalvage.put(target.connection(), row, places))
                .run(EvidenceRows.COLUMNS, "evidence", "evidence_id");
    }

    private void orders(Connection readable) throws SQLException {
        try (PreparedStatement insert =
                target.connection().prepareStatement("INSERT OR IGNORE INTO taken_order(order_id, at) VALUES(?,?)")) {
            lostRows += new TableSalvage<String>(
                            readable,
                            row -> EvidenceSalvage.isId(row.getString(1)) ? row.getString(1) : null,
                            order -> {
                                insert.setString(1, order);
                                insert.setLong(2, target.nowMillis());
                                insert.executeUpdate();
                            })
                    .run("order_id", "taken_order", "order_id");
        }
    }
}
