package io.fengsui.edge.rtsp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A camera on a plain socket that answers each request with what a test's script says; records what it was asked. */
final class TestingPeer implements AutoCloseable {
    /** A request as text, with the means to answer. */
    record Asked(String method, String uri, List<String> headers, int connection) {
        String header(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ":";
            return headers.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(line -> line.substring(start.length()).strip())
                    .findFirst()
                    .orElse("");
        }

        /** Status line, the request's CSeq, and more headers, each ending with a newline. */
        String answer(String status, String headersAndBody) {
            return "RTSP/1.0 " + status + "\nCSeq: " + header("CSeq") + "\n" + headersAndBody;
        }
    }

    final List<Asked> asked = new CopyOnWriteArrayList<>();

    private final ServerSocket listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Function<Asked, @Nullable String> script;

    /** @param script gives the bytes to answer with, in ISO 8859-1; null for no answer, empty to hang up */
    TestingPeer(Function<Asked, @Nullable String> script) throws IOException {
        this.script = script;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    List<String> methods() {
        return asked.stream().map(Asked::method).toList();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                int connection = sockets.size();
                Thread.ofVirtual().start(() -> serve(socket, connection));
            }
        } catch (IOException e) {
            // closed: the test is over
        }
    }

    private void serve(Socket socket, int connection) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            OutputStream out = socket.getOutputStream();
            for (Asked request = read(in, connection); request != null; request = read(in, connection)) {
                asked.add(request);
                String answer = script.apply(request);
                if (answer != null && answer.isEmpty()) {
                    return;
                }
                if (answer != null) {
                    out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
                    out.flush();
                }
            }
        } catch (IOException e) {
            // the client hung up
        }
    }

    private static @Nullable Asked read(BufferedReader in, int connection) throws IOException {
        String start = in.readLine();
        while (start != null && !start.contains("RTSP/1.0")) {
            start = in.readLine(); // receiver reports and answers' headers
        }
        if (start == null) {
            return null;
        }
        List<String> headers = new ArrayList<>();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            headers.add(line);
        }
        // a receiver report may stand before the request, on the same line
        String[] words = start.substring(start.lastIndexOf('\u0000') + 1).split(" ", 3);
        return new Asked(words[0], words[1], headers, connection);
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
