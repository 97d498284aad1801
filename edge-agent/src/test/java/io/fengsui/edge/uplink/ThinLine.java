package io.fengsui.edge.uplink;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * One thin line that all connections share, packet by packet, as behind a 4G modem. Each way has its own capacity. Buffers of
 * the line are small, those of the system that sends are as they are.
 */
final class ThinLine implements AutoCloseable {
    private static final int PACKET = 1_400;
    private static final int BUFFER = 16 << 10;

    private final ServerSocket server;
    private final int target;
    private final long bytesPerSecond;
    private final AtomicLong upFree = new AtomicLong(System.nanoTime());
    private final AtomicLong downFree = new AtomicLong(System.nanoTime());
    private final AtomicLong carried = new AtomicLong();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    ThinLine(int target, long bytesPerSecond) throws IOException {
        this.target = target;
        this.bytesPerSecond = bytesPerSecond;
        this.server = new ServerSocket();
        server.setReceiveBufferSize(BUFFER);
        server.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Bytes carried towards the server. */
    long carried() {
        return carried.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket behind = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                behind.setTcpNoDelay(true);
                open.add(client);
                open.add(behind);
                Thread.ofVirtual().start(() -> pass(client, behind, upFree, carried));
                Thread.ofVirtual().start(() -> pass(behind, client, downFree, new AtomicLong()));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void pass(Socket from, Socket to, AtomicLong lineFree, AtomicLong counter) {
        byte[] packet = new byte[PACKET];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(packet); read >= 0; read = in.read(packet)) {
                long takes = read * 1_000_000_000L / bytesPerSecond;
                long now = System.nanoTime();
                long through = lineFree.updateAndGet(free -> Math.max(free, now) + takes);
                for (long left = through - now; left > 0; left = through - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                out.write(packet, 0, read);
                counter.addAndGet(read);
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
