package io.fengsui.fieldsim.camera;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A reply being put together: a status, headers in order, an optional body. Event loop only. */
public final class RtspReply {
    private final String status;
    private final List<String> headers = new ArrayList<>();
    private String body = "";

    private RtspReply(String status) {
        this.status = status;
    }

    public static RtspReply ok() {
        return new RtspReply("200 OK");
    }

    public static RtspReply of(String status) {
        return new RtspReply(status);
    }

    public RtspReply header(String name, String value) {
        headers.add(name + ": " + value);
        return this;
    }

    public RtspReply body(String type, String text) {
        body = text;
        return header("Content-Type", type)
                .header("Content-Length", Integer.toString(text.getBytes(StandardCharsets.UTF_8).length));
    }

    public byte[] bytes(boolean lineFeedOnly) {
        String end = lineFeedOnly ? "\n" : "\r\n";
        StringBuilder text = new StringBuilder("RTSP/1.0 ").append(status).append(end);
        headers.forEach(header -> text.append(header).append(end));
        return text.append(end).append(body).toString().getBytes(StandardCharsets.UTF_8);
    }
}
