package io.fengsui.edge.vision;

import io.fengsui.edge.gate.GateReason;
import io.fengsui.edge.gate.Look;
import io.fengsui.edge.vision.Job.LookJob;
import io.fengsui.edge.vision.wire.CodedRange;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Jobs that wait for a worker, and the credits of all workers together.
 *
 * <p>One look waits per camera: a newer one takes its place, and its place in the line. Requests first, then by the
 * urgency of the look's reason; first come first served among equals. Bounded in cameras and bytes. Thread-safe; nothing is
 * called while the lock is held.
 */
public final class JobQueue {
    /** Most cameras that wait; the newest is refused. */
    static final int MAX_LOOKS = 4096;

    /** Most bytes of waiting looks; the newest is refused. */
    static final long MAX_BYTES = 128L << 20;

    /** Largest range of one look: what a worker's message can hold. */
    static final long MAX_LOOK_BYTES = 16L << 20;

    /** Most requests that wait; the newest is refused. */
    static final int MAX_REQUESTS = 64;

    private static final int LINES = GateReason.Urgency.values().length;

    private final int credits;
    private final Deque<Job> requests = new ArrayDeque<>();
    private final List<Map<String, LookJob>> looks = new ArrayList<>();
    private long bytes;
    private int inFlight;
    private boolean isClosed;

    /** @param credits jobs that all workers together may have */
    public JobQueue(int credits) {
        this.credits = credits;
        for (int i = 0; i < LINES; i++) {
            looks.add(new LinkedHashMap<>());
        }
    }

    /** A look that will not be looked at, and why. */
    public record Dropped(Look look, VisionDropReason reason) {}

    /** What {@link #poll} found. */
    public record Polled(Optional<Job> job, List<Dropped> dropped) {}

    /** Takes a look; returns the one that is dropped for it, or itself when it is refused. */
    public synchronized Optional<Dropped> offer(LookJob job) {
        if (isClosed) {
            return Optional.of(new Dropped(job.look(), VisionDropReason.CLOSED));
        }
        long size = Job.bytes(job.look());
        if (size > MAX_LOOK_BYTES || job.look().pictures().size() > CodedRange.MAX_UNITS) {
            return Optional.of(new Dropped(job.look(), VisionDropReason.TOO_LARGE));
        }
        int line = priority(job.look());
        LookJob before = looks.get(line).get(job.camera());
        for (int other = 0; other < LINES && before == null; other++) {
            before = looks.get(other).remove(job.camera());
        }
        long freed = before == null ? 0 : Job.bytes(before.look());
        if (before == null && waitingLooks() >= MAX_LOOKS || bytes - freed + size > MAX_BYTES) {
            if (before != null) {
                looks.get(priority(before.look())).put(before.camera(), before);
            }
            return Optional.of(new Dropped(job.look(), VisionDropReason.FULL));
        }
        looks.get(line).put(job.camera(), job);
        bytes += size - freed;
        return Optional.ofNullable(before).map(b -> new Dropped(b.look(), VisionDropReason.REPLACED));
    }

    private static int priority(Look look) {
        return switch (look.reason().urgency()) {
            case ASKED -> 0;
            case OPENING -> 1;
            case AWAKE -> 2;
            case ROUTINE -> 3;
            case FIRST -> 4;
        };
    }

    /** Takes a request; returns whether there was room. */
    public synchronized boolean offerRequest(Job job) {
        if (isClosed || requests.size() >= MAX_REQUESTS) {
            return false;
        }
        requests.add(job);
        return true;
    }

    /** The next job, with a credit that {@link #release} gives back; looks that became too old are dropped on the way. */
    public synchronized Polled poll(long nowNanos, Duration maxFrameAge) {
        List<Dropped> dropped = new ArrayList<>();
        if (inFlight >= credits || isClosed) {
            return new Polled(Optional.empty(), dropped);
        }
        Job request = requests.poll();
        if (request != null) {
            inFlight++;
            return new Polled(Optional.of(request), dropped);
        }
        for (Map<String, LookJob> line : looks) {
            Iterator<LookJob> waiting = line.values().iterator();
            while (waiting.hasNext()) {
                LookJob job = waiting.next();
                waiting.remove();
                bytes -= Job.bytes(job.look());
                if (nowNanos - job.look().arrivalNanos() <= maxFrameAge.toNanos()) {
                    inFlight++;
                    return new Polled(Optional.of(job), dropped);
                }
                dropped.add(new Dropped(job.look(), VisionDropReason.TOO_OLD));
            }
        }
        return new Polled(Optional.empty(), dropped);
    }

    /** A polled job has ended. */
    public synchronized void release() {
        inFlight--;
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
        looks.forEach(line -> left.addAll(line.values()));
        requests.clear();
        looks.forEach(Map::clear);
        bytes = 0;
        return left;
    }

    public synchronized int waitingLooks() {
        return looks.stream().mapToInt(Map::size).sum();
    }

    public synchronized int inFlight() {
        return inFlight;
    }

    /** Whether a worker with time would find something to do. */
    public synchronized boolean hasWork() {
        return inFlight < credits && (!requests.isEmpty() || looks.stream().anyMatch(line -> !line.isEmpty()));
    }
}
