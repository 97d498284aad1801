package io.fengsui.fieldsim.proxy;

import io.fengsui.runtime.TimeSource;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * One way through one connection: pieces wait here until they may leave. When too much waits the sender is not read any more,
 * so that it feels the thin line. Owns the buffers that it holds; event loop only.
 */
final class Flow {
    private static final int MOST_WAITING = 256 << 10;

    private final Channel from;
    private final Channel to;
    private final TimeSource time;
    private final RandomGenerator random;
    private final Pace pace;
    private final Deque<Piece> waiting = new ArrayDeque<>();
    private Faults faults;
    private long waitingBytes;
    private long taken;
    private long passed;
    private long spoiled;
    private boolean isTimed;
    private boolean isEnding;
    private boolean hasLost;

    private record Piece(ByteBuf bytes, long due) {}

    Flow(Channel from, Channel to, Faults faults, TimeSource time, RandomGenerator random) {
        this.from = from;
        this.to = to;
        this.faults = faults;
        this.time = time;
        this.random = random;
        this.pace = new Pace(random, time.steadyNanos());
    }

    void use(Faults newFaults) {
        faults = newFaults;
        leave();
    }

    /** Bytes that were passed on. */
    long passed() {
        return passed;
    }

    long spoiled() {
        return spoiled;
    }

    /** Whether bytes were thrown away, after which the rest of this stream makes no sense. */
    boolean hasLost() {
        return hasLost;
    }

    /** Takes the bytes. False when the connection is to be reset. */
    boolean arrived(ByteBuf bytes) {
        taken += bytes.readableBytes();
        if (faults.has(Fault.Swallow.class)) {
            hasLost = true;
            spoiled++;
            bytes.release();
            return true;
        }
        Fault.CutAfter limit = faults.get(Fault.CutAfter.class).orElse(null);
        if (limit != null && taken >= limit.bytes()) {
            spoiled++;
            bytes.release();
            return false;
        }
        if (happens(faults.get(Fault.Corrupt.class).map(Fault.Corrupt::part).orElse(0.0))) {
            int at = bytes.readerIndex() + random.nextInt(bytes.readableBytes());
            bytes.setByte(at, bytes.getByte(at) ^ (1 << random.nextInt(8)));
        }
        if (happens(faults.get(Fault.Duplicate.class).map(Fault.Duplicate::part).orElse(0.0))) {
            add(bytes.retainedDuplicate());
        }
        slice(bytes);
        leave();
        return true;
    }

    private boolean happens(double part) {
        boolean does = part > 0 && random.nextDouble() < part;
        spoiled += does ? 1 : 0;
        return does;
    }

    private void slice(ByteBuf bytes) {
        Fault.Slice slice = faults.get(Fault.Slice.class).orElse(null);
        if (slice == null) {
            add(bytes);
            return;
        }
        while (bytes.isReadable()) {
            add(bytes.readRetainedSlice(Math.min(slice.bytes(), bytes.readableBytes())));
        }
        bytes.release();
    }

    private void add(ByteBuf bytes) {
        waitingBytes += bytes.readableBytes();
        waiting.add(new Piece(bytes, pace.due(faults, bytes.readableBytes(), time.steadyNanos())));
    }

    /** The sender has said all: so it is passed on once what waits has left. */
    void ended() {
        isEnding = true;
        leave();
    }

    /** Writes what is due, each piece on its own, and comes back for the rest. */
    void leave() {
        while (!faults.has(Fault.Stall.class) && !waiting.isEmpty() && to.isWritable()) {
            long early = waiting.getFirst().due() - time.steadyNanos();
            if (early > 0) {
                comeBack(early);
                break;
            }
            ByteBuf bytes = waiting.removeFirst().bytes();
            waitingBytes -= bytes.readableBytes();
            passed += bytes.readableBytes();
            to.writeAndFlush(bytes);
        }
        from.config().setAutoRead(!faults.has(Fault.Stall.class) && waitingBytes < MOST_WAITING && to.isWritable());
        if (isEnding && waiting.isEmpty() && !faults.has(Fault.Swallow.class)) {
            to.close();
        }
    }

    private void comeBack(long nanos) {
        if (!isTimed) {
            isTimed = true;
            to.eventLoop()
                    .schedule(
                            () -> {
                                isTimed = false;
                                leave();
                            },
                            nanos,
                            TimeUnit.NANOSECONDS);
        }
    }

    void release() {
        waiting.forEach(piece -> piece.bytes().release());
        waiting.clear();
        waitingBytes = 0;
    }
}
