package io.fengsui.edge.sensor.mqtt;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** A broker that greets, grants every subscription, answers pings, and then sends just the bytes that a test gives it. */
public final class RawBroker implements AutoCloseable {
    private static final int CONNECT = 1;
    private static final int SUBSCRIBE = 8;
    private static final int PINGREQ = 12;

    private final ServerSocket server;
    private final boolean isV5;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    /** Types of the packets that clients sent. */
    public final BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();

    public RawBroker(boolean isV5) throws IOException {
        this(isV5, new ServerSocket(0, 8, InetAddress.getLoopbackAddress()));
    }

    RawBroker(boolean isV5, ServerSocket server) {
        this.isV5 = isV5;
        this.server = server;
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            for (int first = in.read(); first >= 0; first = in.read()) {
                int length = 0;
                int shift = 0;
                int part;
                do {
                    part = in.readUnsignedByte();
                    length |= (part & 0x7f) << shift;
                    shift += 7;
                } while ((part & 0x80) != 0);
                byte[] body = new byte[length];
                in.readFully(body);
                int type = first >> 4;
                if (type == CONNECT) {
                    send(client, isV5 ? new byte[] {0x20, 3, 0, 0, 0} : new byte[] {0x20, 2, 0, 0});
                } else if (type == SUBSCRIBE) {
                    send(
                            client,
                            isV5
                                    ? new byte[] {(byte) 0x90, 4, body[0], body[1], 0, 1}
                                    : new byte[] {(byte) 0x90, 3, body[0], body[1], 1});
                } else if (type == PINGREQ) {
                    // Behind what is under way, which may take long; the client is heard meanwhile.
                    Thread.ofVirtual().start(() -> pong(client));
                }
                heard.add(type);
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    /** To the newest client. */
    public void say(byte[] bytes) throws IOException {
        send(open.getLast(), bytes);
    }

    private static void send(Socket client, byte[] bytes) throws IOException {
        OutputStream out = client.getOutputStream();
        synchronized (client) {
            out.write(bytes);
            out.flush();
        }
    }

    private static void pong(Socket client) {
        try {
            send(client, new byte[] {(byte) 0xd0, 0});
        } catch (IOException e) {
            // The client has gone.
        }
    }

    /** How many packets of a type clients have sent. */
    public long count(int type) {
        return heard.stream().filter(t -> t == type).count();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
