package io.fengsui.edge.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One line of JSON on the command socket. */
final class ControlLine {
    /** A snapshot in base64 fits; nothing larger is said here. */
    static final int MAX_BYTES = 16 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private ControlLine() {}

    static void write(SocketChannel channel, JsonNode json) throws IOException {
        byte[] body = JSON.writeValueAsBytes(json);
        ByteBuffer line =
                ByteBuffer.allocate(body.length + 1).put(body).put((byte) '\n').flip();
        while (line.hasRemaining()) {
            channel.write(line);
        }
    }

    /** Reads up to the line feed; bytes after it are not expected. */
    static JsonNode read(SocketChannel channel, int maxBytes) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        while (true) {
            buffer.clear();
            if (channel.read(buffer) < 0) {
                throw new IOException("the other side hung up in mid-line");
            }
            buffer.flip();
            while (buffer.hasRemaining()) {
                byte b = buffer.get();
                if (b == '\n') {
                    return JSON.readTree(line.toByteArray());
                }
                line.write(b);
                if (line.size() > maxBytes) {
                    throw new IOException("a line of more than " + maxBytes + " bytes");
                }
            }
        }
    }
}
