package io.fengsui.edge.profile.reading;

/** A payload cannot be read. The text is for people and shows none of the payload. */
final class BadMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    BadMessageException(String reason) {
        super(reason, null, false, false);
    }
}
