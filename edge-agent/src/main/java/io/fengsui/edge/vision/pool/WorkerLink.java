package io.fengsui.edge.vision.pool;

import io.fengsui.edge.vision.wire.Frames;
import io.fengsui.edge.vision.wire.FromWorker;
import io.fengsui.edge.vision.wire.ToWorker;
import io.fengsui.edge.vision.wire.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The connection to one worker, without blocking. What waits to be written is bounded by the credits of its worker.
 * Confined to {@code vision-io}.
 */
final class WorkerLink implements AutoCloseable {
    private final SocketChannel channel;
    private final SelectionKey key;
    private final Frames frames = new Frames(Wire.MAX_FROM_WORKER);
    private final Deque<ByteBuffer> toWrite = new ArrayDeque<>();

    WorkerLink(SocketChannel channel, Selector selector) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        this.key = channel.register(selector, SelectionKey.OP_READ);
    }

    /** What has come; null at the end of the stream. */
    @org.jspecify.annotations.Nullable
    List<FromWorker> read() throws IOException {
        List<FromWorker> messages = new ArrayList<>();
        int got = frames.readFrom(channel::read, frame -> messages.add(Wire.fromWorker(frame)));
        return got < 0 && messages.isEmpty() ? null : messages;
    }

    void send(ToWorker message) throws IOException {
        toWrite.add(Wire.frame(message));
        flush();
    }

    /** Writes what the socket takes. */
    void flush() throws IOException {
        while (!toWrite.isEmpty()) {
            channel.write(toWrite.element());
            if (toWrite.element().hasRemaining()) {
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                return;
            }
            toWrite.remove();
        }
        key.interestOps(SelectionKey.OP_READ);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
