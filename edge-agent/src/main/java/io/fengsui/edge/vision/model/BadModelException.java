package io.fengsui.edge.vision.model;

import java.io.Serial;

/** A model package cannot be used; the message names the file, what is wrong, and what to do. */
public final class BadModelException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    public BadModelException(String message) {
        super(message);
    }

    public BadModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
