package io.fengsui.edge.spool;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.spool.fault.AllFailException;
import io.fengsui.edge.spool.fault.Blame;
import io.fengsui.edge.spool.fault.Fault;
import io.fengsui.edge.spool.fault.Trial;
import io.fengsui.edge.spool.store.Draft;
import io.fengsui.edge.spool.store.SpoolWriter;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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
    /** So many others are tried to find one that can be written. */
    private static final int MOST_TRIED = 64;

    private static final class Held {
        private final Slot slot;
        /** Null until they could be encoded. */
        private @Nullable List<Draft> drafts;

        private long bytes;
        private int failures;

        Held(Slot slot, @Nullable List<Draft> drafts, long bytes) {
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
     * waited for it would be sent again for ever. Where nothing can be encoded just now it is held as it is. Returns those left out.
     */
    List<Event> add(Slot slot) {
        List<Draft> drafts = new ArrayList<>(slot.events().size());
        List<Event> kept = new ArrayList<>(slot.events().size());
        List<Event> leftOut = new ArrayList<>();
        for (Event event : slot.events()) {
            try {
                drafts.add(encoder.apply(event));
                kept.add(event);
            } catch (RuntimeException | Error e) {
                if (!isOfTheEvent(e)) {
                    LOG.error("no event can be encoded just now, they are held as they are: kind={}", event.kind(), e);
                    held.add(new Held(slot, null, 0));
                    return List.of();
                }
                leftOut.add(event);
                LOG.error("an event cannot be encoded and is lost: event={} kind={}", event.id(), event.kind(), e);
            }
        }
        Slot written = leftOut.isEmpty()
                ? slot
                : new Slot(kept, slot.stateChanges(), slot.quarantined(), slot.afterCommit(), slot.decidedNanos());
        long added = bytesOf(written, drafts);
        held.add(new Held(written, drafts, added));
        bytes += added;
        return leftOut;
    }

    /** Whether others can be encoded. */
    private boolean isOfTheEvent(Throwable thrown) {
        if (Fault.of(thrown) == Fault.STORE) {
            return false;
        }
        try {
            return encoder.apply(Trial.event(Lane.URGENT, Phase.INSTANT)).body().length > 0;
        } catch (RuntimeException | Error e) {
            LOG.debug("another one cannot be encoded either", e);
            return false;
        }
    }

    private static long bytesOf(Slot slot, List<Draft> drafts) {
        long sum = 0;
        for (Draft draft : drafts) {
            sum += draft.body().length;
        }
        for (Slot.StateChange change : slot.stateChanges()) {
            sum += change.value().length;
        }
        return sum;
    }

    private List<Draft> drafts(Held one) {
        List<Draft> known = one.drafts;
        if (known == null) {
            known = one.slot.events().stream().map(encoder).toList();
            one.drafts = known;
            one.bytes = bytesOf(one.slot, known);
            bytes += one.bytes;
        }
        return known;
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

    private void write(Held one, SpoolWriter writer) throws SQLException {
        for (Draft draft : drafts(one)) {
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
     * The last attempt is not on disk, and what failed may be one of them. The next ones take less, those before the one that failed
     * or half of them, until one fails alone.
     */
    void suspect() {
        boolean isKnown = isWriting;
        int tried = attempted;
        isWriting = false;
        attempted = 0;
        int suspect = isKnown ? tried : 0;
        if (!isKnown && tried != 1 || suspect >= held.size()) {
            mostAttempted = Math.max(1, tried / 2);
            return;
        }
        held.get(suspect).failures++;
        mostAttempted = Math.max(1, suspect);
    }

    /**
     * Whether what failed is to blame or all would fail: writes on trial what is made up, and of the others that are held one, the
     * newest that can be. Throws when none can be.
     */
    void tryOthers(SpoolWriter writer) throws SQLException {
        Trial.ofAll(writer);
        AllFailException none = null;
        int tried = 0;
        for (Held one : held.reversed()) {
            if (one.failures > 0 || tried == MOST_TRIED) {
                continue;
            }
            tried++;
            try {
                Trial.of(writer, trial -> write(one, trial));
                return;
            } catch (SQLException | RuntimeException | Error e) {
                if (Fault.of(e) == Fault.STORE) {
                    throw e;
                }
                none = new AllFailException(e);
            }
        }
        if (none != null) {
            throw none;
        }
    }

    /** All would fail. */
    void acquit() {
        held.forEach(one -> one.failures = 0);
        mostAttempted = Integer.MAX_VALUE;
    }

    /** Others do not fail: takes out and gives the one that did so often, if there is one. */
    Optional<Slot> setAside() {
        for (Held one : held) {
            if (Blame.isProven(one.failures)) {
                held.remove(one);
                bytes -= one.bytes;
                mostAttempted = Integer.MAX_VALUE;
                return Optional.of(one.slot);
            }
        }
        return Optional.empty();
    }
}
