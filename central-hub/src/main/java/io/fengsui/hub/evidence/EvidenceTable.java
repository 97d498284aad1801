package io.fengsui.hub.evidence;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Rows of evidence; used by the shard's writer inside its transaction. */
public interface EvidenceTable {
    @Nullable
    EvidenceRow find(String evidence);

    void write(Collection<EvidenceRow> rows);
}
