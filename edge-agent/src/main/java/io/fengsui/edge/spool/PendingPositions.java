package io.fengsui.edge.spool;

import io.fengsui.edge.spool.store.SpoolWriter;
import io.fengsui.protocol.Lane;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the hub said of each lane and the writer has not written yet: newest word only, so nothing piles up. It need not be
 * on disk at once, because at each hello the hub's word rules. What was said of another epoch than the spool's is not taken.
 * Thread-safe.
 */
final class PendingPositions {
    private final Map<Lane, Long> said = new EnumMap<>(Lane.class);
    private final Map<Lane, Long> applied = new EnumMap<>(Lane.class);
    private String epoch = "";

    /** From now on the spool is this one. */
    synchronized void begin(String newEpoch) {
        if (!newEpoch.equals(epoch)) {
            said.clear();
            applied.clear();
            epoch = newEpoch;
        }
    }

    synchronized boolean isEmpty() {
        return said.isEmpty();
    }

    synchronized void set(Lane lane, String of, long position) {
        if (of.equals(epoch)) {
            said.put(lane, position);
        }
    }

    /** Only forward, from what was said last or else from what is written. */
    synchronized void advance(Lane lane, String of, long position, long written) {
        Long last = said.get(lane);
        if (of.equals(epoch) && position > (last == null ? written : last)) {
            said.put(lane, position);
        }
    }

    private synchronized @Nullable Long apply(Lane lane) {
        Long position = said.get(lane);
        if (position != null) {
            applied.put(lane, position);
        }
        return position;
    }

    /** On the writer's thread, within its transaction. */
    void writeTo(SpoolWriter writer) throws SQLException {
        for (Lane lane : Lane.values()) {
            Long position = apply(lane);
            if (position != null) {
                writer.moveAcknowledged(lane, position);
            }
        }
    }

    /** What was applied is on disk. */
    synchronized void committed() {
        applied.forEach((lane, position) -> said.remove(lane, position));
        applied.clear();
    }
}
