package io.fengsui.hub.shard;

import io.fengsui.hub.shard.stage.Change;
import java.util.List;

/** Told of the changes of each committed batch, in order, on the writer's thread: it must be quick and must not throw. */
@FunctionalInterface
public interface CommitListener {
    void onCommit(List<Change> changes);
}
