package io.fengsui.hub.fleet;

import io.fengsui.protocol.Source;
import io.fengsui.protocol.link.Hello;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of edges and of what they have; used by the shard's writer inside its transaction. */
public interface EdgeTable {
    @Nullable
    Edge find(String edge);

    List<Edge> all();

    void write(Collection<Edge> edges);

    /** Replaces the cameras and sensors of these edges. */
    void writeInventories(Map<String, Hello.Inventory> inventories);

    /** What people call a camera or sensor of this edge; null when it has none of that id. */
    @Nullable
    SourceInfo source(String edge, Source source);
}
