package io.fengsui.edge.rtsp.message;

import java.nio.charset.StandardCharsets;

/** What the two sides of a connection say to each other: a request or a response. */
public sealed interface RtspMessage {

    record Request(String method, String uri, RtspHeaders headers) implements RtspMessage {
        public byte[] toBytes() {
            StringBuilder text = new StringBuilder(256)
                    .append(method)
                    .append(' ')
                    .append(uri)
                    .append(" RTSP/1.0\r\n");
            return finish(text, headers);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // handed on as it came; never compared
    record Response(int status, String reason, RtspHeaders headers, byte[] body) implements RtspMessage {
        public byte[] toBytes() {
            StringBuilder text = new StringBuilder(128)
                    .append("RTSP/1.0 ")
                    .append(status)
                    .append(' ')
                    .append(reason)
                    .append("\r\n");
            return finish(text, headers);
        }

        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        public boolean isRedirect() {
            return status >= 300 && status < 400;
        }
    }

    private static byte[] finish(StringBuilder text, RtspHeaders headers) {
        for (RtspHeaders.Field field : headers.fields()) {
            text.append(field.name()).append(": ").append(field.value()).append("\r\n");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }
}
