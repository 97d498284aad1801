package io.fengsui.hub.console.http.socket;

import com.linecorp.armeria.common.Flags;
import io.fengsui.runtime.RoleThreads;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The thread that accepts a server's connections. By itself Netty's group waits two seconds for more work before it
 * ends; this one ends at once, for by then its sockets are closed, so that a hub is away for two seconds less.
 */
public final class AcceptLoop extends MultiThreadIoEventLoopGroup {
    private AcceptLoop(String name, IoHandlerFactory io) {
        super(1, (ThreadFactory) work -> RoleThreads.named(name, work), io);
    }

    /** A loop of the same kind as Armeria's own. */
    public static EventLoopGroup named(String name) {
        return switch (Flags.transportType()) {
            case EPOLL -> new AcceptLoop(name, EpollIoHandler.newFactory());
            case NIO -> new AcceptLoop(name, NioIoHandler.newFactory());
            case KQUEUE, IO_URING ->
                Flags.transportType().newEventLoopGroup(1, type -> work -> RoleThreads.named(name, work));
        };
    }

    @Override
    public Future<?> shutdownGracefully() {
        return shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
