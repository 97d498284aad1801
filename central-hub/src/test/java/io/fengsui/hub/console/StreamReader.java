package io.fengsui.hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Reads the live stream as a browser does, over a plain socket of this machine. */
public final class StreamReader implements AutoCloseable {
    /** One server-sent event. */
    public record Told(String event, String id, String data) {}

    private final Socket socket;
    private final BufferedReader in;

    /** @param position as {@code Last-Event-ID}; empty: none */
    public StreamReader(int port, String position, String... header) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(request(port, position, header).getBytes(StandardCharsets.US_ASCII));
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        assertThat(in.readLine()).contains(" 200 ");
        String line = in.readLine();
        while (!line.isEmpty()) {
            line = in.readLine();
        }
    }

    static String request(int port, String position, String... header) {
        return "GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n"
                + (header.length == 0 ? "" : String.join(": ", header) + "\r\n")
                + (position.isEmpty() ? "" : "Last-Event-ID: " + position + "\r\n") + "\r\n";
    }

    /** The next line that is neither empty nor the size of a chunk. */
    String line() throws IOException {
        String line = in.readLine();
        while (line != null && (line.isEmpty() || line.matches("[0-9a-f]{1,6}"))) {
            line = in.readLine();
        }
        return String.valueOf(line);
    }

    public Told next() throws IOException {
        String event = "";
        String id = "";
        while (true) {
            String line = line();
            if (line.startsWith("event: ")) {
                event = line.substring(7);
            } else if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("data: ")) {
                return new Told(event, id, line.substring(6));
            } else if (line.equals("null")) {
                throw new IOException("the stream ended");
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
