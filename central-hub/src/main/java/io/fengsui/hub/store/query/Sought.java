package io.fengsui.hub.store.query;

/**
 * What somebody looks for in names and codes. The one rule, whatever the database: case of letters and width of characters
 * make no difference, as input methods write ＣＡＭ where others write cam. Each character is compared by itself, without
 * a language: whatever was cut out of a text is found in it. Immutable, pure.
 */
public record Sought(String text) {
    /** Forms of ASCII that are as wide as a Chinese character. */
    private static final char FIRST_WIDE = '\uff01';

    private static final char LAST_WIDE = '\uff5e';
    private static final char WIDE_BLANK = '\u3000';

    public Sought {
        text = alike(text);
    }

    public boolean isIn(String other) {
        return text.isEmpty() || alike(other).contains(text);
    }

    /** Whether it is all of the other. */
    public boolean is(String other) {
        return alike(other).equals(text);
    }

    private static String alike(String text) {
        StringBuilder all = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            all.append(alike(text.charAt(i)));
        }
        return all.toString();
    }

    private static char alike(char c) {
        char narrow = c == WIDE_BLANK ? ' ' : c >= FIRST_WIDE && c <= LAST_WIDE ? (char) (c - FIRST_WIDE + '!') : c;
        return Character.toLowerCase(Character.toUpperCase(narrow));
    }
}
