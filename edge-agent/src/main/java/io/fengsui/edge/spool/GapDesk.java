package io.fengsui.edge.spool;

import io.fengsui.edge.spool.store.Draft;
import io.fengsui.edge.spool.store.Gap;
import io.fengsui.edge.spool.store.Importance;
import io.fengsui.edge.spool.store.SpoolWriter;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells what was lost: the first time at once, then not more often than every five minutes, each time with all that was
 * lost since. The telling event and the end of its gap are one transaction. Confined to {@code ring-spool}, but for
 * {@link #tellBy}.
 */
final class GapDesk {
    private static final long PAUSE_NANOS = Duration.ofMinutes(5).toNanos();

    private static final class Refused {
        private long events;
        private int worst;
    }

    private final Map<Lane, Refused> refused = new EnumMap<>(Lane.class);
    private volatile @Nullable GapTeller teller;
    private long tellAtNanos = Long.MIN_VALUE;
    private boolean isWritten;
    private boolean isTold;

    void tellBy(GapTeller newTeller) {
        teller = newTeller;
    }

    /** An event found no place in memory while nothing could be written. */
    void refused(Event event) {
        Refused count = refused.computeIfAbsent(event.lane(), lane -> new Refused());
        count.events++;
        count.worst = Math.max(count.worst, Importance.of(event.severity()));
    }

    boolean isEmpty() {
        return refused.isEmpty();
    }

    /** Within the transaction of a batch, last. */
    void writeTo(SpoolWriter writer, long nowNanos) throws SQLException {
        isTold = false;
        isWritten = true;
        for (Map.Entry<Lane, Refused> entry : refused.entrySet()) {
            Refused count = entry.getValue();
            writer.gaps().add(entry.getKey(), Gap.Why.REFUSED, 0, 0, count.events, count.worst, writer.nowMillis());
        }
        GapTeller current = teller;
        if (current == null || nowNanos < tellAtNanos) {
            return;
        }
        for (Gap gap : writer.gaps().untold()) {
            writer.append(Draft.of(current.tell(gap, Instant.ofEpochMilli(writer.nowMillis()))));
            writer.gaps().told(gap);
            isTold = true;
        }
    }

    void committed(long nowNanos) {
        if (isWritten) {
            refused.clear();
            isWritten = false;
        }
        if (isTold) {
            tellAtNanos = nowNanos + PAUSE_NANOS;
            isTold = false;
        }
    }

    void rolledBack() {
        isTold = false;
        isWritten = false;
    }
}
