package io.fengsui.edge.spool.store;

/** The spool cannot be opened or read; the text says which file and what to do. */
public sealed class SpoolException extends RuntimeException permits ForeignSpoolException {
    private static final long serialVersionUID = 1L;

    public SpoolException(String message) {
        super(message);
    }

    public SpoolException(String message, Throwable cause) {
        super(message, cause);
    }
}
