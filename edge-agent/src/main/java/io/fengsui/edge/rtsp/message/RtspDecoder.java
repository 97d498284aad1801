package io.fengsui.edge.rtsp.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the byte stream of a connection into messages and interleaved frames. Lines may end in LF alone; blank lines
 * between messages are passed over.
 *
 * <p>After bytes that nothing starts with (cameras under congestion write half a frame and go on) it looks for the next
 * {@code $} with a channel that was set up and an RTP version behind it, or for the next response, and counts; too much
 * of that is an error. Memory is bounded by one frame or by the caps on line, head and body.
 *
 * <p>A read's buffer goes back to the loop's pool when this returns; of what is not yet whole a copy of its own size is
 * kept, so that a camera that waits in the middle of a frame holds no receive buffer. Event loop only.
 */
public final class RtspDecoder extends ChannelInboundHandlerAdapter {
    static final int MAX_LINE_BYTES = 4 << 10;
    static final int MAX_HEAD_BYTES = 16 << 10;
    /** Bytes that may be passed over in search of the next frame. */
    static final int MAX_GARBAGE_BYTES = 256 << 10;
    /** Times that the thread may be lost in one connection. */
    static final int MAX_RESYNCS = 10;

    private static final int FRAME_HEADER = 4;
    private static final byte[] RESPONSE_START = "RTSP/1.".getBytes(StandardCharsets.US_ASCII);

    private final BitSet channels = new BitSet(256);
    private final FrameSink frames;
    private @Nullable ByteBuf rest;
    private boolean isBroken;
    private @Nullable MessageHead head;
    private int headBytes;
    private int bodyLength = -1;
    private int scanned;
    private boolean isLost;
    private int resyncs;
    private int garbageBytes;

    /** @param frames is given each frame before what comes behind it is read */
    public RtspDecoder(FrameSink frames) {
        this.frames = frames;
    }

    /** A channel that SETUP gave us: frames on others are passed over while we are not lost, and not found when we are. */
    public void addChannel(int channel) {
        channels.set(channel);
    }

