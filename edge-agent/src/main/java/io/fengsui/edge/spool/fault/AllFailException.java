package io.fengsui.edge.spool.fault;

/** Whatever is written fails, though not by the store as far as is known. */
public final class AllFailException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AllFailException(Throwable cause) {
        super("nothing that is held can be written: " + cause, cause);
    }
}
