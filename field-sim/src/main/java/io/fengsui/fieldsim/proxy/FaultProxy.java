package io.fengsui.fieldsim.proxy;

import io.fengsui.runtime.RoleThreads;
import io.fengsui.runtime.TimeSource;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A TCP proxy on loopback with faults that can be changed while connections pass. What is at random is decided by the seed
 * and the order in which bytes come. Thread-safe; every call returns when it has been done.
 *
 * <p>A <em>half-open</em> connection is one whose other end is gone without a word: nothing passes either way, nothing is
 * closed, and who connects anew gets a connection that never answers.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final long CLOSE_SECONDS = 5;

    private final InetSocketAddress server;
    private final TimeSource time;
    private final Random random;
    private final EventLoopGroup group;
    private final EventLoop loop;
    private final Channel listener;
    private final Map<Direction, Faults> faults =
            new EnumMap<>(Map.of(Direction.UP, Faults.NONE, Direction.DOWN, Faults.NONE));
    private final Set<Link> links = new HashSet<>();
    private final Set<Channel> unanswered = new HashSet<>();
    private boolean isRefusing;
    private long accepted;
    private long resets;
    private long passedUp;
    private long passedDown;
    private long spoiled;

    private FaultProxy(int port, InetSocketAddress server, long seed, TimeSource time) throws IOException {
        this.server = server;
        this.time = time;
        this.random = new Random(seed);
        this.group = new MultiThreadIoEventLoopGroup(1, RoleThreads.factory("proxy"), NioIoHandler.newFactory());
        this.loop = group.next();
        ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new IOException(
                    "cannot listen on port " + port + ": " + bound.cause().getMessage(), bound.cause());
        }
        this.listener = bound.channel();
    }

    /** Begins to pass connections on; port 0 takes a free one. */
    public static FaultProxy start(int port, InetSocketAddress server, long seed, TimeSource time) throws IOException {
        return new FaultProxy(port, server, seed, time);
    }

    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** From now on this is done to bytes that go this way, of all connections. */
    public void apply(Direction way, Fault fault) {
        inLoop(() -> use(way, ofWay(way).with(fault)));
    }

    /** See the class. */
    public void halfOpen() {
        inLoop(() -> {
            for (Direction way : Direction.values()) {
                use(way, ofWay(way).with(new Fault.Swallow()));
            }
        });
    }

    /** Resets all connections. Others may come. */
    public void cut() {
        inLoop(this::resetAll);
    }

    /** Resets all connections, and everyone who comes until {@link #heal}. */
    public void refuse() {
        inLoop(() -> {
            isRefusing = true;
            resetAll();
        });
    }

    /** Ends all faults. Connections that lost bytes are reset. */
    public void heal() {
        inLoop(() -> {
            isRefusing = false;
            for (Direction way : Direction.values()) {
                use(way, Faults.NONE);
            }
            new ArrayList<>(unanswered).forEach(this::reject);
        });
    }

    public ProxyStats stats() {
        return loop.submit(() -> new ProxyStats(
                        accepted,
                        links.size() + unanswered.size(),
                        passedUp
                                + links.stream()
                                        .mapToLong(link -> link.up().passed())
                                        .sum(),
                        passedDown
                                + links.stream()
                                        .mapToLong(link -> link.down().passed())
                                        .sum(),
                        resets
                                + spoiled
                                + links.stream().mapToLong(FaultProxy::spoiled).sum()))
                .syncUninterruptibly()
                .getNow();
    }

    private static long spoiled(Link link) {
        return link.up().spoiled() + link.down().spoiled();
    }

    private void inLoop(Runnable work) {
        loop.submit(work).syncUninterruptibly();
    }

    private void use(Direction way, Faults changed) {
        faults.put(way, changed);
        List<Link> now = new ArrayList<>(links);
        now.forEach(link -> link.use(ofWay(Direction.UP), ofWay(Direction.DOWN)));
    }

    private Faults ofWay(Direction way) {
        return faults.getOrDefault(way, Faults.NONE);
    }

    private void resetAll() {
        resets += links.size();
        new ArrayList<>(links).forEach(Link::reset);
        new ArrayList<>(unanswered).forEach(this::reject);
    }

    private void reject(Channel client) {
        unanswered.remove(client);
        Link.reset(client);
    }

    private boolean isHalfOpen() {
        return ofWay(Direction.UP).has(Fault.Swallow.class)
                && ofWay(Direction.DOWN).has(Fault.Swallow.class);
    }

    private void accept(Channel client) {
        accepted++;
        if (isRefusing) {
            resets++;
            reject(client);
            return;
        }
        unanswered.add(client);
        client.closeFuture().addListener(gone -> unanswered.remove(client));
        if (!isHalfOpen()) {
            connect(client);
        }
    }

    private void connect(Channel client) {
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        // what it does is known once both ends are there
                    }
                })
                .connect(server)
                .addListener((ChannelFuture connected) -> {
                    if (!unanswered.remove(client) || !client.isActive() || !connected.isSuccess()) {
                        connected.channel().close();
                        reject(client);
                    } else {
                        join(client, connected.channel());
                    }
                });
    }

    private void join(Channel client, Channel behind) {
        Flow up = new Flow(client, behind, ofWay(Direction.UP), time, random);
        Flow down = new Flow(behind, client, ofWay(Direction.DOWN), time, random);
        Link[] link = new Link[1];
        link[0] = new Link(client, behind, up, down, () -> {
            links.remove(link[0]);
            passedUp += up.passed();
            passedDown += down.passed();
            spoiled += up.spoiled() + down.spoiled();
        });
        links.add(link[0]);
    }

    @Override
    public void close() {
        listener.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        inLoop(this::resetAll);
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