    int resyncs() {
        return resyncs;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            if (!isBroken) {
                take(ctx, in);
            }
        } catch (RuntimeException e) {
            isBroken = true;
            ctx.fireExceptionCaught(new DecoderException(e));
        } finally {
            in.release();
        }
    }

    private void take(ChannelHandlerContext ctx, ByteBuf in) {
        ByteBuf before = rest;
        rest = null;
        if (before == null) {
            decode(ctx, in);
            keep(ctx, in);
            return;
        }
        try {
            before.writeBytes(in);
            decode(ctx, before);
            keep(ctx, before);
        } finally {
            before.release();
        }
    }

    private void keep(ChannelHandlerContext ctx, ByteBuf from) {
        if (from.isReadable() && !ctx.isRemoved()) {
            rest = ctx.alloc().buffer(from.readableBytes()).writeBytes(from);
        }
    }

    private void decode(ChannelHandlerContext ctx, ByteBuf in) {
        while (in.isReadable()) {
            int before = in.readerIndex();
            RtspMessage message = next(in);
            if (message != null) {
                ctx.fireChannelRead(message);
            } else if (in.readerIndex() == before) {
                return;
            }
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (rest != null) {
            rest.release();
            rest = null;
        }
    }

    private @Nullable RtspMessage next(ByteBuf in) {
        if (bodyLength >= 0) {
            return body(in);
        }
        if (head != null) {
            return line(in);
        }
        if (isLost) {
            search(in);
            return null;
        }
        int first = in.getUnsignedByte(in.readerIndex());
        if (first == '$') {
            return frame(in);
        }
        if (first == '\r' || first == '\n' || first == ' ') {
            in.skipBytes(1);
            return null;
        }
        if (first >= 'A' && first <= 'Z') {
            return line(in);
        }
        lose(in);
        return null;
    }

    private @Nullable RtspMessage frame(ByteBuf in) {
        if (in.readableBytes() < FRAME_HEADER) {
            return null;
        }
        int channel = in.getUnsignedByte(in.readerIndex() + 1);
        int length = in.getUnsignedShort(in.readerIndex() + 2);
        if (in.readableBytes() < FRAME_HEADER + length) {
            return null;
        }
        in.skipBytes(FRAME_HEADER);
        frames.onFrame(channel, LentBytes.read(in, length), 0, length);
        return null;
    }

    private @Nullable RtspMessage line(ByteBuf in) {
        int from = in.readerIndex();
        int end = in.indexOf(from + scanned, in.writerIndex(), (byte) '\n');
        int length = (end < 0 ? in.writerIndex() : end) - from;
        if (length > MAX_LINE_BYTES) {
            return badHead(in, "a line over " + MAX_LINE_BYTES + " bytes");
        }
        if (end < 0) {
            scanned = length;
            return null;
        }
        scanned = 0;
        headBytes += length + 1;
        if (headBytes > MAX_HEAD_BYTES) {
            return badHead(in, "headers over " + MAX_HEAD_BYTES + " bytes");
        }
        int textLength = length > 0 && in.getByte(end - 1) == '\r' ? length - 1 : length;
        String text = in.toString(from, textLength, StandardCharsets.UTF_8);
        in.readerIndex(end + 1);
        if (head == null) {
            head = new MessageHead(text);
        } else if (text.isBlank()) {
            bodyLength = head.bodyLength();
            return body(in);
        } else {
            head.addLine(text);
        }
        return null;
    }

    private @Nullable RtspMessage body(ByteBuf in) {
        MessageHead complete = head;
        if (complete == null || in.readableBytes() < bodyLength) {
            return null;
        }
        byte[] body = new byte[bodyLength];
        in.readBytes(body);
        startOver();
        return complete.toMessage(body);
    }

    private void startOver() {
        head = null;
        headBytes = 0;
        bodyLength = -1;
        scanned = 0;
    }

    /** Without channels there is no frame to look for: then this is not the peer we want. */
    private @Nullable RtspMessage badHead(ByteBuf in, String why) {
        if (channels.isEmpty()) {
            throw new MalformedRtspException(why);
        }
        startOver();
        lose(in);
        return null;
    }

    /** What is at the reader's index starts nothing. */
    private void lose(ByteBuf in) {
        isLost = true;
        resyncs++;
        if (channels.isEmpty() || resyncs > MAX_RESYNCS) {
            throw new MalformedRtspException(
                    channels.isEmpty() ? "the answer is not RTSP" : "lost the thread " + resyncs + " times");
        }
        in.skipBytes(1);
        search(in);
    }

    private void search(ByteBuf in) {
        int from = in.readerIndex();
        int end = in.writerIndex();
        int at = from;
        boolean undecided = false;
        while (at < end && isLost && !undecided) {
            int value = in.getUnsignedByte(at);
            if (value == '$' || value == 'R') {
                int left = end - at;
                int needed = value == '$' ? FRAME_HEADER + 1 : RESPONSE_START.length;
                undecided = left < needed;
                isLost = undecided || !(value == '$' ? looksLikeFrame(in, at) : looksLikeResponse(in, at));
            }
            if (isLost && !undecided) {
                at++;
            }
        }
        garbageBytes += at - from;
        in.readerIndex(at);
        if (garbageBytes > MAX_GARBAGE_BYTES) {
            throw new MalformedRtspException("more than " + MAX_GARBAGE_BYTES + " bytes of no meaning");
        }
    }

    private boolean looksLikeFrame(ByteBuf in, int at) {
        return channels.get(in.getUnsignedByte(at + 1))
                && in.getUnsignedShort(at + 2) >= 8
                && (in.getByte(at + 4) & 0xC0) == 0x80;
    }

    private static boolean looksLikeResponse(ByteBuf in, int at) {
        return ByteBufUtil.equals(in, at, Unpooled.wrappedBuffer(RESPONSE_START), 0, RESPONSE_START.length);
    }
}
