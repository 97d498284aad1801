package io.fengsui.edge.vision.wire;

import io.fengsui.protocol.value.Box;
import io.fengsui.protocol.value.Detection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Builds one frame. Confined. */
final class FrameWriter {
    private final int maxBytes;
    private ByteBuffer out = ByteBuffer.allocate(512).putInt(0);

    FrameWriter(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    private ByteBuffer room(int bytes) {
        if (out.remaining() < bytes) {
            int wanted = Math.max(out.position() + bytes, out.capacity() * 2);
            out = ByteBuffer.allocate(wanted).put(out.flip());
        }
        return out;
    }

    FrameWriter kind(int kind) {
        room(1).put((byte) kind);
        return this;
    }

    FrameWriter number(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    FrameWriter count(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    FrameWriter bytes(byte[] value) {
        room(Integer.BYTES + value.length).putInt(value.length).put(value);
        return this;
    }

    FrameWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    void detections(List<Detection> detections) {
        count(detections.size());
        for (Detection detection : detections) {
            text(detection.label());
            Box box = detection.box();
            room(5 * Float.BYTES)
                    .putFloat(detection.confidence())
                    .putFloat(box.left())
                    .putFloat(box.top())
                    .putFloat(box.right())
                    .putFloat(box.bottom());
            number(detection.track());
        }
    }

    void outlines(List<Outline> outlines) {
        count(outlines.size());
        for (Outline outline : outlines) {
            text(outline.name());
            count(outline.xs().size());
            for (int i = 0; i < outline.xs().size(); i++) {
                room(2 * Double.BYTES)
                        .putDouble(outline.xs().get(i))
                        .putDouble(outline.ys().get(i));
            }
        }
    }

    ByteBuffer frame() throws IOException {
        int length = out.position() - Frames.PREFIX;
        if (length > maxBytes) {
            throw new IOException("a frame of " + length + " bytes is over " + maxBytes);
        }
        return out.putInt(0, length).flip();
    }
}
