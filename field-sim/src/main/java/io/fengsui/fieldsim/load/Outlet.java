package io.fengsui.fieldsim.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Where one viewer's packets go. Event loop only. */
sealed interface Outlet {
    /** The interleaved channel of RTP; 0 where there is none. */
    int channel();

    /** Sends one packet now; false when the viewer does not take it, and the packet is lost. */
    boolean send(PacketStore stream, int packet);

    /** Sends a sender report, which begins with the four bytes of an interleaved frame. */
    void report(ByteBuf report);

    boolean isOpen();

    /** In the RTSP connection. One system call a packet, past Netty's queue, which takes what the socket does not. */
    record Interleaved(EpollSocketChannel connection, int channel) implements Outlet {
        @Override
        public boolean send(PacketStore stream, int packet) {
            if (isBacklogged()) {
                return false;
            }
            int begin = stream.begin(packet);
            int end = stream.end(packet);
            try {
                int sent = connection.fd().writeAddress(stream.address(), begin, end);
                if (sent <= 0) {
                    return false;
                }
                if (sent < end - begin) {
                    connection.writeAndFlush(Unpooled.copiedBuffer(stream.slice(begin + sent, end)));
                }
                return true;
            } catch (IOException e) {
                connection.close();
                return false;
            }
        }

        @Override
        public void report(ByteBuf report) {
            if (isBacklogged()) {
                report.release();
            } else {
                report.setByte(1, channel + 1);
                connection.writeAndFlush(report, connection.voidPromise());
            }
        }

        private boolean isBacklogged() {
            var queue = connection.unsafe().outboundBuffer();
            return queue == null || queue.totalPendingWriteBytes() > 0;
        }

        @Override
        public boolean isOpen() {
            return connection.isActive();
        }
    }

    /** In datagrams from a port that all cameras share; they leave together at the end of a tick. */
    record Datagrams(Channel connection, Channel rtp, InetSocketAddress to, Channel rtcp, InetSocketAddress rtcpTo)
            implements Outlet {
        private static final int FRAME_HEADER = 4;

        @Override
        public int channel() {
            return 0;
        }

        @Override
        public boolean send(PacketStore stream, int packet) {
            int begin = stream.begin(packet) + FRAME_HEADER;
            int end = stream.end(packet);
            ByteBuf copy = rtp.alloc().directBuffer(end - begin).writeBytes(stream.slice(begin, end));
            rtp.write(new DatagramPacket(copy, to), rtp.voidPromise());
            return true;
        }

        @Override
        public void report(ByteBuf report) {
            rtcp.writeAndFlush(new DatagramPacket(report.skipBytes(FRAME_HEADER), rtcpTo), rtcp.voidPromise());
        }

        @Override
        public boolean isOpen() {
            return connection.isActive();
        }
    }
}
