package io.fengsui.fieldsim.camera;

import io.fengsui.fieldsim.clip.AccessUnitClip;
import io.fengsui.runtime.RoleThreads;
import io.fengsui.runtime.TimeSource;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Many simulated cameras on one port, told apart by path. On loopback. Thread-safe.
 *
 * <pre>{@code
 * try (RtspServer server = RtspServer.start(0)) {
 *     server.add(CameraSettings.named("cam1"), clip);
 *     client.play(server.uri("cam1"));
 * }
 * }</pre>
 */
public final class RtspServer implements AutoCloseable {
    private static final WriteBufferWaterMark UNREAD = new WriteBufferWaterMark(256 << 10, 1 << 20);

    private final Map<String, SimulatedCamera> cameras = new ConcurrentHashMap<>();
    private final TimeSource time;
    private final EventLoopGroup loops;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final Channel listener;

    private RtspServer(int port, int threads, TimeSource time) {
        this.time = time;
        this.loops =
                new MultiThreadIoEventLoopGroup(threads, RoleThreads.factory("camera-net"), NioIoHandler.newFactory());
        try {
            this.listener = listen(port);
        } catch (RuntimeException e) {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw e;
        }
    }

    /** Listens on this port of the loopback address; 0 takes a free one. */
    public static RtspServer start(int port) {
        return start(port, 1, TimeSource.system());
    }

    public static RtspServer start(int port, int threads, TimeSource time) {
        return new RtspServer(port, threads, time);
    }

    private Channel listen(int port) {
        SplittableRandom seeds = new SplittableRandom(time.steadyNanos());
        return new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNREAD)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        connections.add(channel);
                        SplittableRandom random;
                        synchronized (seeds) {
                            random = seeds.split();
                        }
                        channel.pipeline()
                                .addLast(new RtspRequestDecoder(), new RtspConnection(cameras::get, time, random));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .syncUninterruptibly()
                .channel();
    }

    /** Adds a camera that shows one clip over and over. */
    public SimulatedCamera add(CameraSettings settings, AccessUnitClip clip) {
        return add(settings, Timeline.of(clip));
    }

    public SimulatedCamera add(CameraSettings settings, Timeline timeline) {
        SimulatedCamera camera = new SimulatedCamera(settings, timeline, time);
        if (cameras.putIfAbsent(settings.name(), camera) != null) {
            throw new IllegalArgumentException("there is a camera " + settings.name() + " already");
        }
        return camera;
    }

    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Where a client finds the camera, without user and password. */
    public URI uri(String camera) {
        return URI.create("rtsp://127.0.0.1:" + port() + '/' + camera);
    }

    /** Connections that are open, playing or not. */
    public int connections() {
        return connections.size();
    }

    @Override
    public void close() {
        listener.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
        connections.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
