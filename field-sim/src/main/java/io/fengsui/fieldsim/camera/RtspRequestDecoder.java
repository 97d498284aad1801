package io.fengsui.fieldsim.camera;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.TooLongFrameException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Cuts a client's bytes into requests (RFC 2326, section 4) and skips what it sends on interleaved channels (section 10.12: receiver
 * reports). Lines may end with LF alone. Event loop only.
 */
public final class RtspRequestDecoder extends ByteToMessageDecoder {
    private static final int MAX_HEAD = 16 << 10;
    private static final int MAX_HEADERS = 64;
    private static final int MAX_BODY = 64 << 10;

    private int bodyToSkip;

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (bodyToSkip > 0) {
            int skipped = Math.min(bodyToSkip, in.readableBytes());
            in.skipBytes(skipped);
            bodyToSkip -= skipped;
            return;
        }
        int first = in.getUnsignedByte(in.readerIndex());
        if (first == '$') {
            skipInterleaved(in);
        } else if (first == '\r' || first == '\n') {
            in.skipBytes(1);
        } else {
            readRequest(in, out);
        }
    }

    private static void skipInterleaved(ByteBuf in) {
        if (in.readableBytes() >= 4) {
            int length = in.getUnsignedShort(in.readerIndex() + 2);
            if (in.readableBytes() >= 4 + length) {
                in.skipBytes(4 + length);
            }
        }
    }

    private void readRequest(ByteBuf in, List<Object> out) {
        int end = endOfHead(in);
        if (end < 0) {
            if (in.readableBytes() > MAX_HEAD) {
                throw new TooLongFrameException("a request's head is longer than " + MAX_HEAD + " bytes");
            }
            return;
        }
        String head = in.readCharSequence(end - in.readerIndex(), StandardCharsets.UTF_8)
                .toString();
        RtspRequest request = parse(head);
        bodyToSkip = bodyLength(request);
        out.add(request);
    }

    /** Index after the empty line, or -1. */
    private static int endOfHead(ByteBuf in) {
        boolean isLineEmpty = false;
        for (int i = in.readerIndex(); i < in.writerIndex(); i++) {
            byte b = in.getByte(i);
            if (b == '\n') {
                if (isLineEmpty) {
                    return i + 1;
                }
                isLineEmpty = true;
            } else if (b != '\r') {
                isLineEmpty = false;
            }
        }
        return -1;
    }

    static RtspRequest parse(String head) {
        String[] lines = head.split("\r?\n");
        String[] first = lines[0].split(" ");
        if (first.length != 3 || !first[2].startsWith("RTSP/1.")) {
            throw new IllegalArgumentException("not an RTSP request line");
        }
        if (lines.length > MAX_HEADERS) {
            throw new TooLongFrameException("a request has more than " + MAX_HEADERS + " headers");
        }
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.put(
                        lines[i].substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip());
            }
        }
        return new RtspRequest(first[0], first[1], headers);
    }

    private static int bodyLength(RtspRequest request) {
        String length = request.header("content-length");
        if (length == null) {
            return 0;
        }
        try {
            int bytes = Integer.parseInt(length);
            if (bytes >= 0 && bytes <= MAX_BODY) {
                return bytes;
            }
        } catch (NumberFormatException e) {
            // told below, like a number out of range
        }
        throw new IllegalArgumentException("Content-Length must be 0.." + MAX_BODY);
    }
}
