package io.fengsui.edge.decide;

import io.fengsui.edge.vision.SnapshotJob;

/** Takes requests for pictures. Called on {@code decide}: never blocks. */
@FunctionalInterface
public interface PictureRequestSink {
    void request(PictureRequest request);

    /** Keeps a picture under a name, the newest only; it goes nowhere until an event asks for it. */
    default void keep(String name, SnapshotJob job) {
        job.look().release();
    }
}
