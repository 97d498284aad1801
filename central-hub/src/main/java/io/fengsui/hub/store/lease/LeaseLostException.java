package io.fengsui.hub.store.lease;

/** This hub may not write: another one does. */
final class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeaseLostException(String message) {
        super(message);
    }
}
