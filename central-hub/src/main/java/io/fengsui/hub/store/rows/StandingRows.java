package io.fengsui.hub.store.rows;

import io.fengsui.hub.correlate.handed.StandingTable;
import io.fengsui.hub.store.WriterSession;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tickets of other writers' incidents, on the connection of the writer of tickets. Rows are locked in the order of
 * their ids, as {@link IncidentRows} does, so that two writers never wait for each other. Writer's thread only.
 */
public final class StandingRows implements StandingTable {
    private static final int AT_ONCE = 256;
    private static final String COMING =
            "SELECT DISTINCT incident FROM handover WHERE incident IN (?" + ", ?".repeat(AT_ONCE - 1) + ")";

    private final WriterSession session;

    public StandingRows(WriterSession session) {
        this.session = session;
    }

    @Override
    public @Nullable String ticket(String incident) {
        List<Standing> found = Lookup.list(
                session,
                "SELECT ticket_id FROM incident WHERE id = ?",
                row -> new Standing(incident, row.getString(1)),
                incident);
        return found.isEmpty() ? null : found.getFirst().ticket();
    }

    @Override
    public Set<String> coming(Collection<String> incidents) {
        Set<String> found = new HashSet<>();
        List<String> all = List.copyOf(incidents);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            @Nullable Object[] some = new Object[AT_ONCE];
            for (int i = 0; i < AT_ONCE; i++) {
                some[i] = all.get(Math.min(from + i, all.size() - 1));
            }
            found.addAll(Lookup.list(session, COMING, row -> row.getString(1), some));
        }
        return found;
    }

    @Override
    public void write(Collection<Standing> standings) {
        List<Standing> ordered = standings.stream()
                .sorted(Comparator.comparing(Standing::incident))
                .toList();
        try {
            PreparedStatement statement = session.prepared("UPDATE incident SET ticket_id = ? WHERE id = ?");
            for (Standing one : ordered) {
                statement.setString(1, one.ticket());
                statement.setString(2, one.incident());
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new RowsException("incident", e);
        }
    }
}
