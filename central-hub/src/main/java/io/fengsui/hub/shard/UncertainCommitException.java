package io.fengsui.hub.shard;

import org.jspecify.annotations.Nullable;

/** The commit itself threw: nobody knows yet whether it happened. */
final class UncertainCommitException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient @Nullable Attempt attempt;

    UncertainCommitException(Attempt attempt, RuntimeException cause) {
        super(cause.getMessage(), cause);
        this.attempt = attempt;
    }

    Attempt attempt() {
        if (attempt == null) {
            throw new IllegalStateException("never serialized");
        }
        return attempt;
    }
}
