package io.fengsui.edge.uplink;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.link.RecordBatch;
import io.fengsui.protocol.wire.WireEnvelopes;
import io.fengsui.protocol.wire.v1.FromEdge;
import org.jspecify.annotations.Nullable;

/** What a session sends next of all that waits, the most urgent first. Confined to {@code uplink}. */
final class Outflow {
    private final LinkContext context;
    private final SessionLanes lanes;

    Outflow(LinkContext context, SessionLanes lanes) {
        this.context = context;
        this.lanes = lanes;
    }

    /** Null when nothing waits, or the windows are full. */
    @Nullable
    FromEdge poll() {
        FromEdge fromMemory = pollVolatile();
        if (fromMemory != null) {
            return fromMemory;
        }
        FromEdge ahead = pollAhead();
        return ahead != null ? ahead : pollBatch();
    }

    /** What no disk takes goes first: it is urgent, and may be gone with the next power cut. */
    private @Nullable FromEdge pollVolatile() {
        Event event = context.volatileEvents().poll();
        if (event == null) {
            return null;
        }
        context.meters().sentVolatile();
        return WireEnvelopes.volatileEvent(event);
    }

    /** An alarm of now does not wait for those of an hour ago. */
    private @Nullable FromEdge pollAhead() {
        Event event = lanes.nextAhead();
        if (event == null) {
            return null;
        }
        context.meters().sentAhead();
        return WireEnvelopes.volatileEvent(event);
    }

    private @Nullable FromEdge pollBatch() {
        RecordBatch batch = lanes.next();
        if (batch == null) {
            return null;
        }
        context.meters().sent(batch.lane(), batch.records().size());
        return WireEnvelopes.fromEdge(batch);
    }
}
