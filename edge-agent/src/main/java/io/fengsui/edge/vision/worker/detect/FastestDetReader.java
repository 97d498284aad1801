package io.fengsui.edge.vision.worker.detect;

import io.fengsui.edge.vision.model.ModelManifest.Reading;
import java.util.ArrayList;
import java.util.List;

/**
 * FastestDet: one grid, channel by channel: objectness, x and y within the cell before tanh, width and height of the
 * picture before the sigmoid, class scores. A box's score is objectness^0.6 x class^0.4 (dog-qiuqiu/FastestDet, test.py).
 */
record FastestDetReader(Reading reading, int labels) implements OutputReader {
    private static final int CLASSES = 5;
    private static final double OBJECTNESS_POWER = 0.6;
    private static final double CLASS_POWER = 0.4;

    @Override
    public List<Candidate> read(List<float[]> outputs, int inputWidth, int inputHeight) {
        float[] values = outputs.getFirst();
        int stride = reading.strides().getFirst();
        int columns = OutputReader.columns(inputWidth, stride);
        int cells = columns * OutputReader.columns(inputHeight, stride);
        OutputReader.expect("predictions", values, (long) cells * (CLASSES + labels));
        List<Candidate> found = new ArrayList<>();
        for (int cell = 0; cell < cells; cell++) {
            // No class makes the score greater than this.
            if (Math.pow(values[cell], OBJECTNESS_POWER) >= reading.score()) {
                add(found, values, cell, cells, columns, inputWidth, inputHeight);
            }
        }
        return found;
    }

    private void add(
            List<Candidate> found, float[] values, int cell, int cells, int columns, int inputWidth, int inputHeight) {
        int label = 0;
        for (int i = 1; i < labels; i++) {
            if (values[(CLASSES + i) * cells + cell] > values[(CLASSES + label) * cells + cell]) {
                label = i;
            }
        }
        double score = Math.pow(values[cell], OBJECTNESS_POWER)
                * Math.pow(values[(CLASSES + label) * cells + cell], CLASS_POWER);
        if (!(score >= reading.score())) {
            return;
        }
        int rows = cells / columns;
        int column = cell % columns;
        int row = cell / columns;
        double x = (column + Math.tanh(values[cells + cell])) / columns * inputWidth;
        double y = (row + Math.tanh(values[2 * cells + cell])) / rows * inputHeight;
        double halfWidth = sigmoid(values[3 * cells + cell]) * inputWidth / 2;
        double halfHeight = sigmoid(values[4 * cells + cell]) * inputHeight / 2;
        found.add(new Candidate(
                label,
                (float) Math.min(score, 1),
                (float) (x - halfWidth),
                (float) (y - halfHeight),
                (float) (x + halfWidth),
                (float) (y + halfHeight)));
    }

    private static double sigmoid(double value) {
        return 1 / (1 + Math.exp(-value));
    }
}
