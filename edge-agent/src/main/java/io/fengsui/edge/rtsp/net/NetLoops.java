package io.fengsui.edge.rtsp.net;

import io.fengsui.runtime.Progress;
import io.fengsui.runtime.RoleThreads;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The event loops that all cameras share, epoll where there is one, and the thread {@code net-dns} on which names are
 * looked up, because the system's resolver blocks. Its queue holds {@value #MAX_LOOKUPS}; what does not fit fails, and
 * is tried again with its camera's backoff. Thread-safe.
 */
public final class NetLoops implements AutoCloseable {
    static final int MAX_LOOKUPS = 1024;

    /**
     * Bytes from which on a connection is worth a wake-up (SO_RCVLOWAT, socket(7)): below, the kernel keeps them and says
     * nothing. Known to epoll channels only.
     */
    public static final ChannelOption<Integer> LOW_WATER = new IntegerUnixChannelOption("SO_RCVLOWAT", 1, 18);

    private static final String THREADS = "net";
    private static final int MAX_LOOPS = 16;
    private static final long CLOSE_SECONDS = 3;

    /** Between two turns in which a loop tells that it gets on. */
    private static final long BEAT_SECONDS = 1;

    private final EventLoopGroup group;
    private final Class<? extends Channel> channelType;
    private final Class<? extends Channel> datagramType;
    private final ThreadPoolExecutor lookups;

    public NetLoops(int count) {
        if (count < 1 || count > MAX_LOOPS) {
            throw new IllegalArgumentException("1 to " + MAX_LOOPS + " event loops, not " + count);
        }
        boolean isEpoll = Epoll.isAvailable();
        this.group = new MultiThreadIoEventLoopGroup(
                count,
                RoleThreads.factory(THREADS),
                isEpoll ? EpollIoHandler.newFactory(0, GatheringSelect::new) : NioIoHandler.newFactory());
        this.channelType = isEpoll ? EpollSocketChannel.class : NioSocketChannel.class;
        this.datagramType = isEpoll ? EpollDatagramChannel.class : NioDatagramChannel.class;
        this.lookups = new ThreadPoolExecutor(
                1,
                1,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_LOOKUPS),
                work -> RoleThreads.named("net-dns", work));
        this.lookups.allowCoreThreadTimeOut(true);
    }

    /** The loop for the next camera, in turn. */
    public NetLoop next() {
        return new NetLoop(group.next());
    }

    /** Whether each loop gets on: told by it from now on, also when it has nothing to do. */
    public List<Progress> watch(LongSupplier steadyNanos) {
        List<Progress> watched = new ArrayList<>();
        for (EventExecutor loop : group) {
            Progress progress = new Progress(THREADS + '-' + watched.size(), steadyNanos);
            loop.scheduleWithFixedDelay(progress::made, 0, BEAT_SECONDS, TimeUnit.SECONDS);
            watched.add(progress);
        }
        return List.copyOf(watched);
    }

    public Class<? extends Channel> channelType() {
        return channelType;
    }

    public Class<? extends Channel> datagramType() {
        return datagramType;
    }

    /** An address at once, a name on its own thread. */
    public CompletableFuture<InetAddress> resolve(String host) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        try {
            return CompletableFuture.completedFuture(InetAddress.ofLiteral(bare));
        } catch (IllegalArgumentException e) {
            return lookUp(bare);
        }
    }

    private CompletableFuture<InetAddress> lookUp(String name) {
        CompletableFuture<InetAddress> found = new CompletableFuture<>();
        try {
            lookups.execute(() -> {
                try {
                    found.complete(InetAddress.getByName(name));
                } catch (UnknownHostException | RuntimeException e) {
                    found.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            found.completeExceptionally(e);
        }
        return found;
    }

    @Override
    public void close() {
        lookups.shutdownNow();
        group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS + 1, TimeUnit.SECONDS);
    }
}
