package io.fengsui.fieldsim.camera;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A reply being put together: a status, headers in order, an optional body. Event loop only. */
final class RtspReply {
    private final String status;
    private final List<String> headers = new ArrayList<>();
    private String body = "";

    private RtspReply(String status) {
        this.status = status;
    }

    static RtspReply ok() {
        return new RtspReply("200 OK");
    }

    static RtspReply of(String status) {
        return new RtspReply(status);
    }

    RtspReply header(String name, String value) {
        headers.add(name + ": " + value);
        return this;
    }

    RtspReply body(String type, String text) {
        body = text;
        return header("Content-Type", type)
                .header("Content-Length", Integer.toString(text.getBytes(StandardCharsets.UTF_8).length));
    }

    byte[] bytes(boolean lineFeedOnly) {
        String end = lineFeedOnly ? "\n" : "\r\n";
        StringBuilder text = new StringBuilder("RTSP/1.0 ").append(status).append(end);
        headers.forEach(header -> text.append(header).append(end));
        return text.append(end).append(body).toString().getBytes(StandardCharsets.UTF_8);
    }
}
