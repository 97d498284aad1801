package io.fengsui.fieldsim.proxy;

import io.fengsui.runtime.RoleThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Says again what it hears, and counts. */
final class EchoServer implements AutoCloseable {
    final AtomicInteger open = new AtomicInteger();
    final AtomicLong heard = new AtomicLong();
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    private final Thread accepting = RoleThreads.named("echo-accept", this::accept);

    EchoServer() throws IOException {
        accepting.start();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                open.incrementAndGet();
                RoleThreads.named("echo", () -> echo(socket)).start();
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void echo(Socket socket) {
        byte[] buffer = new byte[8192];
        try (socket) {
            for (int n = socket.getInputStream().read(buffer);
                    n >= 0;
                    n = socket.getInputStream().read(buffer)) {
                heard.addAndGet(n);
                socket.getOutputStream().write(buffer, 0, n);
            }
        } catch (IOException e) {
            // reset
        } finally {
            open.decrementAndGet();
        }
    }

    /** Until the thread has come out of accept, the system takes connections although the listener is closed. */
    @Override
    public void close() throws IOException {
        listener.close();
        try {
            accepting.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
