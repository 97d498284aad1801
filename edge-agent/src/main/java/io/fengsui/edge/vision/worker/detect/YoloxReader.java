package io.fengsui.edge.vision.worker.detect;

import io.fengsui.edge.vision.model.ModelManifest.Reading;
import java.util.ArrayList;
import java.util.List;

/**
 * YOLOX without decoding in the network: each row is x and y within the grid (cells), logarithms of width and height
 * (cells), objectness and class scores (Ge et al., "YOLOX: Exceeding YOLO Series in 2021").
 */
record YoloxReader(Reading reading, int labels) implements OutputReader {
    private static final int OBJECTNESS = 4;
    private static final int CLASSES = 5;

    @Override
    public List<Candidate> read(List<float[]> outputs, int inputWidth, int inputHeight) {
        float[] rows = outputs.getFirst();
        int rowSize = CLASSES + labels;
        OutputReader.expect(
                "predictions", rows, (long) OutputReader.cells(reading.strides(), inputWidth, inputHeight) * rowSize);
        List<Candidate> found = new ArrayList<>();
        int at = 0;
        for (int stride : reading.strides()) {
            int columns = OutputReader.columns(inputWidth, stride);
            int cells = columns * OutputReader.columns(inputHeight, stride);
            for (int i = 0; i < cells; i++, at += rowSize) {
                if (rows[at + OBJECTNESS] >= reading.score()) {
                    add(found, rows, at, stride, i % columns, i / columns);
                }
            }
        }
        return found;
    }

    private void add(List<Candidate> found, float[] rows, int at, int stride, int column, int row) {
        int label = 0;
        for (int i = 1; i < labels; i++) {
            if (rows[at + CLASSES + i] > rows[at + CLASSES + label]) {
                label = i;
            }
        }
        float score = Math.min(rows[at + OBJECTNESS] * rows[at + CLASSES + label], 1);
        if (score < reading.score()) {
            return;
        }
        float x = (rows[at] + column) * stride;
        float y = (rows[at + 1] + row) * stride;
        float halfWidth = (float) Math.exp(rows[at + 2]) * stride / 2;
        float halfHeight = (float) Math.exp(rows[at + 3]) * stride / 2;
        found.add(new Candidate(label, score, x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight));
    }
}
