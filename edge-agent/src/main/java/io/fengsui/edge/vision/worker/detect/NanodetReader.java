package io.fengsui.edge.vision.worker.detect;

import io.fengsui.edge.vision.model.ModelManifest.Reading;
import java.util.ArrayList;
import java.util.List;

/**
 * NanoDet: scores after the sigmoid, one row a cell; distances from the cell's centre to left, top, right and bottom,
 * each a distribution over {@code bins} steps of one stride (Li et al., "Generalized Focal Loss").
 */
record NanodetReader(Reading reading, int labels) implements OutputReader {
    private static final int SIDES = 4;

    @Override
    public List<Candidate> read(List<float[]> outputs, int inputWidth, int inputHeight) {
        float[] scores = outputs.get(0);
        float[] distances = outputs.get(1);
        long cells = OutputReader.cells(reading.strides(), inputWidth, inputHeight);
        OutputReader.expect("scores", scores, cells * labels);
        OutputReader.expect("distances", distances, cells * SIDES * reading.bins());
        List<Candidate> found = new ArrayList<>();
        int cell = 0;
        for (int stride : reading.strides()) {
            int columns = OutputReader.columns(inputWidth, stride);
            int rows = OutputReader.columns(inputHeight, stride);
            for (int i = 0; i < rows * columns; i++, cell++) {
                // nearly all cells are empty: a look for any score is cheaper than one for the best
                if (isAny(scores, cell * labels, (cell + 1) * labels)) {
                    int label = best(scores, cell * labels);
                    float score = Math.min(scores[cell * labels + label], 1);
                    int column = i % columns;
                    int row = i / columns;
                    float x = (column + 0.5f) * stride;
                    float y = (row + 0.5f) * stride;
                    found.add(candidate(label, score, x, y, stride, distances, cell));
                }
            }
        }
        return found;
    }

    private boolean isAny(float[] scores, int from, int to) {
        float least = reading.score();
        for (int i = from; i < to; i++) {
            if (scores[i] >= least) {
                return true;
            }
        }
        return false;
    }

    private int best(float[] scores, int from) {
        int best = 0;
        for (int i = 1; i < labels; i++) {
            if (scores[from + i] > scores[from + best]) {
                best = i;
            }
        }
        return best;
    }

    private Candidate candidate(int label, float score, float x, float y, int stride, float[] distances, int cell) {
        int bins = reading.bins();
        int at = cell * SIDES * bins;
        return new Candidate(
                label,
                score,
                x - stride * expectation(distances, at),
                y - stride * expectation(distances, at + bins),
                x + stride * expectation(distances, at + 2 * bins),
                y + stride * expectation(distances, at + 3 * bins));
    }

    /** Of the distribution whose logarithms are given: softmax, then the mean of the steps. */
    private float expectation(float[] logits, int from) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < reading.bins(); i++) {
            max = Math.max(max, logits[from + i]);
        }
        double sum = 0;
        double weighted = 0;
        for (int i = 0; i < reading.bins(); i++) {
            double e = Math.exp(logits[from + i] - max);
            sum += e;
            weighted += e * i;
        }
        return (float) (weighted / sum);
    }
}
