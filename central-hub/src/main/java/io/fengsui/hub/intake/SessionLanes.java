package io.fengsui.hub.intake;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.link.LanePosition;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.link.RecordBatch;
import io.fengsui.protocol.link.Refusal;
import io.fengsui.protocol.wire.MalformedMessageException;
import io.fengsui.protocol.wire.WireRecords;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of one session: checked, handed to the log, and acknowledged once the log has committed them. The cursors
 * under this object's lock, which is never held while the session or the log is called.
 */
final class SessionLanes {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLanes.class);

    private final Intake intake;
    private final EdgeSession session;
    private final Pulse pulse;
    private final Map<Lane, LaneCursor> cursors = new EnumMap<>(Lane.class);

    SessionLanes(Intake intake, EdgeSession session, Pulse pulse) {
        this.intake = intake;
        this.session = session;
        this.pulse = pulse;
    }

    /** Serves these lanes, each from its committed position on. */
    synchronized void open(List<LanePosition> positions) {
        positions.forEach(position -> cursors.put(position.lane(), new LaneCursor(position)));
    }

    void take(RecordBatch batch, Hello.Identity who) throws MalformedMessageException {
        if (!batch.epoch().equals(who.epoch())) {
            throw new MalformedMessageException("records of epoch " + batch.epoch() + " in a session of another");
        }
        LaneCursor.Checked checked;
        long unacknowledged;
        long position;
        synchronized (this) {
            LaneCursor cursor = cursors.get(batch.lane());
            if (cursor == null) {
                throw new MalformedMessageException("lane " + batch.lane() + " is not served");
            }
            checked = cursor.check(batch);
            unacknowledged = cursor.unacknowledgedBytes();
            position = cursor.position();
        }
        switch (checked.reason()) {
            case GAP -> throw new MalformedMessageException("a gap after position " + position + " of " + batch.lane());
            case WRONG_HASH -> {
                String detail = "a prefix hash after position " + position + " of " + batch.lane() + " does not follow";
                intake.sessions().tellFork(new EventLog.Fork(who.edge(), who.epoch(), false, detail));
                session.refuse(Refusal.Cause.FORK, detail);
            }
            case KNOWN -> {
                intake.counts().took(0, batch.records().size());
                // Known, but perhaps not committed yet: the log says up to where it is.
                append(who, batch, 0);
            }
            case NEWS -> {
                if (unacknowledged > 2 * intake.settings().windowBytes()) {
                    throw new MalformedMessageException("more than the window is unacknowledged");
                }
                int fresh = checked.fresh().size();
                intake.counts().took(fresh, batch.records().size() - fresh);
                date(who, checked.fresh().getLast());
                append(who, new RecordBatch(batch.lane(), batch.epoch(), checked.fresh()), checked.bytes());
            }
        }
    }

    /** Batches of an edge whose clock is being set are small: their last record speaks for all. */
    private void date(Hello.Identity who, LaneRecord record) {
        try {
            if (WireRecords.decode(record.body()) instanceof Event event) {
                pulse.dated(event.times().revised(), who.edge());
            }
        } catch (MalformedMessageException e) {
            LOG.debug("a record has no time: edge={} reason={}", who.edge(), e.getMessage());
        }
    }

    private void append(Hello.Identity who, RecordBatch batch, long bytes) {
        if (!intake.log().append(who.edge(), batch, reply -> onAppended(who, batch, bytes, reply))) {
            session.refuse(Refusal.Cause.OVERLOADED, "the hub is busy");
        }
    }

    private void onAppended(Hello.Identity who, RecordBatch batch, long bytes, EventLog.Appended reply) {
        Lane lane = batch.lane();
        switch (reply) {
            case EventLog.Appended.Committed(long position) -> {
                release(lane, bytes);
                session.acknowledge(lane, position);
                // What was known before was asked about before.
                if (bytes > 0) {
                    intake.questions().committed(who.edge(), batch);
                }
            }
            case EventLog.Appended.Elsewhere(long position) ->
                session.refuse(
                        Refusal.Cause.OVERLOADED, "the hub stands at " + position + " of " + lane + ": greet again");
            case EventLog.Appended.Failed(String detail) -> {
                LOG.warn("records could not be committed edge={}: {}", who.edge(), detail);
                session.refuse(Refusal.Cause.OVERLOADED, "the hub cannot write now");
            }
        }
    }

    private synchronized void release(Lane lane, long bytes) {
        LaneCursor cursor = cursors.get(lane);
        if (cursor != null) {
            cursor.acknowledged(bytes);
        }
    }
}
