package io.fengsui.edge.decide.outlet;

import io.fengsui.edge.vision.SnapshotJob;

/** Takes requests for pictures. Called on {@code decide}: never blocks. */
@FunctionalInterface
public interface PictureRequestSink {
    void request(PictureRequest request);

    /** Has the detector look at what a camera sees now; what it saw comes as any looked picture does, or not at all. */
    default void look(String camera) {}

    /** Keeps a picture under a name, the newest only; it goes nowhere until an event asks for it. */
    default void keep(String name, SnapshotJob job) {
        job.look().release();
    }
}
