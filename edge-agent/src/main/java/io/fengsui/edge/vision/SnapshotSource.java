package io.fengsui.edge.vision;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Makes JPEGs of looks, which it owns and releases. Thread-safe; the future completes on {@code vision-io}. */
public interface SnapshotSource {
    /** Fails with {@link java.io.IOException} when the range cannot be decoded or no worker is there in time. */
    CompletableFuture<byte[]> snapshot(SnapshotJob job);

    /** Has the detector look at what a camera sees now. What it saw goes where all that it sees goes. */
    default void look(String camera) {}

    /** What a camera sees now. */
    default CompletableFuture<byte[]> present(String camera) {
        return CompletableFuture.failedFuture(new IOException("no present picture of camera " + camera));
    }
}
