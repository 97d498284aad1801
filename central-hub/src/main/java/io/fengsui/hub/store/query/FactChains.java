package io.fengsui.hub.store.query;

import io.fengsui.hub.ticket.FactForm;
import io.fengsui.hub.ticket.RecordedFact;
import io.fengsui.hub.ticket.audit.ChainCheck;
import io.fengsui.protocol.value.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Hands the facts of all tickets to a check, a page of tickets at a time. Blocks. */
public final class FactChains {
    private static final int PAGE = 500;

    private record Ticket(String id, ChainCheck.Head head) {}

    private final Jdbi jdbi;

    public FactChains(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public void check(ChainCheck check) {
        String last = "";
        while (true) {
            String after = last;
            List<Ticket> page = jdbi.withHandle(handle -> page(handle, after, check));
            if (page.size() < PAGE) {
                return;
            }
            last = page.getLast().id();
        }
    }

    /** In one transaction, so that a ticket and its facts are of one moment. */
    private static List<Ticket> page(Handle handle, String after, ChainCheck check) {
        return handle.inTransaction(reading -> {
            List<Ticket> page = reading.createQuery(
                            "SELECT id, version, chain_hash FROM ticket WHERE id > :after ORDER BY id LIMIT :limit")
                    .bind("after", after)
                    .bind("limit", PAGE)
                    .map((rs, context) -> new Ticket(
                            rs.getString("id"), new ChainCheck.Head(rs.getLong("version"), hash(rs, "chain_hash"))))
                    .list();
            for (Ticket ticket : page) {
                check.ticket(ticket.id(), ticket.head(), facts(reading, ticket.id()));
            }
            return page;
        });
    }

    private static List<ChainCheck.Row> facts(Handle handle, String ticket) {
        return handle.createQuery("SELECT * FROM ticket_fact WHERE ticket_id = :ticket ORDER BY version")
                .bind("ticket", ticket)
                .map((rs, context) -> new ChainCheck.Row(
                        ticket,
                        rs.getLong("version"),
                        new RecordedFact.Stamp(Instant.ofEpochMilli(rs.getLong("at")), rs.getString("actor")),
                        new FactForm(
                                rs.getString("kind"),
                                rs.getString("from_state"),
                                rs.getString("to_state"),
                                rs.getString("note"),
                                rs.getString("detail")),
                        hash(rs, "payload_hash"),
                        hash(rs, "chain_hash")))
                .list();
    }

    private static Sha256 hash(ResultSet rs, String column) throws SQLException {
        byte[] bytes = rs.getBytes(column);
        return bytes.length == 32 ? Sha256.of(bytes) : Sha256.NONE;
    }
}
