package io.fengsui.edge.camera;

import java.util.concurrent.CompletableFuture;

/** Gives the group of pictures that a camera has now. Thread-safe. */
@FunctionalInterface
public interface GopSource {
    /** Completes on the camera's event loop; {@link Gop#NONE} when there is no such camera or it has no picture. */
    CompletableFuture<Gop> currentGop(String camera);
}
