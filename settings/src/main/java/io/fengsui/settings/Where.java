package io.fengsui.settings;

/**
 * A place in a configuration file, for telling a person where to look.
 *
 * @param file as the person named it
 * @param line from 1; 0 when the file as a whole is meant
 * @param column from 1, in characters; 0 with line 0
 * @param key path of keys, {@code cameras[2].zones[0].polygon}; empty at the top
 */
public record Where(String file, int line, int column, String key) {
    /** The file as a whole. */
    public static Where file(String file) {
        return new Where(file, 0, 0, "");
    }

    /** The same line and column, under another key. */
    Where withKey(String newKey) {
        return new Where(file, line, column, newKey);
    }

    @Override
    public String toString() {
        String place = line == 0 ? file : file + ":" + line + ":" + column;
        return key.isEmpty() ? place : place + ": " + key;
    }
}
