package io.fengsui.fieldsim.load;

import io.fengsui.runtime.TimeSource;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The cameras, their viewers and the clock that drives them. Event loop only after it was made. */
final class LoadFleet {
    private static final int FLUSH_TICKS = 500;

    private final List<LoadCamera> cameras;
    private final boolean isUdp;
    private final TruthLog truth;
    private final TimeSource time;
    private final LoadCounters counters = new LoadCounters();
    private final Wheel wheel;
    private @Nullable Channel rtp;
    private @Nullable Channel rtcp;
    private int ticks;

    LoadFleet(List<LoadCamera> cameras, boolean isUdp, TruthLog truth, TimeSource time) {
        this.cameras = List.copyOf(cameras);
        this.isUdp = isUdp;
        this.truth = truth;
        this.time = time;
        this.wheel = new Wheel(time.steadyNanos());
    }

    /** Cameras whose happenings and keyframes are spread evenly, the same every time. */
    static List<LoadCamera> cameras(int count, List<PacketStore> streams, TimeSource time) {
        SplittableRandom random = new SplittableRandom(42);
        long origin = time.steadyNanos();
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> camera(i, count, streams, origin + random.nextInt(66_000_000)))
                .toList();
    }

    private static LoadCamera camera(int number, int count, List<PacketStore> streams, long origin) {
        PacketStore stream = streams.get(number % streams.size());
        int gop = stream.truth().gopFrames();
        int gops = stream.frameCount() / gop;
        int sharers = Math.max(1, (count + streams.size() - 1) / streams.size());
        // Evenly over the stream, and within a group of pictures by the origin.
        int start = (int) ((long) (number / streams.size()) * gops / sharers) * gop;
        long shift = (long) (number % gop) * 1_000_000_000L / stream.truth().framesPerSecond();
        return new LoadCamera(number, stream, start, origin + shift);
    }

    void useDatagrams(Channel media, Channel control) {
        rtp = media;
        rtcp = control;
    }

    boolean isUdp() {
        return isUdp;
    }

    @Nullable
    LoadCamera camera(String name) {
        if (!name.matches("cam-\\d{1,6}")) {
            return null;
        }
        int number = Integer.parseInt(name.substring("cam-".length()));
        return number < cameras.size() ? cameras.get(number) : null;
    }

    List<LoadCamera> all() {
        return cameras;
    }

    LoadCounters counters() {
        return counters;
    }

    Viewer viewer(LoadCamera camera, Outlet outlet) {
        return new Viewer(camera, outlet, counters, truth, ThreadLocalRandom.current());
    }

    void start(Viewer viewer) {
        viewer.start(time.steadyNanos());
        wheel.add(viewer);
    }

    Outlet datagrams(Channel connection, int rtpPort, int rtcpPort) {
        if (rtp == null || rtcp == null) {
            throw new IllegalStateException("no ports for datagrams");
        }
        InetAddress peer = ((InetSocketAddress) connection.remoteAddress()).getAddress();
        return new Outlet.Datagrams(
                connection, rtp, new InetSocketAddress(peer, rtpPort), rtcp, new InetSocketAddress(peer, rtcpPort));
    }

    String serverPorts() {
        return port(rtp) + "-" + port(rtcp);
    }

    private static int port(@Nullable Channel channel) {
        return channel == null ? 0 : ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** Every millisecond. */
    void tick() {
        counters.lateNanos = Math.max(counters.lateNanos, wheel.advance(time.steadyNanos()));
        if (rtp != null) {
            rtp.flush();
        }
        if (++ticks % FLUSH_TICKS == 0) {
            truth.flush();
        }
    }

    /** The first so many cameras take connections and answer nothing; the others live. */
    void kill(int dead) {
        cameras.forEach(LoadCamera::revive);
        cameras.stream().limit(dead).forEach(LoadCamera::kill);
    }
}
