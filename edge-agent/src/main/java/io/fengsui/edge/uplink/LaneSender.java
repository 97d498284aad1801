package io.fengsui.edge.uplink;

import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.spool.read.PatientReader;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.link.RecordBatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a lane is on its way in one session: a window in bytes between the hub's acknowledgement and the next record to
 * send. Confined to {@code uplink}.
 */
final class LaneSender {
    private static final int MOST_RECORDS = 512;

    private record Flight(long last, long bytes, long sentNanos) {}

    private final Lane lane;
    private final Spool spool;
    private final PatientReader reader;
    private final LaneWindow window;
    private final String epoch;
    private final Deque<Flight> flights = new ArrayDeque<>();
    private long next;
    private long acknowledged;
    private long acknowledgedBefore;
    private long bytesInFlight;

    LaneSender(Lane lane, Spool spool, PatientReader reader, LaneWindow window, long next) {
        this.lane = lane;
        this.spool = spool;
        this.reader = reader;
        this.window = window;
        this.epoch = spool.epoch();
        this.next = next;
        this.acknowledged = next - 1;
        this.acknowledgedBefore = next - 1;
    }

    /** The next batch to send; null when there is none or the window is full. A lone record may exceed the window. */
    @Nullable
    RecordBatch poll(long mostBytes, long nowNanos) {
        long room = window.bytes() - bytesInFlight;
        if (next > spool.lane(lane).last() || room <= 0) {
            return null;
        }
        // Half a window at a time, so that acknowledgements keep the line busy.
        long most = Math.min(Math.min(mostBytes, room), window.bytes() / 2);
        long from = next;
        List<LaneRecord> records = reader.ask(disk -> disk.records(lane, from, MOST_RECORDS, most));
        if (records.isEmpty() || records.getFirst().sequence() != next) {
            requireHeld();
            throw reader.ask(disk -> disk.missing(lane, from));
        }
        long bytes = records.stream().mapToLong(record -> record.body().length).sum();
        if (bytes > room && !flights.isEmpty()) {
            return null;
        }
        next = records.getLast().sequence() + 1;
        bytesInFlight += bytes;
        flights.add(new Flight(next - 1, bytes, nowNanos));
        return new RecordBatch(lane, epoch, records);
    }

    /** What was acknowledged once is given up one day, and a hub that was rewound may ask for it just then: no damage. */
    private void requireHeld() {
        long first = spool.lane(lane).first();
        if (next < first) {
            throw new SpoolException(
                    "lane " + lane + " does not hold record " + next + " any more, only from " + first);
        }
    }

    /** Opens the window; false when the hub acknowledges what this session has not sent. */
    boolean acknowledge(long position, long nowNanos) {
        if (position >= next) {
            return false;
        }
        acknowledged = Math.max(acknowledged, position);
        while (!flights.isEmpty() && flights.getFirst().last() <= position) {
            Flight landed = flights.removeFirst();
            bytesInFlight -= landed.bytes();
            window.acknowledged(landed.bytes(), nowNanos - landed.sentNanos());
        }
        return true;
    }

    /** Records acknowledged since the last call. */
    long takeAcknowledged() {
        long taken = acknowledged - acknowledgedBefore;
        acknowledgedBefore = acknowledged;
        return taken;
    }

    /** The position that is sent next. */
    long next() {
        return next;
    }

    /** Records committed and not sent in this session. */
    long unsent() {
        return Math.max(0, spool.lane(lane).last() - next + 1);
    }

    boolean isDone() {
        return flights.isEmpty() && unsent() == 0;
    }
}
