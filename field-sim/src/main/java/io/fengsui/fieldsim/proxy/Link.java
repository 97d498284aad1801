package io.fengsui.fieldsim.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.ReferenceCountUtil;

/** A connection to the proxy and the one that it opened to the server for it. Event loop only. */
final class Link {
    private final Channel client;
    private final Channel server;
    private final Flow up;
    private final Flow down;
    private final Runnable closed;
    private boolean isClosed;

    Link(Channel client, Channel server, Flow up, Flow down, Runnable closed) {
        this.client = client;
        this.server = server;
        this.up = up;
        this.down = down;
        this.closed = closed;
        client.pipeline().addLast(new End(up, down, server));
        server.pipeline().addLast(new End(down, up, client));
        client.config().setAutoRead(true);
        server.config().setAutoRead(true);
        up.leave();
        down.leave();
    }

    Flow up() {
        return up;
    }

    Flow down() {
        return down;
    }

    /** Takes over other faults. A stream that lost bytes cannot go on as if nothing were: it is reset once bytes pass again. */
    void use(Faults ofUp, Faults ofDown) {
        boolean isWhole = !(up.hasLost() && !ofUp.has(Fault.Swallow.class))
                && !(down.hasLost() && !ofDown.has(Fault.Swallow.class));
        if (!isWhole || !client.isActive() || !server.isActive()) {
            reset();
            return;
        }
        up.use(ofUp);
        down.use(ofDown);
    }

    /** Both ends see a reset. */
    void reset() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        up.release();
        down.release();
        reset(client);
        reset(server);
        closed.run();
    }

    /** Without a pause for what is still to be sent, a close is a reset. */
    static void reset(Channel end) {
        if (end.isOpen()) {
            end.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        end.close();
    }

    private void gone() {
        if (!client.isActive() && !server.isActive() && !isClosed) {
            isClosed = true;
            up.release();
            down.release();
            closed.run();
        }
    }

    /** One end: what it says goes into its flow; what it can take again lets the other flow go on. */
    private final class End extends ChannelInboundHandlerAdapter {
        private final Flow said;
        private final Flow heard;
        private final Channel other;

        End(Flow said, Flow heard, Channel other) {
            this.said = said;
            this.heard = heard;
            this.other = other;
        }

        @Override
        public void channelRead(ChannelHandlerContext from, Object message) {
            if (isClosed || !other.isActive()) {
                ReferenceCountUtil.release(message);
            } else if (!said.arrived((ByteBuf) message)) {
                reset();
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext from) {
            if (!isClosed) {
                heard.leave();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext from) {
            heard.release();
            if (!isClosed) {
                said.ended();
                gone();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext from, Throwable problem) {
            from.close();
        }
    }
}
