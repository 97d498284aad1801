package io.fengsui.hub.sla;

import io.fengsui.hub.correlate.ClockOffsets;
import io.fengsui.hub.fleet.Edge;
import io.fengsui.hub.fleet.EdgeTable;
import io.fengsui.hub.shard.ForkBook;
import io.fengsui.hub.shard.stage.Rows;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The edges as the shard's writer sees them. Writer's thread only. */
public final class EdgeBook implements ClockOffsets, ForkBook {
    private static final int KEPT = 10_000;

    private final EdgeTable table;
    private final Rows<String, Edge> edges;

    public EdgeBook(EdgeTable table) {
        this.table = table;
        this.edges = new Rows<>(KEPT, table::find);
    }

    @Nullable
    Edge find(String edge) {
        return edges.get(edge);
    }

    void put(Edge edge) {
        edges.put(edge.id(), edge);
    }

    EdgeTable table() {
        return table;
    }

    @Override
    public Duration offset(String edge) {
        Edge known = edges.get(edge);
        return known == null ? Duration.ZERO : known.clockOffset();
    }

    @Override
    public @Nullable String forkedEpoch(String edge) {
        Edge known = edges.get(edge);
        return known == null ? null : known.forkedEpoch();
    }

    void write() {
        edges.write(table::write);
    }

    void forget() {
        edges.forget();
    }
}
