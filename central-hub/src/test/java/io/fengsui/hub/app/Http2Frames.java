package io.fengsui.hub.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/** A client that speaks HTTP/2 frame by frame (RFC 9113), also what no library would say. One thread at a time. */
final class Http2Frames implements AutoCloseable {
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int GO_AWAY = 7;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int ACK = 1;
    private static final int GET = 0x82;
    private static final int POST = 0x83;
    private static final int END_OF_STREAM_AND_HEADERS = 5;
    private static final int END_OF_HEADERS = 4;

    private final String authority;
    private final Socket socket;
    private final DataOutputStream out;
    private final DataInputStream in;

    /** @param payload of the first settings; empty: the defaults */
    Http2Frames(int port, byte[] payload) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        out = new DataOutputStream(socket.getOutputStream());
        in = new DataInputStream(socket.getInputStream());
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
        frame(SETTINGS, 0, 0, payload);
        frame(SETTINGS, ACK, 0, new byte[0]);
        authority = "127.0.0.1:" + port;
    }

    /** A method, http, the hub and this path, of the static table of HPACK (RFC 7541, appendix A) and literals. */
    private byte[] headers(int method, String path) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(method);
        block.write(0x86);
        block.write(0x04);
        block.write(path.length());
        block.writeBytes(path.getBytes(US_ASCII));
        block.write(0x01);
        block.write(authority.length());
        block.writeBytes(authority.getBytes(US_ASCII));
        return block.toByteArray();
    }

    /** Asks for a page; false once the hub has closed the connection. */
    boolean get(int stream, String path) {
        return tried(stream, END_OF_STREAM_AND_HEADERS, headers(GET, path));
    }

    /** Begins a request whose body never comes. */
    boolean begin(int stream, String path) {
        return tried(stream, END_OF_HEADERS, headers(POST, path));
    }

    private boolean tried(int stream, int flags, byte[] headers) {
        try {
            frame(HEADERS, flags, stream, headers);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        DataOutputStream to = new DataOutputStream(whole);
        to.writeByte(payload.length >> 16);
        to.writeShort(payload.length);
        to.writeByte(type);
        to.writeByte(flags);
        to.writeInt(stream);
        to.write(payload);
        out.write(whole.toByteArray());
    }

    /** The next frame that answers a stream or ends the connection. */
    int next() throws IOException {
        while (true) {
            int type = nextType();
            if (type == HEADERS || type == RST_STREAM || type == GO_AWAY) {
                return type;
            }
        }
    }

    /** The type of the next frame; {@link #GO_AWAY} also where the connection just ends. */
    private int nextType() throws IOException {
        int length;
        try {
            length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        } catch (EOFException | SocketException e) {
            return GO_AWAY;
        }
        int type = in.readUnsignedByte();
        in.skipNBytes(5L + length);
        return type;
    }

    /** How many of the streams so far were reset, once the hub has seen them all; all of them where it has closed. */
    int resets(int all) throws IOException {
        frame(PING, 0, 0, new byte[8]);
        int resets = 0;
        while (true) {
            int type = nextType();
            if (type == PING) {
                return resets;
            }
            if (type == GO_AWAY) {
                return all;
            }
            resets += type == RST_STREAM ? 1 : 0;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
