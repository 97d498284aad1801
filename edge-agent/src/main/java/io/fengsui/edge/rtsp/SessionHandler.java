package io.fengsui.edge.rtsp;

import io.fengsui.edge.rtsp.message.RtspDecoder;
import io.fengsui.edge.rtsp.message.RtspMessage;
import io.fengsui.edge.rtsp.net.NetLoops;
import io.fengsui.edge.rtsp.net.UdpPorts;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts a session on a channel. Event loop only. */
final class SessionHandler extends ChannelInboundHandlerAdapter implements RtspSession.Wire {
    private final Channel channel;
    private final RtspDecoder decoder;
    private final Class<? extends Channel> datagramType;
    private @Nullable RtspSession session;
    private int gathering = 1;

    SessionHandler(Channel channel, Class<? extends Channel> datagramType) {
        this.channel = channel;
        this.decoder = new RtspDecoder(this::onFrame);
        this.datagramType = datagramType;
    }

    /** What stands before it in the channel. */
    RtspDecoder decoder() {
        return decoder;
    }

    private void onFrame(int channelNumber, byte[] bytes, int offset, int length) {
        if (session != null) {
            session.onFrame(channelNumber, bytes, offset, length);
        }
    }

    void attach(RtspSession owner) {
        session = owner;
    }

    @Override
    public void send(byte[] bytes) {
        channel.writeAndFlush(Unpooled.wrappedBuffer(bytes));
    }

    @Override
    public void close() {
        channel.close();
    }

    @Override
    public void onChannel(int number) {
        decoder.addChannel(number);
    }

    /** A changed wish only, and not each small change of it: it is a system call. */
    @Override
    public void gather(int bytes) {
        int wanted = Math.max(1, bytes);
        boolean isSame = wanted == gathering || wanted > 1 && wanted <= 2 * gathering && 2 * wanted >= gathering;
        // The last picture may come out of a connection that is closed already.
        if (!isSame && channel.isOpen()) {
            gathering = wanted;
            boolean ignored = channel.config().setOption(NetLoops.LOW_WATER, wanted);
        }
    }

    @Override
    public void bindUdp(UdpPorts.Receiver receiver, Consumer<@Nullable UdpPorts> then) {
        InetAddress local = ((InetSocketAddress) channel.localAddress()).getAddress();
        InetAddress remote = ((InetSocketAddress) channel.remoteAddress()).getAddress();
        UdpPorts.bind(new UdpPorts.Ends(channel.eventLoop(), datagramType, local, remote), receiver, then);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (session != null) {
            session.onConnected();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (session != null) {
            session.onMessage((RtspMessage) message);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (session != null) {
            session.onFault(cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (session != null) {
            session.onDisconnected();
        }
    }
}
