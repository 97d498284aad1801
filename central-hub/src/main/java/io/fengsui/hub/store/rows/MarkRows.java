package io.fengsui.hub.store.rows;

import io.fengsui.hub.evidence.mark.MarkTable;
import io.fengsui.hub.evidence.mark.PictureMark;
import io.fengsui.hub.store.WriterSession;
import java.util.Collection;

/** Rows of marks, on the writer's connection. Writer's thread only. */
public final class MarkRows implements MarkTable {
    private final WriterSession session;

    public MarkRows(WriterSession session) {
        this.session = session;
    }

    @Override
    public void write(Collection<PictureMark> marks) {
        RowBatch batch = RowBatch.upsert(session, "picture_mark", "event_id", "camera");
        for (PictureMark one : marks) {
            batch.set("event_id", one.event())
                    .set("camera", one.camera())
                    .set("mark", one.mark().label())
                    .set("note", one.note())
                    .set("marked_by", one.by())
                    .set("marked_at", one.at().toEpochMilli())
                    .add();
        }
        batch.write();
    }
}
