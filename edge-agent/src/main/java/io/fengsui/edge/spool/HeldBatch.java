package io.fengsui.edge.spool;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.spool.store.Draft;
import io.fengsui.edge.spool.store.SpoolWriter;
import io.fengsui.protocol.Event;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slots taken and not yet known to be on disk, their events encoded. Bounded by count and bytes, the last quarter for
 * urgent slots; a full batch refuses the newest. Written in portions, so that one transaction never needs more room than a
 * nearly full disk has. Confined to {@code ring-spool}.
 */
final class HeldBatch {
    private static final Logger LOG = LoggerFactory.getLogger(HeldBatch.class);

    static final int MOST_PORTIONS = 64;
    private static final long MOST_BYTES = 32L << 20;
    /** Of one transaction; and when the disk has little room. */
    private static final long PORTION_BYTES = 2L << 20;

    private static final long SMALL_PORTION_BYTES = 256L << 10;
    /** As often a slot fails of itself before it is set aside. */
    static final int MOST_FAILURES = 3;

    private static final class Held {
        private final Slot slot;
        private final List<Draft> drafts;
        private final long bytes;
        private int failures;

        Held(Slot slot, List<Draft> drafts, long bytes) {
            this.slot = slot;
            this.drafts = drafts;
            this.bytes = bytes;
        }
    }

    private final int mostSlots;
    private final Function<Event, Draft> encoder;
    private final List<Held> held = new ArrayList<>();
    private long bytes;
    private int attempted;
    private long portion = PORTION_BYTES;
    /** No more of them at a time, while it is looked for one that cannot be written. */
    private int mostAttempted = Integer.MAX_VALUE;
    /** The one that is just being written. */
    private boolean isWriting;

    HeldBatch(int mostSlots) {
        this(mostSlots, Draft::of);
    }

    HeldBatch(int mostSlots, Function<Event, Draft> encoder) {
        this.mostSlots = mostSlots;
        this.encoder = encoder;
    }

    boolean isFull(boolean isUrgent) {
        int slots = isUrgent ? mostSlots : mostSlots - mostSlots / 4;
        long most = isUrgent ? MOST_BYTES : MOST_BYTES - MOST_BYTES / 4;
        return held.size() >= slots || bytes >= most;
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    int size() {
        return held.size();
    }

    void keepPortionsSmall(boolean isSmall) {
        portion = isSmall ? SMALL_PORTION_BYTES : PORTION_BYTES;
    }

    /** Of the portion that is written next. */
    long portionBytes() {
        return Math.min(bytes, portion);
    }

    /**
     * Encodes the slot's events. One that cannot be is left out, and the slot is held without it: a reading whose acknowledgement
     * waited for it would be sent again for ever. Returns those left out.
     */
    List<Event> add(Slot slot) {
        List<Draft> drafts = new ArrayList<>(slot.events().size());
        List<Event> kept = new ArrayList<>(slot.events().size());
        List<Event> leftOut = new ArrayList<>();
        long added = 0;
        for (Event event : slot.events()) {
            try {
                Draft draft = encoder.apply(event);
                drafts.add(draft);
                kept.add(event);
                added += draft.body().length;
            } catch (RuntimeException | Error e) {
                leftOut.add(event);
                LOG.error("an event cannot be encoded and is lost: event={} kind={}", event.id(), event.kind(), e);
            }
        }
        for (Slot.StateChange change : slot.stateChanges()) {
            added += change.value().length;
        }
        Slot written = leftOut.isEmpty()
                ? slot
                : new Slot(kept, slot.stateChanges(), slot.quarantined(), slot.afterCommit(), slot.decidedNanos());
        held.add(new Held(written, drafts, added));
        bytes += added;
        return leftOut;
    }

    /** Writes the oldest slots, as many as fit one transaction, and at least one. */
    void writeTo(SpoolWriter writer) throws SQLException {
        attempted = 0;
        isWriting = false;
        long written = 0;
        for (Held one : held) {
            if (attempted > 0 && (written + one.bytes > portion || attempted >= mostAttempted)) {
                return;
            }
            isWriting = true;
            write(one, writer);
            isWriting = false;
            written += one.bytes;
            attempted++;
        }
    }

    private static void write(Held one, SpoolWriter writer) throws SQLException {
        for (Draft draft : one.drafts) {
            writer.append(draft);
        }
        for (Slot.StateChange change : one.slot.stateChanges()) {
            writer.change(change);
        }
        for (var payload : one.slot.quarantined()) {
            writer.quarantine(payload);
        }
    }

    /** The last attempt is on disk: gives its events and forgets its slots. */
    List<Event> committed() {
        List<Held> done = held.subList(0, attempted);
        List<Event> events = new ArrayList<>();
        for (Held one : done) {
            events.addAll(one.slot.events());
            bytes -= one.bytes;
        }
        done.clear();
        attempted = 0;
        // What failed once may not fail again: those behind it are not to have an fsync each.
        boolean isAll = held.isEmpty() || mostAttempted > Integer.MAX_VALUE / 2;
        mostAttempted = isAll ? Integer.MAX_VALUE : 2 * mostAttempted;
        return events;
    }

    /**
     * The last attempt is not on disk, and what failed was not the disk. The next ones take less, those before the one that fails
     * or half of them, until one fails alone; what fails for the third time is taken out and given.
     */
    Optional<Slot> blame() {
        boolean isKnown = isWriting;
        isWriting = false;
        int suspect = isKnown ? attempted : 0;
        if (!isKnown && attempted != 1 || suspect >= held.size()) {
            mostAttempted = Math.max(1, attempted / 2);
            return Optional.empty();
        }
        attempted = 0;
        Held one = held.get(suspect);
        one.failures++;
        if (one.failures < MOST_FAILURES) {
            mostAttempted = Math.max(1, suspect);
            return Optional.empty();
        }
        held.remove(suspect);
        bytes -= one.bytes;
        mostAttempted = Integer.MAX_VALUE;
        return Optional.of(one.slot);
    }
}
