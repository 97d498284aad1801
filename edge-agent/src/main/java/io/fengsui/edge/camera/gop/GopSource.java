package io.fengsui.edge.camera.gop;

import java.util.concurrent.CompletableFuture;

/** Gives the group of pictures that a camera has now. Thread-safe. */
@FunctionalInterface
public interface GopSource {
    /**
     * Completes on the camera's event loop; empty when there is no such camera or it has no picture. Who asks, owns what
     * comes.
     */
    CompletableFuture<GopSnapshot> currentGop(String camera);
}
