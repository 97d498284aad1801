package io.fengsui.edge.sensor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What Paho's threads and the spool hand to a broker's own thread. Messages are bounded, in number and size: before they do not fit, nothing more
 * is read, and TCP holds the broker back. When none is taken for a while it is read on, so that a broker which is gone is noticed: a message that
 * does not fit then is dropped unacknowledged, with all that follow it, counted, and the connection is renewed when messages are taken again, so
 * that the broker sends them again, in their order. Acknowledgements are bounded by MQTT's packet ids. Thread-safe.
 */
final class Inbox {
    static final int MAX_MESSAGES = 1_000;
    /** Of all payloads together. */
    static final long MAX_BYTES = 16 << 20;

    private static final int MAX_ACKNOWLEDGEMENTS = 65_535;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition roomier = lock.newCondition();
    private final Deque<Arrived> messages = new ArrayDeque<>();
    private final Deque<Integer> acknowledgements = new ArrayDeque<>();
    private final Room room = new Room();
    private long bytes;
    private long epoch;
    private long dropped;
    private boolean hasOverflowed;
    private boolean isStopped;
    private boolean isChanged;
    private @Nullable String lost;

    /** A new connection: forgets what belonged to the one before, which the broker will send again. */
    long begin() {
        lock.lock();
        try {
            messages.clear();
            bytes = 0;
            acknowledgements.clear();
            lost = null;
            hasOverflowed = false;
            room.begin();
            roomier.signalAll();
            return ++epoch;
        } finally {
            lock.unlock();
        }
    }

    /** Whether this connection may be read on, see {@link Room}; waits so long for it. */
    boolean awaitRoom(long of, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (!mustWait(of)) {
                return true;
            }
            room.onWait();
            long left = nanos;
            while (left > 0) {
                left = roomier.awaitNanos(left);
                if (!mustWait(of)) {
                    return true;
                }
            }
            room.onBarrenWait();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean mustWait(long of) {
        return of == epoch && !isStopped && !hasOverflowed && room.mustWait(messages.size(), bytes);
    }

    void offer(long from, Arrived message) {
        lock.lock();
        try {
            if (from != epoch) {
                return;
            }
            // What comes after one that was dropped would overtake it.
            boolean isFull = messages.size() >= MAX_MESSAGES || bytes + message.payload().length > MAX_BYTES;
            if (hasOverflowed || isFull) {
                hasOverflowed = true;
                dropped++;
            } else {
                messages.add(message);
                bytes += message.payload().length;
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether it belongs to the present connection. */
    boolean acknowledge(long of, int packetId) {
        lock.lock();
        try {
            if (of != epoch || acknowledgements.size() >= MAX_ACKNOWLEDGEMENTS) {
                return false;
            }
            acknowledgements.add(packetId);
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    void lose(long from, String reason) {
        lock.lock();
        try {
            if (from == epoch) {
                lost = reason;
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The sensors were changed. */
    void change() {
        lock.lock();
        try {
            isChanged = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            isStopped = true;
            changed.signalAll();
            roomier.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isStopped() {
        lock.lock();
        try {
            return isStopped;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is something, or for the time given. {@code takesMessages}: whether a message counts, or the connection's end. */
    void await(boolean takesMessages, long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (left > 0
                    && !isStopped
                    && !isChanged
                    && acknowledgements.isEmpty()
                    && !(takesMessages && (lost != null || !messages.isEmpty() || hasOverflowed))) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits unless or until it is stopped. */
    void pause(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (left > 0 && !isStopped) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Arrived pollMessage() {
        lock.lock();
        try {
            Arrived message = messages.poll();
            if (message != null) {
                bytes -= message.payload().length;
                if (room.onTaken(messages.size(), bytes)) {
                    roomier.signalAll();
                }
            }
            return message;
        } finally {
            lock.unlock();
        }
    }

    /** 0 when there is none. */
    int pollAcknowledgement() {
        lock.lock();
        try {
            Integer packetId = acknowledgements.poll();
            return packetId == null ? 0 : packetId;
        } finally {
            lock.unlock();
        }
    }

    /** Why the connection is gone; null when it is not. */
    @Nullable
    String lost() {
        lock.lock();
        try {
            return lost;
        } finally {
            lock.unlock();
        }
    }

    /** Whether messages were dropped and all that were taken before them have been handed on. */
    boolean isLeftBehind() {
        lock.lock();
        try {
            return hasOverflowed && messages.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    boolean pollChange() {
        lock.lock();
        try {
            boolean was = isChanged;
            isChanged = false;
            return was;
        } finally {
            lock.unlock();
        }
    }

    int depth() {
        lock.lock();
        try {
            return messages.size();
        } finally {
            lock.unlock();
        }
    }

    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    /** How often reading waited. */
    long waits() {
        lock.lock();
        try {
            return room.waits();
        } finally {
            lock.unlock();
        }
    }

    static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
