package io.fengsui.edge.vision;

import io.fengsui.edge.gate.GateReason.Aim;
import io.fengsui.edge.gate.GateReason.Urgency;
import io.fengsui.edge.gate.Look;
import io.fengsui.edge.vision.Job.LookJob;
import io.fengsui.edge.vision.wire.CodedRange;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Jobs that wait for a worker, and the credits of all workers together.
 *
 * <p>For each camera and aim one look waits. A newer one takes its place and keeps its turn: since a look has everything
 * from its keyframe on, the newer range holds the older one or begins behind it, and what is dropped is only the wish to
 * detect in an older picture. Requests first; then by urgency, among equals the one whose
 * deadline is nearest: who waits longest. While a camera is being looked
 * at, its next look waits, so that pictures come in order and its decoder has one user. Bounded in cameras and bytes.
 * Thread-safe; nothing is called while the lock is held.
 */
public final class JobQueue {
    /** Most looks that wait; the newest is refused. */
    static final int MAX_LOOKS = 4096;

    /** Most bytes of waiting looks; the newest is refused. */
    static final long MAX_BYTES = 128L << 20;

    /** Largest range of one look: what a worker's message can hold. */
    static final long MAX_LOOK_BYTES = 16L << 20;

    /** Most requests that wait; the newest is refused. */
    static final int MAX_REQUESTS = 64;

    private record Key(String camera, Aim aim) {
        static Key of(Look look) {
            return new Key(look.camera(), look.reason().aim());
        }
    }

    /** A look and its turn. */
    private record Waiting(LookJob job, Urgency urgency, long sinceNanos, long number) {
        static final Comparator<Waiting> TURN = (one, other) -> {
            int bySince = Long.compare(one.sinceNanos() - other.sinceNanos(), 0);
            return bySince != 0 ? bySince : Long.compare(one.number(), other.number());
        };

        Key key() {
            return Key.of(job.look());
        }
    }

    /** A worker that has time. */
    private record Asking(long nowNanos, Duration maxFrameAge, Predicate<LookJob> isWanted) {}

    private final int credits;
    private final Deque<Job> requests = new ArrayDeque<>();
    private final Map<Key, Waiting> looks = new HashMap<>();
    private final Map<Urgency, NavigableSet<Waiting>> turns = new EnumMap<>(Urgency.class);
    private final Set<String> busy = new HashSet<>();
    private final RoutineShare share = new RoutineShare();
    private long bytes;
    private long numbers;
    private int inFlight;
    private boolean isClosed;

    /** @param credits jobs that all workers together may have */
    public JobQueue(int credits) {
        this.credits = credits;
        RoutineShare.USUAL.forEach(urgency -> turns.put(urgency, new TreeSet<>(Waiting.TURN)));
    }

    /** A look that will not be looked at, and why. */
    public record Dropped(Look look, VisionDropReason reason) {}

    /** What {@link #poll} found. */
    public record Polled(Optional<Job> job, List<Dropped> dropped) {}

    /** Takes a look; returns the one that is dropped for it, or itself when it is refused. */
    public synchronized Optional<Dropped> offer(LookJob job) {
        Optional<VisionDropReason> refusal = refusal(job.look());
        if (refusal.isPresent()) {
            return Optional.of(new Dropped(job.look(), refusal.get()));
        }
        Waiting before = looks.get(Key.of(job.look()));
        long freed = before == null ? 0 : Job.bytes(before.job().look());
        boolean isFull = before == null && looks.size() >= MAX_LOOKS;
        if (isFull || bytes - freed + Job.bytes(job.look()) > MAX_BYTES) {
            return Optional.of(new Dropped(job.look(), VisionDropReason.FULL));
        }
        if (before == null) {
            add(new Waiting(job, job.look().reason().urgency(), job.sinceNanos(), numbers++));
            return Optional.empty();
        }
        remove(before);
        Urgency own = job.look().reason().urgency();
        Urgency urgency = own.compareTo(before.urgency()) < 0 ? own : before.urgency();
        add(new Waiting(job, urgency, before.sinceNanos(), before.number()));
        return Optional.of(new Dropped(before.job().look(), VisionDropReason.REPLACED));
    }

    private Optional<VisionDropReason> refusal(Look look) {
        if (isClosed) {
            return Optional.of(VisionDropReason.CLOSED);
        }
        boolean isTooLarge = Job.bytes(look) > MAX_LOOK_BYTES || look.pictures().size() > CodedRange.MAX_UNITS;
        return isTooLarge ? Optional.of(VisionDropReason.TOO_LARGE) : Optional.empty();
    }

    private void add(Waiting waiting) {
        looks.put(waiting.key(), waiting);
        turns(waiting.urgency()).add(waiting);
        bytes += Job.bytes(waiting.job().look());
    }

