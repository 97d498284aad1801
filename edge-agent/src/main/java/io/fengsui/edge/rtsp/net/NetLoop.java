package io.fengsui.edge.rtsp.net;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One thread {@code net-n} with everything that belongs to its cameras: sockets, sessions, timers, groups of pictures.
 * Nothing on it blocks. Thread-safe.
 */
public final class NetLoop {
    private final EventLoop loop;

    NetLoop(EventLoop loop) {
        this.loop = loop;
    }

    /** What {@link #schedule} gave; cancelling a timer that has fired does nothing. */
    @FunctionalInterface
    public interface Timer {
        void cancel();
    }

    public boolean isInLoop() {
        return loop.inEventLoop();
    }

    public void execute(Runnable task) {
        loop.execute(task);
    }

    public Timer schedule(Duration delay, Runnable task) {
        var future = loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    public EventLoop netty() {
        return loop;
    }
}
