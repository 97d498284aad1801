package io.fengsui.settings;

/**
 * A password or token. Prints as {@code ***}; only {@link #reveal} gives it away, and only to what sends it to its peer.
 * Two secrets are equal when their texts are, so that a reload sees a changed password.
 */
public final class Secret {
    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    public static Secret of(String text) {
        return new Secret(text);
    }

    /** The secret itself. Never log it, nor put it into an exception, a URL, a metric or a process's arguments. */
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && text.equals(secret.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
