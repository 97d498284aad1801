package io.fengsui.hub.store.rows;

import io.fengsui.hub.shard.Ledger;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.store.WriterSession;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What shards hand over, on a writer's connection. Everything of an older plan comes before anything of a newer one, since
 * an edge may have been another shard's then. Writer's thread only.
 */
final class HandoverRows {
    /** Read at once: a body may have a megabyte. */
    private static final long MOST_BYTES = 16L << 20;

    private static final int FETCHED = 32;

    private static final String ELDEST_PLAN = "(SELECT MIN(plan) FROM handover)";
    private static final String HANDING =
            "SELECT DISTINCT shard FROM handover WHERE plan = " + ELDEST_PLAN + " ORDER BY shard";

    private static final String SELECT = "SELECT plan, shard, \"offset\", part, edge, body FROM handover WHERE ";
    private static final String ORDER = " ORDER BY \"offset\", part LIMIT ?";
    private static final String FIRST = SELECT + "plan = " + ELDEST_PLAN + " AND shard = ?" + ORDER;
    private static final String UP_TO = "plan = ? AND shard = ? AND (\"offset\", part) <= (?, ?)";

    private final WriterSession session;

    HandoverRows(WriterSession session) {
        this.session = session;
    }

    void add(long plan, Collection<Ledger.Handover> handovers) {
        RowBatch batch = RowBatch.insert(session, "handover");
        for (Ledger.Handover one : handovers) {
            batch.set("plan", plan)
                    .set("shard", one.shard())
                    .set("\"offset\"", one.offset())
                    .set("part", one.part())
                    .set("edge", one.handed().edge())
                    .set("incident", one.handed().incident())
                    .set("at", one.at().toEpochMilli())
                    .set("body", one.handed().bytes())
                    .add();
        }
        batch.write();
    }

    List<Integer> handing() {
        return Lookup.list(session, HANDING, row -> row.getInt(1));
    }

    Ledger.Handovers first(int shard, Input.@Nullable From upTo, int limit) {
        return upTo == null
                ? read(FIRST, limit, shard, limit)
                : read(SELECT + UP_TO + ORDER, limit, upTo.plan(), upTo.shard(), upTo.offset(), upTo.part(), limit);
    }

    private Ledger.Handovers read(String sql, int limit, Object... values) {
        try {
            PreparedStatement statement = session.prepared(sql);
            statement.setFetchSize(FETCHED);
            for (int i = 0; i < values.length; i++) {
                RowBatch.bind(statement, i + 1, values[i]);
            }
            List<Input.HandedOver> found = new ArrayList<>();
            long bytes = 0;
            try (ResultSet rows = statement.executeQuery()) {
                while (bytes < MOST_BYTES && rows.next()) {
                    Input.HandedOver one = handedOver(rows);
                    bytes += one.bytes().length;
                    found.add(one);
                }
            }
            return new Ledger.Handovers(found, found.size() == limit || bytes >= MOST_BYTES);
        } catch (SQLException e) {
            throw new RowsException("handover", e);
        }
    }

    private static Input.HandedOver handedOver(ResultSet row) throws SQLException {
        Input.From from = new Input.From(row.getLong(1), row.getInt(2), row.getLong(3), row.getInt(4));
        return new Input.HandedOver(from, row.getString(5), row.getBytes(6));
    }

    Ledger.Waiting waiting(int most) {
        Ledger.Waiting found = Lookup.one(
                session,
                "SELECT COUNT(*), MIN(at) FROM (SELECT at FROM handover LIMIT " + most + ") AS counted",
                row -> new Ledger.Waiting(
                        row.getInt(1), row.getInt(1) == 0 ? null : Instant.ofEpochMilli(row.getLong(2))));
        return Objects.requireNonNull(found, "a count has a row");
    }

    /**
     * What {@link #first} gave: everything of its plan and shard up to the last of it, in one statement. A shard's later
     * commits add later ones only.
     */
    void delete(List<Input.HandedOver> taken) {
        Input.From last = Objects.requireNonNull(taken.getLast().from());
        try {
            PreparedStatement statement = session.prepared("DELETE FROM handover WHERE " + UP_TO);
            statement.setLong(1, last.plan());
            statement.setInt(2, last.shard());
            statement.setLong(3, last.offset());
            statement.setInt(4, last.part());
            int deleted = statement.executeUpdate();
            if (deleted != taken.size()) {
                throw new IllegalStateException(deleted + " handovers of shard " + last.shard()
                        + " were deleted, and not the " + taken.size() + " that were taken over");
            }
        } catch (SQLException e) {
            throw new RowsException("handover", e);
        }
    }
}
