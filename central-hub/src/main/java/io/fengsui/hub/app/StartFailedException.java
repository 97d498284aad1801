package io.fengsui.hub.app;

/** The hub cannot start for a reason outside of it; the message says in one line what and what to do. */
final class StartFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    StartFailedException(String message) {
        super(message);
    }
}
