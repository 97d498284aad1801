package io.fengsui.edge.uplink;

import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.spool.read.PatientReader;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.wire.MalformedMessageException;
import io.fengsui.protocol.wire.WireRecords;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest urgent events while many older ones wait for the line. A lane is acknowledged as a prefix, so it cannot be sent
 * newest first; instead a copy of what is new goes ahead, past the lane, and comes again in its turn: the hub knows an event
 * by its id and revision and takes it once. Bounded: of what came at once only the newest {@value #MOST}, and no more than so
 * many a second, so that copies take a third of a line of 1 Mbit/s at most. Confined to {@code uplink}.
 */
final class FreshAlarms {
    /** As many in front of it do not hinder an alarm. */
    static final int MOST = 64;

    private static final Logger LOG = LoggerFactory.getLogger(FreshAlarms.class);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long MOST_BYTES = 64 << 10;

    private final Spool spool;
    private final PatientReader reader;
    private final Deque<Event> waiting = new ArrayDeque<>();
    /** Up to here of the lane everything was sent, sent ahead, or is too old to be. */
    private long seen;

    private long secondBeganNanos;
    private int inSecond;

    /** Begins with the newest that are there. */
    FreshAlarms(Spool spool, PatientReader reader, long nowNanos) {
        this.spool = spool;
        this.reader = reader;
        this.seen = spool.lane(Lane.URGENT).last() - MOST;
        this.secondBeganNanos = nowNanos;
    }

    /**
     * The next to go ahead; null when there is none, or none is hindered.
     *
     * @param next the position of the lane that is sent next in its turn
     */
    @Nullable
    Event poll(long next, long nowNanos) {
        long last = spool.lane(Lane.URGENT).last();
        if (last - next < MOST) {
            seen = last;
            waiting.clear();
            return null;
        }
        if (nowNanos - secondBeganNanos >= SECOND) {
            secondBeganNanos = nowNanos;
            inSecond = 0;
        }
        if (inSecond >= MOST) {
            return null;
        }
        if (waiting.isEmpty() && last > seen) {
            read(Math.max(Math.max(seen, last - MOST), next - 1) + 1);
        }
        Event event = waiting.poll();
        inSecond += event == null ? 0 : 1;
        return event;
    }

    private void read(long from) {
        for (LaneRecord record : reader.ask(disk -> disk.records(Lane.URGENT, from, MOST, MOST_BYTES))) {
            seen = record.sequence();
            try {
                if (WireRecords.decode(record.body()) instanceof Event event) {
                    waiting.add(event);
                }
            } catch (MalformedMessageException e) {
                LOG.debug("a record goes in its turn only: sequence={}", record.sequence());
            }
        }
    }
}
