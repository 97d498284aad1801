package io.fengsui.edge.spool.store;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.RecordBody;
import io.fengsui.protocol.Tombstone;
import io.fengsui.protocol.wire.MalformedMessageException;
import io.fengsui.protocol.wire.WireRecords;
import java.util.UUID;

/** Bytes of records: the only place here that knows how a record is written. Pure. */
public final class Bodies {
    /** Stands for an id or kind that cannot be read any more. */
    private static final EventId UNKNOWN_EVENT = new EventId(new UUID(0x7000, 0x8000_0000_0000_0000L));

    private static final EventKind UNKNOWN_KIND = new EventKind("unknown.unknown");

    private Bodies() {}

    public static byte[] encode(RecordBody body) {
        return WireRecords.encode(body);
    }

    public static Event decodeEvent(byte[] body) throws MalformedMessageException {
        if (WireRecords.decode(body) instanceof Event event) {
            return event;
        }
        throw new MalformedMessageException("body: not an event");
    }

    /** What stands for a record that is gone. */
    public static byte[] tombstone(Tombstone.Why why, String eventId, int revision, String kind) {
        EventId id = UNKNOWN_EVENT;
        EventKind knownKind = UNKNOWN_KIND;
        try {
            id = EventId.parse(eventId);
            knownKind = new EventKind(kind);
        } catch (IllegalArgumentException e) {
            // The row is damaged beyond its body: the position is what counts.
        }
        return encode(new Tombstone(why, id, Math.max(0, revision), knownKind));
    }
}
