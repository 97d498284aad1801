package io.fengsui.edge.camera;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many cameras connect at a time, first come first served, so that a thousand cameras after a power cut do not
 * do it together. A camera waits here at most once, so the queue is as long as the fleet at most. Thread-safe.
 */
final class ConnectLimiter {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int free;

    ConnectLimiter(int limit) {
        this.free = limit;
    }

    /** Runs {@code granted}, now or on the thread of who releases; it must give the permit back with {@link #release}. */
    void acquire(Runnable granted) {
        synchronized (this) {
            if (free == 0) {
                waiting.add(granted);
                return;
            }
            free--;
        }
        granted.run();
    }

    void release() {
        Runnable next = passOn();
        if (next != null) {
            next.run();
        }
    }

    private synchronized @Nullable Runnable passOn() {
        Runnable next = waiting.poll();
        if (next == null) {
            free++;
        }
        return next;
    }
}
