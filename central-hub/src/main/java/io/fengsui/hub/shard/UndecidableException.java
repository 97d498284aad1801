package io.fengsui.hub.shard;

/** A decision threw on the input at this offset; the batch is tried again with the input quarantined. */
final class UndecidableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long offset;

    UndecidableException(long offset, Throwable cause) {
        super(cause.toString(), cause);
        this.offset = offset;
    }

    long offset() {
        return offset;
    }
}
