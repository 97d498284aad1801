package io.fengsui.edge.vision.worker;

import io.fengsui.edge.vision.wire.FromWorker;
import io.fengsui.edge.vision.wire.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** The way back to the agent: frames go out whole, one after the other. Blocks while the agent does not read. Thread-safe. */
final class Outbox {
    private final WritableByteChannel channel;

    Outbox(WritableByteChannel channel) {
        this.channel = channel;
    }

    void send(FromWorker message) throws IOException {
        ByteBuffer frame = Wire.frame(message);
        synchronized (this) {
            while (frame.hasRemaining()) {
                channel.write(frame);
            }
        }
    }
}
