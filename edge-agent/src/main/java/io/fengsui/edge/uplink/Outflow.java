package io.fengsui.edge.uplink;

import io.fengsui.edge.spool.fault.Fault;
import io.fengsui.edge.spool.fault.Trial;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.link.RecordBatch;
import io.fengsui.protocol.wire.WireEnvelopes;
import io.fengsui.protocol.wire.v1.FromEdge;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a session sends next of all that waits, the most urgent first. Confined to {@code uplink}. */
final class Outflow {
    private static final Logger LOG = LoggerFactory.getLogger(Outflow.class);

    private final LinkContext context;
    private final SessionLanes lanes;
    private final Function<Event, FromEdge> encoder;

    Outflow(LinkContext context, SessionLanes lanes) {
        this(context, lanes, WireEnvelopes::volatileEvent);
    }

    /** @param encoder of single events */
    Outflow(LinkContext context, SessionLanes lanes, Function<Event, FromEdge> encoder) {
        this.context = context;
        this.lanes = lanes;
        this.encoder = encoder;
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
        VolatileQueue queue = context.volatileEvents();
        for (Event event = queue.poll(); event != null; event = queue.poll()) {
            FromEdge message = encoded(event);
            if (message != null) {
                context.meters().sentVolatile();
                return message;
            }
            queue.giveUp(event);
        }
        return null;
    }

    /** An alarm of now does not wait for those of an hour ago. */
    private @Nullable FromEdge pollAhead() {
        for (Event event = lanes.nextAhead(); event != null; event = lanes.nextAhead()) {
            FromEdge message = encoded(event);
            if (message != null) {
                context.meters().sentAhead();
                return message;
            }
        }
        return null;
    }

    /** Null when it cannot be: another try would come to the same, and hold all others. */
    private @Nullable FromEdge encoded(Event event) {
        try {
            return encoder.apply(event);
        } catch (RuntimeException | Error e) {
            if (Fault.of(e) == Fault.STORE || !isOfTheEvent()) {
                throw e;
            }
            context.meters().unsendable();
            LOG.error(
                    "an urgent event cannot be encoded and is not told from memory: event={} revision={} kind={}",
                    event.id(),
                    event.revision(),
                    event.kind(),
                    e);
            return null;
        }
    }

    /** Whether another one can be encoded. Else it is not this event's fault, and another session sends it. */
    private boolean isOfTheEvent() {
        try {
            return encoder.apply(Trial.event(Lane.URGENT, Phase.BEGUN).asVolatile())
                            .getSerializedSize()
                    > 0;
        } catch (RuntimeException | Error e) {
            LOG.debug("another one cannot be encoded either", e);
            return false;
        }
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
