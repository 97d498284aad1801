package io.fengsui.edge.spool.repair;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.spool.store.Bodies;
import io.fengsui.edge.spool.store.Draft;
import io.fengsui.edge.spool.store.EvidenceRow;
import io.fengsui.edge.spool.store.EvidenceRows;
import io.fengsui.edge.spool.store.Gap;
import io.fengsui.edge.spool.store.GapTable;
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
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
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

    /** How much is taken over; what is not is counted as given up. */
    enum Extent {
        ALL,
        /** What waits in the urgent lane, and everything but records. */
        URGENT,
        NOTHING;

        private boolean takes(Lane lane) {
            return this == ALL || this == URGENT && lane == Lane.URGENT;
        }
    }

    private final Exchange.Source source;
    private final PageScan scan;
    private final Why why;
    private final Extent extent;
    private final SpoolWriter target;
    private final Map<String, Long> places = new HashMap<>();
    private final Map<String, Integer> revisions = new HashMap<>();
    /** The newest revision of each event in the table of live ones. */
    private final Map<String, Integer> kept = new HashMap<>();

    private final Set<Lane> trusted = EnumSet.noneOf(Lane.class);
    /** Lanes that seem to have had nothing yet. */
    private final Set<Lane> empty = EnumSet.noneOf(Lane.class);

    private final Set<Long> gapsTaken = new HashSet<>();
    private long lostRecords;
    private long lostRows;

    /**
     * @param source what SQLite reads of the old file
     * @param scan of the old file's pages
     */
    Rebuild(Exchange.Source source, PageScan scan, Why why, Extent extent, SpoolWriter target) {
        this.source = source;
        this.scan = scan;
        this.why = why;
        this.extent = extent;
        this.target = target;
    }

    /** One transaction on the new file, whose failures are the only ones that are thrown. */
    RepairReport run(long nowMillis) throws SQLException {
        target.begin(nowMillis, 0);
        target.putMeta("epoch", UUID.randomUUID().toString());
        Connection readable = source.connection();
        lostRows = source.missing();
        for (Lane lane : Lane.values()) {
            lane(readable, lane);
        }
        Set<Lane> uncounted = uncounted();
        for (Lane lane : uncounted) {
            target.gaps().add(lane, Gap.Why.DAMAGED, 0, 0, 0, 0, nowMillis);
        }
        if (readable != null) {
            gaps(readable);
            states(readable);
            events(readable);
            evidence(readable);
            orders(readable);
        }
        if (lostRows > 0 && extent != Extent.NOTHING) {
            new ToldEvents(target, revisions).complete(kept);
        }
        target.commit(0);
        return new RepairReport(lostRecords, lostRows, uncounted, null);
    }

    /** Where a lane's end is not known, or what lies behind the damage cannot be looked at. */
    private Set<Lane> uncounted() {
        Set<Lane> uncounted = EnumSet.allOf(Lane.class);
        if (why == Why.RENEWAL) {
            uncounted.clear();
        } else if (why == Why.DAMAGE || !scan.isBlind()) {
            uncounted.removeAll(trusted);
            if (!trusted.isEmpty()) {
                uncounted.removeAll(empty);
            }
        }
        return uncounted;
    }

    private void lane(@Nullable Connection readable, Lane lane) throws SQLException {
        LaneHead head = readable == null ? null : head(readable, lane);
        // A lane that had nothing yet has no head, and neither has one whose head is gone.
        boolean isTrusted = head != null && head.isIntact() && head.last() > 0 && head.last() >= head.first() - 1;
        long first;
        long last;
        if (isTrusted && head != null) {
            trusted.add(lane);
            first = Math.max(head.first(), head.acknowledged() + 1);
            last = head.last();
        } else {
            first = readable == null ? 0 : RecordSalvage.edge(readable, lane, false);
            last = Math.max(readable == null ? 0 : RecordSalvage.edge(readable, lane, true), scan.last(lane));
            first = Math.max(1, first == 0 ? scan.first(lane) : first);
            if (last == 0 && head != null && head.isIntact() && head.last() == 0) {
                empty.add(lane);
            }
        }
        if (why == Why.LOG_DAMAGE) {
            last = Math.max(last, scan.last(lane));
        }
        if (last < first || last == 0) {
            return;
        }
        if (!extent.takes(lane)) {
            giveUp(lane, first, last);
            return;
        }
        long whole = new RecordSalvage(readable, scan, lane, this::append).read(first, last);
        long lost = last - first + 1 - whole;
        if (lost > 0) {
            lostRecords += lost;
            target.gaps().add(lane, Gap.Why.DAMAGED, first, last, lost, 0, target.nowMillis());
        }
    }

    private void giveUp(Lane lane, long first, long last) throws SQLException {
        lostRecords += last - first + 1;
        target.gaps().add(lane, Gap.Why.EVICTED, first, last, last - first + 1, 0, target.nowMillis());
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

    /** What was lost before, and is not told yet. */
    private void gaps(Connection readable) throws SQLException {
        lostRows += new TableSalvage<>(readable, GapTable::read, this::putGap).run(GapTable.COLUMNS, "gap", "id");
    }

    private void putGap(Gap gap) throws SQLException {
        if (gapsTaken.add(gap.id())) {
            target.gaps()
                    .add(
                            gap.lane(),
                            gap.why(),
                            gap.first(),
                            gap.last(),
                            gap.records(),
                            gap.worst(),
                            gap.since().toEpochMilli());
        }
    }

    private void states(Connection readable) throws SQLException {
        lostRows += new TableSalvage<>(readable, Keyed::read, this.<Keyed>kept(this::putState))
                .run("key, value, crc, 0", "rule_state", "key");
    }

    /** Takes a row over, or counts it where nothing is. */
    private <T> TableSalvage.Writing<T> kept(TableSalvage.Writing<T> writing) {
        return extent == Extent.NOTHING ? row -> lostRows++ : writing;
    }

    private void putState(Keyed state) throws SQLException {
        target.change(new Slot.StateChange(state.key(), state.value()));
    }

    private void events(Connection readable) throws SQLException {
        lostRows += new TableSalvage<>(readable, Keyed::read, this.<Keyed>kept(this::putEvent))
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
        // A row can be there twice, once as it was before.
        if (kept.merge(live.key(), event.revision(), Math::max) > event.revision()) {
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
                        this.<EvidenceRow>kept(row -> EvidenceSalvage.put(target.connection(), row, places)))
                .run(EvidenceRows.COLUMNS, "evidence", "evidence_id");
    }

    private void orders(Connection readable) throws SQLException {
        try (PreparedStatement insert =
                target.connection().prepareStatement("INSERT OR IGNORE INTO taken_order(order_id, at) VALUES(?,?)")) {
            lostRows += new TableSalvage<String>(
                            readable,
                            row -> EvidenceSalvage.isId(row.getString(1)) ? row.getString(1) : null,
                            this.<String>kept(order -> {
                                insert.setString(1, order);
                                insert.setLong(2, target.nowMillis());
                                insert.executeUpdate();
                            }))
                    .run("order_id", "taken_order", "order_id");
        }
    }
}
