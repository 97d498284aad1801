package io.fengsui.protocol.value;

/** Caps and shapes that every value from outside is held to. */
public final class Checks {
    /** Longest identifier, in characters. */
    public static final int MAX_ID = 128;

    /** Longest free text, in characters. */
    public static final int MAX_TEXT = 4096;

    private Checks() {}

    /** An identifier: 1 to {@value #MAX_ID} characters, none of them a control character. */
    public static String id(String what, String value) {
        if (value.isEmpty() || value.length() > MAX_ID) {
            throw new IllegalArgumentException(what + " needs 1 to " + MAX_ID + " characters, has " + value.length());
        }
        return text(what, value);
    }

    /** Free text: at most {@value #MAX_TEXT} characters, no control character but tab and line feed. */
    public static String text(String what, String value) {
        if (value.length() > MAX_TEXT) {
            throw new IllegalArgumentException(what + " has " + value.length() + " characters, more than " + MAX_TEXT);
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isISOControl(c) && c != '\n' && c != '\t') {
                throw new IllegalArgumentException(what + " has a control character at index " + i);
            }
        }
        return value;
    }

    /** Whether {@link #text} takes it. */
    public static boolean isText(String value) {
        return value.length() <= MAX_TEXT
                && value.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
    }

    /** A count of at most {@code cap}. */
    public static int count(String what, int value, int cap) {
        if (value > cap) {
            throw new IllegalArgumentException(what + " has " + value + " entries, more than " + cap);
        }
        return value;
    }
}
