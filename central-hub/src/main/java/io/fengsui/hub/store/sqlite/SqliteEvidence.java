package io.fengsui.hub.store.sqlite;

import io.fengsui.hub.evidence.EvidenceRow;
import io.fengsui.hub.evidence.EvidenceTable;
import io.fengsui.protocol.EvidenceState;
import io.fengsui.protocol.value.Sha256;
import java.util.Collection;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Rows of evidence, on the writer's connection. Writer's thread only. */
public final class SqliteEvidence implements EvidenceTable {
    private final Handle handle;

    public SqliteEvidence(Handle writer) {
        this.handle = writer;
    }

    @Override
    public @Nullable EvidenceRow find(String evidence) {
        return handle.createQuery("SELECT * FROM evidence WHERE evidence_id = :id")
                .bind("id", evidence)
                .map((rs, context) -> new EvidenceRow(
                        rs.getString("evidence_id"),
                        new EvidenceRow.Owner(
                                rs.getString("edge"), rs.getString("event_id"), rs.getString("ticket_id")),
                        Columns.constant(EvidenceState.class, rs.getString("state")),
                        new EvidenceRow.Content(
                                rs.getString("media_type"),
                                new Sha256(rs.getString("sha256")),
                                rs.getLong("size"),
                                Columns.optionalInstant(rs, "taken_at"),
                                Columns.optionalInstant(rs, "received_at")),
                        rs.getString("lost_reason")))
                .findOne()
                .orElse(null);
    }

    @Override
    public void write(Collection<EvidenceRow> rows) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT OR REPLACE INTO evidence (evidence_id, event_id, ticket_id, edge, media_type, state, sha256,
                    size, taken_at, received_at, lost_reason)
                VALUES (:id, :event, :ticket, :edge, :type, :state, :sha256, :size, :taken, :received, :lost)""");
        for (EvidenceRow row : rows) {
            batch.bind("id", row.id())
                    .bind("event", row.owner().event())
                    .bind("ticket", row.owner().ticket())
                    .bind("edge", row.owner().edge())
                    .bind("type", row.content().mediaType())
                    .bind("state", Columns.label(row.state()))
                    .bind("sha256", row.content().sha256().hex())
                    .bind("size", row.content().size())
                    .bind("taken", Columns.millis(row.content().taken()))
                    .bind("received", Columns.millis(row.content().received()))
                    .bind("lost", row.lostReason())
                    .add();
        }
        SqliteLedger.execute(batch);
    }
}
