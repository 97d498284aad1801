package io.fengsui.edge.rtsp.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses start line and headers (RFC 2326, 4 to 7) from lines as they come. Tolerated: blanks around everything, a
 * missing reason phrase, folded lines, lines without a colon. Not tolerated: control characters, which would end up in
 * what we send.
 */
final class MessageHead {
    static final int MAX_BODY_BYTES = 128 << 10;

    private final String start;
    private final List<RtspHeaders.Field> fields = new ArrayList<>();

    MessageHead(String startLine) {
        this.start = startLine.strip();
        checkPrintable(start);
    }

    void addLine(String line) {
        checkPrintable(line);
        if (!line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t') && !fields.isEmpty()) {
            RtspHeaders.Field last = fields.removeLast();
            fields.add(new RtspHeaders.Field(last.name(), last.value() + " " + line.strip()));
            return;
        }
        int colon = line.indexOf(':');
        if (colon <= 0) {
            return;
        }
        if (fields.size() >= RtspHeaders.MAX_FIELDS) {
            throw new MalformedRtspException("more than " + RtspHeaders.MAX_FIELDS + " headers");
        }
        fields.add(new RtspHeaders.Field(
                line.substring(0, colon).strip(), line.substring(colon + 1).strip()));
    }

    /** Bytes of the body that follows. */
    int bodyLength() {
        List<String> lengths = new RtspHeaders(fields)
                .all("Content-Length").stream().distinct().toList();
        if (lengths.isEmpty()) {
            return 0;
        }
        if (lengths.size() > 1) {
            throw new MalformedRtspException("two different Content-Length headers");
        }
        String text = lengths.getFirst();
        if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new MalformedRtspException("Content-Length is no number of bytes");
        }
        int length = Integer.parseInt(text);
        if (length > MAX_BODY_BYTES) {
            throw new MalformedRtspException("a body of " + length + " bytes is over " + MAX_BODY_BYTES);
        }
        return length;
    }

    RtspMessage toMessage(byte[] body) {
        RtspHeaders headers = new RtspHeaders(fields);
        String[] words = start.split(" +", 3);
        if (words[0].startsWith("RTSP/")) {
            Integer status = words.length < 2 ? null : status(words[1]);
            if (status == null) {
                throw new MalformedRtspException("a status line without a status");
            }
            return new RtspMessage.Response(status, words.length < 3 ? "" : words[2], headers, body);
        }
        if (words.length < 3 || !words[2].startsWith("RTSP/")) {
            throw new MalformedRtspException("neither a request line nor a status line");
        }
        return new RtspMessage.Request(words[0], words[1], headers);
    }

    private static @Nullable Integer status(String word) {
        if (word.length() != 3 || !word.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        return Integer.valueOf(word);
    }

    private static void checkPrintable(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7F) {
                throw new MalformedRtspException("a control character in a header");
            }
        }
    }
}
