package io.fengsui.hub.store.rows;

import io.fengsui.hub.evidence.EvidenceRow;
import io.fengsui.hub.evidence.EvidenceTable;
import io.fengsui.hub.store.WriterSession;
import io.fengsui.protocol.EvidenceState;
import io.fengsui.protocol.value.Sha256;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Rows of evidence, on the writer's connection. Writer's thread only. */
public final class EvidenceRows implements EvidenceTable {
    private final WriterSession session;

    public EvidenceRows(WriterSession session) {
        this.session = session;
    }

    @Override
    public @Nullable EvidenceRow find(String evidence) {
        return session.handle()
                .createQuery("SELECT * FROM evidence WHERE evidence_id = :id")
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
        RowBatch batch = RowBatch.upsert(session, "evidence", "evidence_id");
        for (EvidenceRow row : rows) {
            batch.set("evidence_id", row.id())
                    .set("event_id", row.owner().event())
                    .set("ticket_id", row.owner().ticket())
                    .set("edge", row.owner().edge())
                    .set("media_type", row.content().mediaType())
                    .set("state", Columns.label(row.state()))
                    .set("sha256", row.content().sha256().hex())
                    .set("size", row.content().size())
                    .set("taken_at", Columns.millis(row.content().taken()))
                    .set("received_at", Columns.millis(row.content().received()))
                    .set("lost_reason", row.lostReason())
                    .add();
        }
        batch.write();
    }
}
