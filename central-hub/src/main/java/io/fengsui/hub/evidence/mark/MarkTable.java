package io.fengsui.hub.evidence.mark;

import java.util.Collection;

/** Rows of marks; used by the shard's writer inside its transaction. */
@FunctionalInterface
public interface MarkTable {
    void write(Collection<PictureMark> marks);
}
