package io.fengsui.hub.shard;

/** The database works, but does not take a row of an input: the input is to be found and set aside. */
public final class RowRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RowRefusedException(String table, Throwable cause) {
        super("a row of " + table + " was refused: " + cause.getMessage(), cause);
    }
}
