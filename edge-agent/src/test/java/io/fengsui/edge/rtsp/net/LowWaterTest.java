package io.fengsui.edge.rtsp.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LowWaterTest {
    /** Reads of one connection, in bytes. */
    private final BlockingQueue<Integer> reads = new LinkedBlockingQueue<>();

    private int read() throws InterruptedException {
        Integer bytes = reads.poll(10, TimeUnit.SECONDS);
        return bytes == null ? -1 : bytes;
    }

    @Test
    @Timeout(60)
    void whatIsLessThanTheLowWaterWaitsInTheKernelUntilItIsLowered() throws Exception {
        assumeTrue(Epoll.isAvailable(), "no epoll here: the hint is ignored");
        try (NetLoops loops = new NetLoops(1);
                ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Channel channel = new Bootstrap()
                    .group(loops.next().netty())
                    .channel(loops.channelType())
                    .handler(new SimpleChannelInboundHandler<ByteBuf>() {
                        @Override
                        protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
                            reads.add(bytes.readableBytes());
                        }
                    })
                    .connect(server.getLocalSocketAddress())
                    .sync()
                    .channel();
            try (Socket camera = server.accept()) {
                camera.setTcpNoDelay(true);
                OutputStream out = camera.getOutputStream();
                out.write(new byte[100]);
                assertThat(read()).isEqualTo(100);

                assertThat(channel.config().setOption(NetLoops.LOW_WATER, 1000)).isTrue();
                out.write(new byte[400]);
                out.write(new byte[700]);
                assertThat(read()).as("both pictures at one time").isEqualTo(1100);

                out.write(new byte[300]);
                // Other work of the same loop goes on, and the bytes stay where they are.
                channel.eventLoop().submit(() -> {}).sync();
                assertThat(reads).isEmpty();
                assertThat(channel.config().setOption(NetLoops.LOW_WATER, 1)).isTrue();
                assertThat(read()).as("what waited").isEqualTo(300);
            }
            channel.close().sync();
        }
    }
}
