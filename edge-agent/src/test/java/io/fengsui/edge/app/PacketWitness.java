package io.fengsui.edge.app;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between an MQTT client and its broker, passes everything on, and notes each packet as it comes by. */
final class PacketWitness implements AutoCloseable {
    private static final int PUBLISH = 3;
    private static final int PUBACK = 4;
    private static final int SUBACK = 9;

    /** A packet's type (MQTT 5, 2.1.2) and when it came by. */
    record Seen(boolean isFromClient, int type, Instant at) {}

    private final ServerSocket server;
    private final int brokerPort;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    PacketWitness(int brokerPort) throws IOException {
        this.brokerPort = brokerPort;
        this.server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Whether the broker has confirmed a subscription. */
    boolean isSubscribed() {
        return !times(false, SUBACK).isEmpty();
    }

    /** When the broker's messages with QoS 1 came by. */
    List<Instant> messages() {
        return times(false, PUBLISH);
    }

    /** When the client's acknowledgements came by. */
    List<Instant> acknowledgements() {
        return times(true, PUBACK);
    }

    private List<Instant> times(boolean isFromClient, int type) {
        return seen.stream()
                .filter(packet -> packet.isFromClient() == isFromClient && packet.type() == type)
                .map(Seen::at)
                .toList();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort);
                open.add(client);
                open.add(broker);
                Thread.ofVirtual().start(() -> pass(client, broker, true));
                Thread.ofVirtual().start(() -> pass(broker, client, false));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void pass(Socket from, Socket to, boolean isFromClient) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int first = in.read(); first >= 0; first = in.read()) {
                byte[] length = new byte[4];
                int bytes = 0;
                int rest = 0;
                do {
                    length[bytes] = (byte) in.read();
                    rest |= (length[bytes] & 0x7F) << 7 * bytes;
                } while ((length[bytes++] & 0x80) != 0 && bytes < length.length);
                byte[] body = new byte[rest];
                new DataInputStream(in).readFully(body);
                seen.add(new Seen(isFromClient, first >> 4, Instant.now()));
                out.write(first);
                out.write(length, 0, bytes);
                out.write(body);
                out.flush();
            }
        } catch (IOException e) {
            // One side has gone: so does the other.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
