package io.fengsui.edge.control;

import io.fengsui.runtime.RoleThreads;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on the command socket. At most {@value #MAX_TALKS} people at a time; one question each. */
public final class ControlServer implements AutoCloseable {
    /** Name of the socket in the data directory. */
    public static final String SOCKET_NAME = "control.sock";

    static final int MAX_TALKS = 8;
    private static final int MAX_REQUEST_BYTES = 64 << 10;
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

    private final Path socket;
    private final ServerSocketChannel listener;
    private final ControlHandler handler;
    private final Semaphore talks = new Semaphore(MAX_TALKS);
    private final ExecutorService talkers = Executors.newCachedThreadPool(RoleThreads.factory("control"));

    private ControlServer(Path socket, ServerSocketChannel listener, ControlHandler handler) {
        this.socket = socket;
        this.listener = listener;
        this.handler = handler;
    }

    /** Listens at once. A socket that a dead agent left behind is replaced; a living one is not. */
    public static ControlServer start(Path dataDirectory, ControlHandler handler) throws IOException {
        Path socket = dataDirectory.resolve(SOCKET_NAME);
        if (Files.exists(socket)) {
            if (isAnswered(socket)) {
                throw new IOException("another agent already runs with the data directory " + dataDirectory);
            }
            Files.delete(socket);
        }
        ServerSocketChannel listener = bound(socket);
        ControlServer server = new ControlServer(socket, listener, handler);
        RoleThreads.named("control-accept", server::accept).start();
        return server;
    }

    /** One that is not for this group only is none, and must not answer the next try. */
    private static ServerSocketChannel bound(Path socket) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(socket), 16);
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
            return listener;
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw e instanceof IOException known ? known : new IOException("cannot listen on " + socket + ": " + e, e);
        }
    }

    private static boolean isAnswered(Path socket) throws IOException {
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return probe.isConnected();
        } catch (ConnectException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        talkers.shutdownNow();
        Files.deleteIfExists(socket);
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                SocketChannel peer = listener.accept();
                if (talks.tryAcquire()) {
                    talkers.execute(() -> talk(peer));
                } else {
                    peer.close();
                }
            } catch (ClosedChannelException | RejectedExecutionException e) {
                return;
            } catch (IOException e) {
                LOG.warn("command socket: {}", e.getMessage());
            }
        }
    }

    private void talk(SocketChannel peer) {
        try (peer) {
            ControlLine.write(peer, answer(peer).toJson());
        } catch (IOException e) {
            LOG.debug("a talk on the command socket ended: {}", e.getMessage());
        } finally {
            talks.release();
        }
    }

    private ControlReply answer(SocketChannel peer) throws IOException {
        try {
            return handle(ControlRequest.fromJson(ControlLine.read(peer, MAX_REQUEST_BYTES)));
        } catch (IllegalArgumentException e) {
            return new ControlReply.Refused(String.valueOf(e.getMessage()));
        }
    }

    /** What goes wrong while a command is carried out is its answer; the line to who gave it is well. */
    private ControlReply handle(ControlRequest request) {
        try {
            return handler.handle(request);
        } catch (IllegalArgumentException | IOException e) {
            return new ControlReply.Refused(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ControlReply.Refused("the agent is stopping");
        } catch (Exception e) {
            LOG.warn("a command failed", e);
            return new ControlReply.Refused(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }
}
