package io.fengsui.hub.console.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a page ended: the sort key and id of its last row, so that pages stay stable while rows are added. Opaque to
 * callers.
 *
 * @param list which list it belongs to; a cursor of another list is refused
 */
public record Cursor(String list, String key, String id) {
    private static final int MAX_LENGTH = 512;
    private static final String VERSION = "1";

    /** Whole numbers as sort key. */
    public static Cursor at(String list, long key, String id) {
        return new Cursor(list, Long.toString(key), id);
    }

    public String encode() {
        String text = String.join("\n", VERSION, list, key, id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Cursor decode(String list, String encoded) {
        if (encoded.length() > MAX_LENGTH) {
            throw refused();
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
            String[] parts = text.split("\n", -1);
            if (parts.length == 4 && parts[0].equals(VERSION) && parts[1].equals(list)) {
                return new Cursor(list, parts[2], parts[3]);
            }
        } catch (IllegalArgumentException e) {
            throw refused();
        }
        throw refused();
    }

    public long number() {
        try {
            return Long.parseLong(key);
        } catch (NumberFormatException e) {
            throw refused();
        }
    }

    private static ProblemException refused() {
        return new Problem(
                        ProblemType.BAD_CURSOR,
                        "cursor 不是本列表给出的值;请使用上一页的 next,或去掉 cursor 从头开始",
                        "cursor is not one that this list gave out; use the page's next, or leave cursor out to start anew")
                .toException();
    }
}