    private void remove(Waiting waiting) {
        looks.remove(waiting.key());
        turns(waiting.urgency()).remove(waiting);
        bytes -= Job.bytes(waiting.job().look());
    }

    /** Takes a request; returns whether there was room. */
    public synchronized boolean offerRequest(Job job) {
        if (isClosed || requests.size() >= MAX_REQUESTS) {
            return false;
        }
        requests.add(job);
        return true;
    }

    /**
     * Takes back a job whose worker ended through no fault of it; it is the next of its kind. Returns the look that is
     * dropped: this one when a newer one waits.
     */
    public synchronized Optional<Dropped> takeBack(Job job) {
        release(job);
        if (!(job instanceof LookJob look)) {
            requests.addFirst(job);
            return Optional.empty();
        }
        boolean hasNewer = looks.containsKey(Key.of(look.look()));
        if (hasNewer || isClosed) {
            return Optional.of(
                    new Dropped(look.look(), hasNewer ? VisionDropReason.REPLACED : VisionDropReason.CLOSED));
        }
        add(new Waiting(look.again(), look.look().reason().urgency(), look.sinceNanos(), numbers++));
        return Optional.empty();
    }

    /** As {@link #poll(long, Duration, Predicate)}, for a worker that takes any look. */
    public Polled poll(long nowNanos, Duration maxFrameAge) {
        return poll(nowNanos, maxFrameAge, _ -> true);
    }

    /**
     * The next job, with a credit that {@link #release} gives back; looks that became too old are dropped on the way.
     *
     * @param isWanted whether the worker that asks should take this look
     */
    public synchronized Polled poll(long nowNanos, Duration maxFrameAge, Predicate<LookJob> isWanted) {
        List<Dropped> dropped = new ArrayList<>();
        if (inFlight >= credits || isClosed) {
            return new Polled(Optional.empty(), dropped);
        }
        Asking who = new Asking(nowNanos, maxFrameAge, isWanted);
        Job request = requests.poll();
        if (request != null) {
            inFlight++;
            return new Polled(Optional.of(request), dropped);
        }
        for (Urgency urgency : share.order()) {
            Optional<Job> look = pollLook(turns(urgency), who, dropped);
            if (look.isPresent()) {
                return new Polled(look, dropped);
            }
        }
        return new Polled(Optional.empty(), dropped);
    }

    private NavigableSet<Waiting> turns(Urgency urgency) {
        return Objects.requireNonNull(turns.get(urgency));
    }

    private Optional<Job> pollLook(Set<Waiting> from, Asking who, List<Dropped> dropped) {
        for (Iterator<Waiting> all = from.iterator(); all.hasNext(); ) {
            Waiting waiting = all.next();
            Look look = waiting.job().look();
            boolean isTooOld =
                    who.nowNanos() - look.arrivalNanos() > who.maxFrameAge().toNanos();
            if (!isTooOld && (busy.contains(look.camera()) || !who.isWanted().test(waiting.job()))) {
                continue;
            }
            all.remove();
            looks.remove(waiting.key());
            bytes -= Job.bytes(look);
            if (!isTooOld) {
                inFlight++;
                busy.add(look.camera());
                share.onPolled(waiting.urgency(), look.reason().aim());
                return Optional.of(waiting.job());
            }
            dropped.add(new Dropped(look, VisionDropReason.TOO_OLD));
        }
        return Optional.empty();
    }

    /** A job that did not wait here goes out beyond the credits, and is given back by {@link #release} as any other. */
    public synchronized void lend() {
        inFlight++;
    }

    /** A polled job has ended. */
    public synchronized void release(Job job) {
        inFlight--;
        if (job instanceof LookJob look) {
            busy.remove(look.camera());
        }
    }

    /** Takes out the requests that waited longer than anyone waits for them. */
    public synchronized List<Job> expired(long nowNanos, Duration patience) {
        List<Job> expired = new ArrayList<>();
        while (!requests.isEmpty() && nowNanos - requests.peek().sinceNanos() > patience.toNanos()) {
            expired.add(requests.remove());
        }
        return expired;
    }

    /** Refuses everything from now on; returns what waited. */
    public synchronized List<Job> close() {
        isClosed = true;
        List<Job> left = new ArrayList<>(requests);
        RoutineShare.USUAL.forEach(urgency -> turns(urgency).forEach(waiting -> left.add(waiting.job())));
        requests.clear();
        looks.clear();
        turns.values().forEach(Set::clear);
        bytes = 0;
        return left;
    }

    public synchronized int waitingLooks() {
        return looks.size();
    }

    public synchronized int inFlight() {
        return inFlight;
    }

    /** Whether a worker with time would find something to do. */
    public synchronized boolean hasWork() {
        return inFlight < credits && (!requests.isEmpty() || !looks.isEmpty());
    }
}
