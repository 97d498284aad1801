package io.fengsui.hub.console.http.socket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a connection over which {@value #MOST} bytes have come without a single one having left. No peer in its right mind
 * gets there: the largest body over HTTP/1.1 is far smaller and answered, and over HTTP/2 the hub gives leave for more long
 * before (RFC 9113 section 5.2). But the server goes on reading a body of HTTP/1.1 that it has refused, gigabytes if they
 * come. One for each connection, first in its pipeline; on its event loop.
 */
public final class UnansweredLimit extends ChannelDuplexHandler {
    static final long MOST = 8 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(UnansweredLimit.class);

    private long unanswered;

    private UnansweredLimit() {}

    public static void guard(ChannelPipeline pipeline) {
        pipeline.addFirst(new UnansweredLimit());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            unanswered += bytes.readableBytes();
        }
        if (unanswered <= MOST) {
            context.fireChannelRead(message);
            return;
        }
        ReferenceCountUtil.release(message);
        if (context.channel().isActive()) {
            LOG.debug("closed a connection that sends without end channel={}", context.channel());
            var _ = context.close();
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        unanswered = 0;
        var _ = context.write(message, promise);
    }
}
