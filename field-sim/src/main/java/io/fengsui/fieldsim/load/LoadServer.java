package io.fengsui.fieldsim.load;

import io.fengsui.fieldsim.camera.RtspRequestDecoder;
import io.fengsui.fieldsim.library.StreamLibrary;
import io.fengsui.runtime.RoleThreads;
import io.fengsui.runtime.TimeSource;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Hundreds of cameras on one port of the loopback address, told apart by path: {@code rtsp://127.0.0.1:PORT/cam-0}. One thread
 * does everything. Needs Linux. Thread-safe.
 */
public final class LoadServer implements AutoCloseable {
    private static final int BACKLOG = 4096;
    /** What a camera can hold back for a viewer that is slow. */
    private static final int SEND_BUFFER = 128 << 10;

    private static final long CLOSE_SECONDS = 5;

    private final TimeSource time;
    private final EventLoopGroup group;
    private final EventLoop loop;
    private final LoadFleet fleet;
    private final TruthLog truth;
    private final ChannelGroup connections;
    private final Channel listener;
    private long refusesUntilNanos;
    private boolean isClosed;

    /**
     * What is to be simulated.
     *
     * @param port 0 takes a free one
     * @param isUdp whether the cameras refuse interleaving and send datagrams
     * @param truth the file that what happens is written to
     */
    public record Plan(int port, int cameras, boolean isUdp, Path truth) {
        public Plan {
            if (cameras < 1 || cameras > 10_000) {
                throw new IllegalArgumentException("1 to 10000 cameras, not " + cameras);
            }
        }
    }

    private LoadServer(Plan plan, List<PacketStore> streams, TimeSource time) throws IOException {
        this.time = time;
        this.truth = new TruthLog(plan.truth(), time);
        this.fleet = new LoadFleet(LoadFleet.cameras(plan.cameras(), streams, time), plan.isUdp(), truth, time);
        this.group = new MultiThreadIoEventLoopGroup(1, RoleThreads.factory("load"), EpollIoHandler.newFactory());
        this.loop = group.next();
        this.connections = new DefaultChannelGroup(loop);
        if (plan.isUdp()) {
            fleet.useDatagrams(datagrams(), datagrams());
        }
        this.listener = listen(plan.port());
        loop.execute(this::tick);
    }

    /** Begins to listen; cameras share the streams in turn. */
    public static LoadServer start(Plan plan, List<StreamLibrary.Entry> entries, TimeSource time) throws IOException {
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("no stream to be sent");
        }
        List<PacketStore> streams = new ArrayList<>();
        for (StreamLibrary.Entry entry : entries) {
            streams.add(new PacketStore(entry));
        }
        return new LoadServer(plan, streams, time);
    }

    private Channel datagrams() {
        return new Bootstrap()
                .group(group)
                .channel(EpollDatagramChannel.class)
                .option(ChannelOption.SO_SNDBUF, 4 << 20)
                .handler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(io.netty.channel.ChannelHandlerContext from, Object message) {
                        io.netty.util.ReferenceCountUtil.release(message); // receiver reports
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    private Channel listen(int port) {
        return new ServerBootstrap()
                .group(group)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        fleet.counters().connections++;
                        if (time.steadyNanos() - refusesUntilNanos < 0) {
                            channel.close();
                            return;
                        }
                        connections.add(channel);
                        channel.pipeline().addLast(new RtspRequestDecoder(), new LoadConnection(fleet));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .syncUninterruptibly()
                .channel();
    }

    private void tick() {
        fleet.tick();
        if (!isClosed) {
            loop.schedule(this::tick, 1, TimeUnit.MILLISECONDS);
        }
    }

    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** What was done until now, in one line. */
    public String stats() {
        return loop.submit(() -> fleet.counters().line()).syncUninterruptibly().getNow();
    }

    /** The power fails: all connections are cut, nobody gets in for a while, and some cameras stay dead. */
    public void cut(Duration outage, int dead) {
        loop.submit(() -> {
                    refusesUntilNanos = time.steadyNanos() + outage.toNanos();
                    fleet.kill(dead);
                    connections.close();
                })
                .syncUninterruptibly();
    }

    @Override
    public void close() throws IOException {
        loop.execute(() -> isClosed = true);
        listener.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        connections.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        truth.close();
    }
}
