package io.fengsui.hub.shard;

/** A decision threw on an input, or the database takes no row of it; the batch is tried again with the input quarantined. */
final class UndecidableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int index;
    private final long offset;

    /** @param index which input of the batch, counted from 1 */
    UndecidableException(int index, long offset, Throwable cause) {
        super(cause.toString(), cause);
        this.index = index;
        this.offset = offset;
    }

    int index() {
        return index;
    }

    long offset() {
        return offset;
    }
}
