package io.fengsui.edge.spool;

import io.fengsui.edge.spool.store.Draft;
import io.fengsui.edge.spool.store.Gap;
import io.fengsui.edge.spool.store.Importance;
import io.fengsui.edge.spool.store.SpoolWriter;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Severity;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells what was lost: the first time at once, then not more often than every five minutes, each time with all that was
 * lost since. The telling event and the end of its gap are one transaction. Confined to {@code ring-spool}, but for
 * {@link #tellBy}.
 */
final class GapDesk {
    private static final long PAUSE_NANOS = Duration.ofMinutes(5).toNanos();

    private record Loss(Lane lane, Gap.Why why) {}

    private record Count(long events, int worst) {
        Count and(Count more) {
            return new Count(events + more.events, Math.max(worst, more.worst));
        }

        /** Null when nothing is left. */
        @Nullable
        Count without(Count less) {
            return events > less.events ? new Count(events - less.events, worst) : null;
        }
    }

    /** Not known to be on disk. */
    private final Map<Loss, Count> losses = new LinkedHashMap<>();

    /** What of them the last transaction has: more may be lost until it is known whether that one is on disk. */
    private final Map<Loss, Count> written = new LinkedHashMap<>();

    private volatile @Nullable GapTeller teller;
    private long tellAtNanos = Long.MIN_VALUE;
    private boolean isTold;

    void tellBy(GapTeller newTeller) {
        teller = newTeller;
    }

    /** An event found no place in memory while nothing could be written. */
    void refused(Event event) {
        count(event.lane(), Gap.Why.REFUSED, event.severity(), 1);
    }

    /** So many urgent events that no disk took were not told from memory either, or no more: they come late. */
    void untold(Severity severity, long events) {
        count(Lane.URGENT, Gap.Why.UNTOLD, severity, events);
    }

    private void count(Lane lane, Gap.Why why, Severity severity, long events) {
        losses.merge(new Loss(lane, why), new Count(events, Importance.of(severity)), Count::and);
    }

    boolean isEmpty() {
        return losses.isEmpty();
    }

    /** Within the transaction of a batch, last. */
    void writeTo(SpoolWriter writer, long nowNanos) throws SQLException {
        isTold = false;
        written.clear();
        written.putAll(losses);
        for (Map.Entry<Loss, Count> entry : written.entrySet()) {
            Loss loss = entry.getKey();
            Count count = entry.getValue();
            writer.gaps().add(loss.lane(), loss.why(), 0, 0, count.events(), count.worst(), writer.nowMillis());
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
        written.forEach((loss, count) -> losses.computeIfPresent(loss, (same, all) -> all.without(count)));
        written.clear();
        if (isTold) {
            tellAtNanos = nowNanos + PAUSE_NANOS;
            isTold = false;
        }
    }

    void rolledBack() {
        isTold = false;
        written.clear();
    }
}
