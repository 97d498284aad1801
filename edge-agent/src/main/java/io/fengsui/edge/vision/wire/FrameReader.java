package io.fengsui.edge.vision.wire;

import io.fengsui.protocol.value.Box;
import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Detection;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes one frame apart; what does not fit is an {@link IOException}. Confined. */
final class FrameReader {
    private static final int MAX_TEXT_BYTES = 4 * Checks.MAX_TEXT;
    private static final int MAX_DETECTIONS = 1000;
    private static final int MAX_OUTLINES = 256;

    private final ByteBuffer in;

    FrameReader(ByteBuffer in) {
        this.in = in;
    }

    /** Reads one thing. */
    interface Step<T> {
        T read() throws IOException;
    }

    private <T> T whole(Step<T> step) throws IOException {
        try {
            return step.read();
        } catch (BufferUnderflowException e) {
            throw new IOException("a frame ends too early, at byte " + in.position(), e);
        }
    }

    int kind() throws IOException {
        return whole(() -> (int) in.get());
    }

    long number() throws IOException {
        return whole(in::getLong);
    }

    int count() throws IOException {
        return whole(in::getInt);
    }

    <E extends Enum<E>> E oneOf(Class<E> type) throws IOException {
        return Enum.valueOf(type, text());
    }

    byte[] bytes(int maxBytes) throws IOException {
        int length = count();
        if (length < 0 || length > maxBytes || length > in.remaining()) {
            throw new IOException(
                    "a field of " + length + " bytes; " + in.remaining() + " are left, " + maxBytes + " are allowed");
        }
        byte[] value = new byte[length];
        in.get(value);
        return value;
    }

    String text() throws IOException {
        return new String(bytes(MAX_TEXT_BYTES), StandardCharsets.UTF_8);
    }

    <T> List<T> list(int max, Step<T> step) throws IOException {
        int size = count();
        if (size < 0 || size > max || size > in.remaining()) {
            throw new IOException("a list of " + size + " entries; at most " + max + " are allowed");
        }
        List<T> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(whole(step));
        }
        return list;
    }

    List<Detection> detections() throws IOException {
        return list(MAX_DETECTIONS, () -> {
            String label = text();
            float confidence = in.getFloat();
            Box box = new Box(in.getFloat(), in.getFloat(), in.getFloat(), in.getFloat());
            return new Detection(label, confidence, box, in.getLong());
        });
    }

    List<Outline> outlines() throws IOException {
        return list(MAX_OUTLINES, () -> {
            String name = text();
            int corners = count();
            if (corners < 0 || corners > Outline.MAX_CORNERS) {
                throw new IOException("an outline of " + corners + " corners");
            }
            List<Double> xs = new ArrayList<>(corners);
            List<Double> ys = new ArrayList<>(corners);
            for (int i = 0; i < corners; i++) {
                xs.add(in.getDouble());
                ys.add(in.getDouble());
            }
            return new Outline(name, xs, ys);
        });
    }

    void end() throws IOException {
        if (in.hasRemaining()) {
            throw new IOException(in.remaining() + " bytes too many at the end of a frame");
        }
    }
}
