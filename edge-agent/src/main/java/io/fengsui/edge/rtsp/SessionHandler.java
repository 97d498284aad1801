package io.fengsui.edge.rtsp;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import org.jspecify.annotations.Nullable;

/** Puts a session on a channel. Event loop only. */
final class SessionHandler extends ChannelInboundHandlerAdapter implements RtspSession.Wire {
    private final Channel channel;
    private final RtspDecoder decoder;
    private @Nullable RtspSession session;

    SessionHandler(Channel channel, RtspDecoder decoder) {
        this.channel = channel;
        this.decoder = decoder;
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
