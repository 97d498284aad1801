package io.fengsui.edge.patrol;

import io.fengsui.edge.vision.LookedPicture;
import io.fengsui.edge.vision.SnapshotJob;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Who looks for a patrol. Thread-safe. */
public interface PatrolEyes {
    /**
     * A detector for one round.
     *
     * @param model NAME or NAME@VERSION; empty for the one that serves
     * @throws IOException when there is no such detector; the message says why
     */
    Sight open(String model) throws IOException;

    /** A detector that looks. */
    interface Sight extends AutoCloseable {
        /** What the detector sees now; fails with {@link IOException} when the camera has no picture. */
        CompletableFuture<LookedPicture> look(String camera);

        CompletableFuture<byte[]> picture(SnapshotJob job);

        @Override
        void close();
    }
}
