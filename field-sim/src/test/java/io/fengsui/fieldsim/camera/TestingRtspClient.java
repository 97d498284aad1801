package io.fengsui.fieldsim.camera;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client as plain as can be: says what it is told to, reads replies and interleaved frames. Confined to its test's thread. */
final class TestingRtspClient implements AutoCloseable {
    record Frame(int channel, ByteBuffer bytes) {
        boolean hasMarker() {
            return (bytes.get(1) & 0x80) != 0;
        }

        int sequence() {
            return bytes.getShort(2) & 0xffff;
        }

        byte[] payload() {
            byte[] payload = new byte[bytes.capacity() - 12];
            bytes.get(12, payload);
            return payload;
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final String base;
    private final List<Frame> framesBeforeReply = new ArrayList<>();
    private int number;

    TestingRtspClient(RtspServer server, String camera) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(10_000);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        base = server.uri(camera).toString();
    }

    String request(String method, String suffix, String... headers) throws IOException {
        StringBuilder text =
                new StringBuilder(method + ' ' + base + suffix + " RTSP/1.0\r\nCSeq: " + ++number + "\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        send(text + "\r\n");
        return reply();
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** SETUP and PLAY; returns the reply to PLAY. */
    String play() throws IOException {
        String setup = request("SETUP", "/trackID=0", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1");
        return request("PLAY", "/", "Session: " + sessionOf(setup));
    }

    static String sessionOf(String setup) {
        return setup.split("Session: ", 2)[1].split("[;\\r\\n]", 2)[0];
    }

    /** The next reply, with its body; frames that come first are kept. */
    String reply() throws IOException {
        while (true) {
            int first = in.read();
            if (first < 0) {
                return "";
            }
            if (first == '$') {
                framesBeforeReply.add(restOfFrame());
            } else {
                return restOfReply(first);
            }
        }
    }

    private String restOfReply(int first) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.write(first);
        while (!endsWithEmptyLine(head.toString(StandardCharsets.UTF_8))) {
            head.write(in.readByte());
        }
        String text = head.toString(StandardCharsets.UTF_8);
        int at = text.indexOf("Content-Length: ");
        int length = at < 0 ? 0 : Integer.parseInt(text.substring(at + 16).split("\\D", 2)[0]);
        return text + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static boolean endsWithEmptyLine(String text) {
        return text.endsWith("\r\n\r\n") || text.endsWith("\n\n");
    }

    private Frame restOfFrame() throws IOException {
        int channel = in.readUnsignedByte();
        byte[] bytes = in.readNBytes(in.readUnsignedShort());
        return new Frame(channel, ByteBuffer.wrap(bytes));
    }

    Frame frame() throws IOException {
        if (!framesBeforeReply.isEmpty()) {
            return framesBeforeReply.removeFirst();
        }
        int first = in.readUnsignedByte();
        if (first != '$') {
            throw new IOException("no interleaved frame but byte " + first);
        }
        return restOfFrame();
    }

    byte rawByte() throws IOException {
        return in.readByte();
    }

    List<Frame> framesBeforeReply() {
        return List.copyOf(framesBeforeReply);
    }

    /** Waits for the end of the connection; true when it came. */
    boolean isAtEnd() throws IOException {
        try {
            while (in.read() >= 0) {
                // what is still under way
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
