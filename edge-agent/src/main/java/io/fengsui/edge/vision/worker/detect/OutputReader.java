package io.fengsui.edge.vision.worker.detect;

import io.fengsui.edge.vision.model.ModelManifest;
import java.util.List;

/** Reads a detector's outputs: one for each family. Pure, thread-safe. */
sealed interface OutputReader permits NanodetReader, YoloxReader, FastestDetReader {
    /** The reader for a manifest's family. */
    static OutputReader of(ModelManifest manifest, int labels) {
        return switch (manifest.family()) {
            case NANODET -> new NanodetReader(manifest.reading(), labels);
            case YOLOX -> new YoloxReader(manifest.reading(), labels);
            case FASTESTDET -> new FastestDetReader(manifest.reading(), labels);
        };
    }

    /**
     * Candidates of at least the manifest's score.
     *
     * @param outputs in the order of the family's roles
     * @throws IllegalStateException when an output has another size than the family's at this input
     */
    List<Candidate> read(List<float[]> outputs, int inputWidth, int inputHeight);

    /** Cells of all grids. */
    static int cells(List<Integer> strides, int inputWidth, int inputHeight) {
        int cells = 0;
        for (int stride : strides) {
            cells += columns(inputWidth, stride) * columns(inputHeight, stride);
        }
        return cells;
    }

    /** Cells of a grid along one side. */
    static int columns(int pixels, int stride) {
        return (pixels + stride - 1) / stride;
    }

    /** Refuses an output that is not as large as it must be. */
    static void expect(String role, float[] output, long size) {
        if (output.length != size) {
            throw new IllegalStateException("output '" + role + "' has " + output.length + " values, not " + size
                    + ": labels, strides or bins of model.yaml do not fit the network");
        }
    }
}
