package io.fengsui.hub.notify.silence;

import io.fengsui.protocol.value.Name;

/** What somebody asked for is no silence, and no announced work; why, in both languages. */
public final class BadSilenceException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient Name why;

    BadSilenceException(String zh, String en) {
        super(en);
        this.why = new Name(zh, en);
    }

    public Name why() {
        return why;
    }
}
