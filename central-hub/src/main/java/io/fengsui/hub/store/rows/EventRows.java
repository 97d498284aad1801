package io.fengsui.hub.store.rows;

import static io.fengsui.hub.store.rows.Columns.label;

import io.fengsui.hub.correlate.EventState;
import io.fengsui.hub.correlate.EventTable;
import io.fengsui.hub.store.WriterSession;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.wire.MalformedMessageException;
import io.fengsui.protocol.wire.WireRecords;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of events, on the writer's connection. Writer's thread only. */
public final class EventRows implements EventTable {
    /** How many a statement looks up: each mark costs a search, also one that is filled up. */
    private static final int[] AT_ONCE = {1, 4, 16, 64};

    private static final String[] FIND_ALL = Arrays.stream(AT_ONCE)
            .mapToObj(marks -> "SELECT * FROM event WHERE event_id IN (?" + ", ?".repeat(marks - 1) + ")")
            .toArray(String[]::new);

    private final WriterSession session;
    private final boolean isShared;

    /** @param isShared whether others write the table too, who may have an event of the same id */
    public EventRows(WriterSession session, boolean isShared) {
        this.session = session;
        this.isShared = isShared;
    }

    @Override
    public @Nullable EventState find(String event) {
        return Lookup.one(session, "SELECT * FROM event WHERE event_id = ?", EventRows::state, event);
    }

    @Override
    public Map<String, EventState> findAll(Collection<String> ids) {
        Map<String, EventState> found = new HashMap<>();
        List<String> all = List.copyOf(ids);
        int from = 0;
        while (from < all.size()) {
            int which = smallest(all.size() - from);
            @Nullable Object[] some = new Object[AT_ONCE[which]];
            for (int i = 0; i < some.length; i++) {
                some[i] = from + i < all.size() ? all.get(from + i) : "";
            }
            Lookup.list(session, FIND_ALL[which], EventRows::state, some)
                    .forEach(state -> found.put(state.id(), state));
            from += some.length;
        }
        return found;
    }

    /** Which statement takes so many, or the largest there is. */
    private static int smallest(int many) {
        int which = 0;
        while (which < AT_ONCE.length - 1 && AT_ONCE[which] < many) {
            which++;
        }
        return which;
    }

    @Override
    public List<String> open(String edge) {
        return session.handle()
                .createQuery("""
                        SELECT event_id FROM event WHERE edge = :edge AND phase IN ('begun', 'updated')
                        ORDER BY event_id""")
                .bind("edge", edge)
                .mapTo(String.class)
                .list();
    }

    @Override
    public List<String> edgesWithOpenEvents() {
        return session.handle()
                .createQuery("SELECT DISTINCT edge FROM event WHERE phase IN ('begun', 'updated') ORDER BY edge")
                .mapTo(String.class)
                .list();
    }

    private static EventState state(ResultSet rs) throws SQLException {
        byte[] body = rs.getBytes("body");
        try {
            if (!(WireRecords.decode(body) instanceof Event event)) {
                throw new IllegalStateException("the row of event " + rs.getString("event_id") + " holds no event");
            }
            return new EventState(
                    event,
                    new EventState.Times(
                            Columns.instant(rs, "occurred_at"),
                            Columns.instant(rs, "revised_at"),
                            Columns.instant(rs, "received_at")),
                    rs.getString("incident_id"),
                    rs.getBoolean("is_unconfirmed"),
                    body);
        } catch (MalformedMessageException e) {
            throw new IllegalStateException("the row of event " + rs.getString("event_id") + " is damaged", e);
        }
    }

    @Override
    public void write(Collection<EventState> events) {
        RowBatch batch = RowBatch.upsert(session, "event", "event_id");
        if (isShared) {
            batch.onlySame("edge");
        }
        for (EventState state : events) {
            Event event = state.event();
            Event.Origin origin = event.origin();
            batch.set("event_id", state.id())
                    .set("revision", event.revision())
                    .set("phase", label(event.phase()))
                    .set("kind", event.kind().value())
                    .set("severity", label(event.severity()))
                    .set("lane", label(event.lane()))
                    .set("edge", origin.edge())
                    .set("site", origin.site())
                    .set("source_type", label(origin.source().type()))
                    .set("source_id", origin.source().id())
                    .set("zone", origin.source().zone())
                    .set("subject", origin.subject())
                    .set("grid", origin.place().grid())
                    .set("dedup_key", event.dedupKey())
                    .set("occurred_at", state.times().occurred().toEpochMilli())
                    .set("revised_at", state.times().revised().toEpochMilli())
                    .set("received_at", state.times().received().toEpochMilli())
                    .set("incident_id", state.incident())
                    .set("is_replayed", event.marks().isReplayed() ? 1 : 0)
                    .set("is_volatile", event.marks().isVolatile() ? 1 : 0)
                    .set("is_unconfirmed", state.isUnconfirmed() ? 1 : 0)
                    .set("body", state.body())
                    .add();
        }
        batch.write();
    }
}
