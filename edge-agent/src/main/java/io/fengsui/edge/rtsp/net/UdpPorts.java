package io.fengsui.edge.rtsp.net;

import io.fengsui.edge.rtsp.message.LentBytes;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Two neighbouring UDP ports for RTP and RTCP (RFC 3550, 11: the even one for RTP) on the address that the RTSP
 * connection has, for cameras and servers that cannot interleave. Only what comes from the camera's own address is
 * taken. Event loop of the session only.
 */
public final class UdpPorts {
    private static final int TRIES = 20;
    private static final int RECEIVE_BUFFER = 1 << 20;
    /** Cameras send up to 10,000 bytes in one datagram. */
    private static final int MAX_DATAGRAM = 16 << 10;

    /** Takes the datagrams of the two ports. */
    public interface Receiver {
        /** The bytes are lent until this returns. */
        void onDatagram(boolean isRtcp, byte[] bytes, int length);
    }

    /**
     * Whose ports these are.
     *
     * @param local where they are bound
     * @param remote the only address that is listened to
     */
    public record Ends(EventLoop loop, Class<? extends Channel> channelType, InetAddress local, InetAddress remote) {}

    private final Ends ends;
    private final Channel rtp;
    private final Channel rtcp;

    private UdpPorts(Ends ends, Channel rtp, Channel rtcp) {
        this.ends = ends;
        this.rtp = rtp;
        this.rtcp = rtcp;
    }

    /** Tells the ports on the event loop, or null when there are none to be had. */
    public static void bind(Ends ends, Receiver receiver, Consumer<@Nullable UdpPorts> then) {
        bind(ends, receiver, then, TRIES);
    }

    private static void bind(Ends ends, Receiver receiver, Consumer<@Nullable UdpPorts> then, int triesLeft) {
        if (triesLeft == 0) {
            then.accept(null);
            return;
        }
        open(ends, 0, false, receiver).addListener((ChannelFuture first) -> {
            if (!first.isSuccess()) {
                then.accept(null);
                return;
            }
            int port = port(first.channel());
            if (port % 2 != 0) {
                first.channel().close();
                bind(ends, receiver, then, triesLeft - 1);
                return;
            }
            open(ends, port + 1, true, receiver).addListener((ChannelFuture second) -> {
                if (second.isSuccess()) {
                    then.accept(new UdpPorts(ends, first.channel(), second.channel()));
                } else {
                    first.channel().close();
                    bind(ends, receiver, then, triesLeft - 1);
                }
            });
        });
    }

    private static ChannelFuture open(Ends ends, int port, boolean isRtcp, Receiver receiver) {
        return new Bootstrap()
                .group(ends.loop())
                .channel(ends.channelType())
                .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM))
                .handler(new SimpleChannelInboundHandler<DatagramPacket>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
                        if (packet.sender().getAddress().equals(ends.remote())) {
                            ByteBuf content = packet.content();
                            int length = content.readableBytes();
                            receiver.onDatagram(isRtcp, LentBytes.read(content, length), length);
                        }
                    }

                    @Override
                    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                        // A port unreachable that came back: the watchdog over pictures decides, not this.
                    }
                })
                .bind(new InetSocketAddress(ends.local(), port));
    }

    private static int port(Channel channel) {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    public int rtpPort() {
        return port(rtp);
    }

    public void sendRtcp(byte[] bytes, int remotePort) {
        rtcp.writeAndFlush(
                new DatagramPacket(Unpooled.wrappedBuffer(bytes), new InetSocketAddress(ends.remote(), remotePort)));
    }

    public void close() {
        rtp.close();
        rtcp.close();
    }
}
