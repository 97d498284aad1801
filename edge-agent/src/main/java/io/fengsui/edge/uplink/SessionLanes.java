package io.fengsui.edge.uplink;

import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.Acknowledgement;
import io.fengsui.protocol.link.LanePosition;
import io.fengsui.protocol.link.RecordBatch;
import io.fengsui.protocol.link.Welcome;
import io.fengsui.protocol.value.Sha256;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lanes of one session, from where hub and spool agree; urgent goes before bulk. All of one epoch: when the spool becomes
 * another one nothing is given any more. A lane that cannot be read is not served in this session, and hinders nothing else.
 * Confined to {@code uplink}.
 */
final class SessionLanes {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLanes.class);
    private static final long URGENT_BATCH_BYTES = 256 << 10;
    /** Small, so that an urgent record never waits behind much. */
    private static final long BULK_BATCH_BYTES = 32 << 10;

    private static final Duration BEFORE_READING_AGAIN = Duration.ofSeconds(20);

    @FunctionalInterface
    private interface Reading<T> {
        @Nullable
        T read();
    }

    /** A lane on which hub and spool tell two pasts. */
    record Fork(Lane lane, ResumePoint point) {}

    private final LinkContext context;
    private final Spool spool;
    private final String epoch;
    private final Map<Lane, LaneSender> senders = new EnumMap<>(Lane.class);
    private final Set<Lane> unreadable = EnumSet.noneOf(Lane.class);
    private final FreshAlarms fresh;
    private long unreadableNanos;
    private long unreadableGeneration;
    private boolean isOpen;

    /** @param epoch that the hub was told */
    SessionLanes(LinkContext context, String epoch) {
        this.context = context;
        this.spool = context.spool();
        this.epoch = epoch;
        this.fresh = new FreshAlarms(spool, context.reader(), context.time().steadyNanos());
    }

    /** Whether the hub has welcomed. */
    boolean isOpen() {
        return isOpen;
    }

    /** Whether the spool is still the one that the hub was told of. */
    boolean isCurrent() {
        return epoch.equals(spool.epoch());
    }

    /** Why another session is to begin; empty when none is. */
    String outdated() {
        if (!isCurrent()) {
            return "the spool is another one now";
        }
        boolean isDue = !unreadable.isEmpty()
                && (spool.generation() != unreadableGeneration
                        || context.time().steadyNanos() - unreadableNanos > BEFORE_READING_AGAIN.toNanos());
        return isDue ? "a lane could not be read, which is tried again" : "";
    }

    /** Opens every lane at the hub's position; the first that forked, null when none did. */
    @Nullable
    Fork open(Welcome welcome) {
        isOpen = true;
        for (Lane lane : Lane.values()) {
            LanePosition position = welcome.positions().stream()
                    .filter(p -> p.lane() == lane)
                    .findFirst()
                    .orElse(new LanePosition(lane, 0, Sha256.NONE));
            ResumePoint point = attempt(lane, () -> resumePoint(lane, position));
            if (point == null) {
                continue;
            }
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

    private ResumePoint resumePoint(Lane lane, LanePosition position) {
        byte[] ownHash = context.reader()
                .ask(disk -> disk.prefixHash(lane, position.position()))
                .orElse(null);
        return ResumePoint.decide(spool.lane(lane), position, ownHash);
    }

    private void resume(Lane lane, ResumePoint point, long windowBytes) {
        if (point.reason() != ResumePoint.ResumeReason.AGREED) {
            LOG.info(
                    "lane resumes elsewhere: lane={} reason={} hub-position={} next={}",
                    lane,
                    point.reason(),
                    point.hub().position(),
                    point.next());
            spool.rewind(lane, epoch, point.hub().position());
        }
        // Of both lanes: the newest alarms overtake a backlog of older ones.
        senders.put(lane, new LaneSender(lane, spool, context.reader(), new LaneWindow(windowBytes), point.next()));
    }

    /** What is read of a lane; null when it cannot be read, now or before, or is another spool's by now. */
    private <T> @Nullable T attempt(Lane lane, Reading<T> reading) {
        if (unreadable.contains(lane) || !isCurrent()) {
            return null;
        }
        long generation = spool.generation();
        try {
            T read = reading.read();
            // Once more: it may have been exchanged meanwhile.
            return isCurrent() ? read : null;
        } catch (SpoolException e) {
            if (unreadable.isEmpty()) {
                unreadableNanos = context.time().steadyNanos();
                // While the spool is being opened nobody reads: then the next connection is the time to try again.
                unreadableGeneration = generation;
            }
            unreadable.add(lane);
            LOG.warn("a lane cannot be read and is not served now: lane={} reason={}", lane, e.getMessage());
            return null;
        }
    }

    /** Opens the lane's window and tells the spool; false when the hub acknowledges what was not sent. */
    boolean acknowledge(Acknowledgement acknowledgement) {
        Lane lane = acknowledgement.lane();
        LaneSender sender = senders.get(lane);
        if (sender == null
                || !acknowledgement.epoch().equals(epoch)
                || !sender.acknowledge(
                        acknowledgement.position(), context.time().steadyNanos())) {
            return false;
        }
        context.meters().acknowledged(lane, sender.takeAcknowledged());
        spool.acknowledge(lane, epoch, acknowledgement.position());
        return true;
    }

    /** An urgent event that many older ones hinder; null when there is none. */
    @Nullable
    Event nextAhead() {
        LaneSender sender = senders.get(Lane.URGENT);
        return sender == null
                ? null
                : attempt(
                        Lane.URGENT,
                        () -> fresh.poll(sender.next(), context.time().steadyNanos()));
    }

    /** What to send next: urgent as long as there is any, then a little bulk; null when nothing is left or fits. */
    @Nullable
    RecordBatch next() {
        RecordBatch urgent = next(Lane.URGENT, URGENT_BATCH_BYTES);
        return urgent != null ? urgent : next(Lane.BULK, BULK_BATCH_BYTES);
    }

    private @Nullable RecordBatch next(Lane lane, long mostBytes) {
        LaneSender sender = senders.get(lane);
        return sender == null
                ? null
                : attempt(lane, () -> sender.poll(mostBytes, context.time().steadyNanos()));
    }

    /** Records of a lane that are committed and not sent in this session. */
    long unsent(Lane lane) {
        LaneSender sender = senders.get(lane);
        return sender != null
                ? sender.unsent()
                : Math.max(0, spool.lane(lane).last() - spool.lane(lane).acknowledged());
    }

    /** Whether every urgent record is sent and acknowledged. */
    boolean isUrgentDone() {
        LaneSender sender = senders.get(Lane.URGENT);
        return sender != null && isCurrent() && sender.isDone();
    }
}
