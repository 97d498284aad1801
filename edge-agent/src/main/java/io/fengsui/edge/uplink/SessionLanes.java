package io.fengsui.edge.uplink;

import io.fengsui.edge.spool.Spool;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.Acknowledgement;
import io.fengsui.protocol.link.LanePosition;
import io.fengsui.protocol.link.RecordBatch;
import io.fengsui.protocol.link.Welcome;
import io.fengsui.protocol.value.Sha256;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lanes of one session, from where hub and spool agree; urgent goes before bulk. Confined to {@code uplink}. */
final class SessionLanes {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLanes.class);
    private static final long URGENT_BATCH_BYTES = 256 << 10;
    /** Small, so that an urgent record never waits behind much. */
    private static final long BULK_BATCH_BYTES = 32 << 10;

    /** A lane on which hub and spool tell two pasts. */
    record Fork(Lane lane, ResumePoint point) {}

    private final LinkContext context;
    private final Spool spool;
    private final Map<Lane, LaneSender> senders = new EnumMap<>(Lane.class);
    private final FreshAlarms fresh;

    SessionLanes(LinkContext context) {
        this.context = context;
        this.spool = context.spool();
        this.fresh = new FreshAlarms(spool, context.reader(), context.time().steadyNanos());
    }

    /** Whether the hub has welcomed. */
    boolean isOpen() {
        return !senders.isEmpty();
    }

    /** Opens every lane at the hub's position; the first that forked, null when none did. */
    @Nullable
    Fork open(Welcome welcome) {
        for (Lane lane : Lane.values()) {
            LanePosition position = welcome.positions().stream()
                    .filter(p -> p.lane() == lane)
                    .findFirst()
                    .orElse(new LanePosition(lane, 0, Sha256.NONE));
            byte[] ownHash =
                    context.reader().prefixHash(lane, position.position()).orElse(null);
            ResumePoint point = ResumePoint.decide(spool.lane(lane), position, ownHash);
            if (point.reason().isFork()) {
                return new Fork(lane, point);
            }
            resume(lane, point, welcome.windowBytes());
        }
        LOG.info(
                "hub welcomes: session={} urgent-from={} bulk-from={}",
                welcome.sessionId(),
                spool.lane(Lane.URGENT).last() - unsent(Lane.URGENT) + 1,
                spool.lane(Lane.BULK).last() - unsent(Lane.BULK) + 1);
        return null;
    }

    private void resume(Lane lane, ResumePoint point, long windowBytes) {
        if (point.reason() != ResumePoint.ResumeReason.AGREED) {
            LOG.info(
                    "lane resumes elsewhere: lane={} reason={} hub-position={} next={}",
                    lane,
                    point.reason(),
                    point.hub().position(),
                    point.next());
            spool.rewind(lane, point.hub().position());
        }
        // Of both lanes: the newest alarms overtake a backlog of older ones.
        senders.put(lane, new LaneSender(lane, spool, context.reader(), new LaneWindow(windowBytes), point.next()));
    }

    /** Opens the lane's window and tells the spool; false when the hub acknowledges what was not sent. */
    boolean acknowledge(Acknowledgement acknowledgement) {
        Lane lane = acknowledgement.lane();
        LaneSender sender = senders.get(lane);
        if (sender == null
                || !acknowledgement.epoch().equals(spool.epoch())
                || !sender.acknowledge(
                        acknowledgement.position(), context.time().steadyNanos())) {
            return false;
        }
        context.meters().acknowledged(lane, sender.takeAcknowledged());
        spool.acknowledge(lane, acknowledgement.epoch(), acknowledgement.position());
        return true;
    }

    /** An urgent event that many older ones hinder; null when there is none. */
    @Nullable
    Event nextAhead() {
        return fresh.poll(sender(Lane.URGENT).next(), context.time().steadyNanos());
    }

    /** What to send next: urgent as long as there is any, then a little bulk; null when nothing is left or fits. */
    @Nullable
    RecordBatch next() {
        long now = context.time().steadyNanos();
        RecordBatch urgent = sender(Lane.URGENT).poll(URGENT_BATCH_BYTES, now);
        return urgent != null ? urgent : sender(Lane.BULK).poll(BULK_BATCH_BYTES, now);
    }

    /** Records of a lane that are committed and not sent in this session. */
    long unsent(Lane lane) {
        return sender(lane).unsent();
    }

    /** Whether every urgent record is sent and acknowledged. */
    boolean isUrgentDone() {
        return isOpen() && sender(Lane.URGENT).isDone();
    }

    private LaneSender sender(Lane lane) {
        LaneSender sender = senders.get(lane);
        if (sender == null) {
            throw new IllegalStateException("lane " + lane + " is not open before the welcome");
        }
        return sender;
    }
}
