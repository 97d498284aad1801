package io.fengsui.fieldsim.proxy;

import io.fengsui.runtime.RoleThreads;
import io.fengsui.runtime.TimeSource;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Stands between an MQTT client and its broker on loopback, passes everything on, and notes each packet before it does.
 * Thread-safe; two threads a connection.
 */
public final class PacketWitness implements AutoCloseable {
    /** Control packet types (MQTT 5, 2.1.2). */
    public static final int PUBLISH = 3;

    public static final int PUBACK = 4;
    public static final int SUBACK = 9;

    private static final int LONGEST_LENGTH = 4;
    private static final int MAX_PACKET = 1 << 20;

    private final ServerSocket server;
    private final int brokerPort;
    private final TimeSource time;
    private final Consumer<Packet> observer;
    private final List<Packet> seen = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /**
     * One packet.
     *
     * @param id packet identifier of a message with QoS 1 or 2 and of its acknowledgement; 0 for all others
     * @param at when it came by, before it was passed on
     */
    public record Packet(boolean isFromClient, int type, int id, Instant at) {}

    private PacketWitness(int brokerPort, TimeSource time, Consumer<Packet> observer) throws IOException {
        this.brokerPort = brokerPort;
        this.time = time;
        this.observer = observer;
        this.server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    }

    /** @param observer is told of each packet before it is passed on, on the thread that passes it */
    public static PacketWitness start(int brokerPort, TimeSource time, Consumer<Packet> observer) throws IOException {
        PacketWitness witness = new PacketWitness(brokerPort, time, observer);
        RoleThreads.named("witness", witness::accept).start();
        return witness;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Whether the broker has confirmed a subscription. */
    public boolean isSubscribed() {
        return seen.stream().anyMatch(packet -> !packet.isFromClient() && packet.type() == SUBACK);
    }

    /** When the broker's messages with QoS 1 came by. */
    public List<Instant> messages() {
        return times(packet -> !packet.isFromClient() && packet.type() == PUBLISH && packet.id() != 0);
    }

    /** When the client's acknowledgements came by. */
    public List<Instant> acknowledgements() {
        return times(packet -> packet.isFromClient() && packet.type() == PUBACK);
    }

    private List<Instant> times(Predicate<Packet> which) {
        return seen.stream().filter(which).map(Packet::at).toList();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                pass(client);
            } catch (IOException e) {
                // The witness ends, or the client has gone again.
            }
        }
    }

    /** A broker that is away closes its client, and so does a witness that ends. */
    private void pass(Socket client) throws IOException {
        Socket broker;
        try {
            broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort);
        } catch (IOException e) {
            end(client);
            return;
        }
        open.add(broker);
        if (server.isClosed()) {
            end(client);
            end(broker);
            return;
        }
        RoleThreads.named("witness-up", () -> pass(client, broker, true)).start();
        RoleThreads.named("witness-down", () -> pass(broker, client, false)).start();
    }

    private void end(Socket one) throws IOException {
        open.remove(one);
        one.close();
    }

    private void pass(Socket from, Socket to, boolean isFromClient) {
        try (from;
                to) {
            to.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(from.getInputStream());
            OutputStream out = to.getOutputStream();
            for (int first = in.read(); first >= 0; first = in.read()) {
                byte[] length = length(in);
                byte[] body = new byte[value(length)];
                in.readFully(body);
                Packet packet = new Packet(isFromClient, first >> 4, id(first, body), time.wall());
                seen.add(packet);
                observer.accept(packet);
                out.write(first);
                out.write(length);
                out.write(body);
                out.flush();
            }
        } catch (IOException e) {
            // One side has gone: so does the other.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    /** The bytes of a variable byte integer (MQTT 5, 1.5.5). */
    private static byte[] length(InputStream in) throws IOException {
        byte[] bytes = new byte[LONGEST_LENGTH];
        for (int i = 0; i < LONGEST_LENGTH; i++) {
            int one = in.read();
            if (one < 0) {
                throw new IOException("the stream ends within a packet");
            }
            bytes[i] = (byte) one;
            if ((one & 0x80) == 0) {
                return Arrays.copyOf(bytes, i + 1);
            }
        }
        throw new IOException("a packet's length has more than " + LONGEST_LENGTH + " bytes");
    }

    private static int value(byte[] length) throws IOException {
        int value = 0;
        for (int i = 0; i < length.length; i++) {
            value |= (length[i] & 0x7F) << 7 * i;
        }
        if (value > MAX_PACKET) {
            throw new IOException("a packet of " + value + " bytes");
        }
        return value;
    }

    private static int id(int first, byte[] body) {
        return switch (first >> 4) {
            case PUBLISH -> (first >> 1 & 3) == 0 ? 0 : number(body, 2 + number(body, 0));
            case PUBACK -> number(body, 0);
            default -> 0;
        };
    }

    private static int number(byte[] body, int at) {
        return at + 1 < body.length ? (body[at] & 0xFF) << 8 | body[at + 1] & 0xFF : 0;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
