package io.fengsui.edge.spool;

import io.fengsui.protocol.EventId;
import io.fengsui.protocol.value.Sha256;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Writes what becomes of evidence. A row is born with the event that promises it. Thread-safe, never blocks; a future
 * completes on {@code ring-spool} after the commit, or exceptionally when the writer has too much to do.
 */
public interface EvidenceLedger {
    /** The file is on disk under its hash. */
    CompletableFuture<Void> taken(EventId event, UUID evidence, Sha256 sha256, long size);

    /** It will never come: the hub is told by a record in the lane of its event. */
    CompletableFuture<Void> lost(UUID evidence, String reason);

    /** As {@link #lost}, for want of room: told also as a gap, with all others that went so. */
    CompletableFuture<Void> givenUp(UUID evidence, String reason);

    /** The hub has it, verified. */
    CompletableFuture<Void> delivered(UUID evidence);

    /** Nothing is kept of it any more. */
    CompletableFuture<Void> forget(UUID evidence);
}
