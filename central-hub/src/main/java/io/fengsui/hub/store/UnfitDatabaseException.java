package io.fengsui.hub.store;

/** The database cannot be used as it is; the message says what to do. */
public final class UnfitDatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnfitDatabaseException(String message) {
        super(message);
    }

    UnfitDatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
