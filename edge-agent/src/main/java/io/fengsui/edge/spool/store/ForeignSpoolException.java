package io.fengsui.edge.spool.store;

/** The folder is not this program's to use, now or later: only people can help, so the agent must not start. */
public final class ForeignSpoolException extends SpoolException {
    private static final long serialVersionUID = 1L;

    public ForeignSpoolException(String message) {
        super(message);
    }
}
