package io.fengsui.edge.gate.size;

/**
 * Running quantiles of one quantity: a histogram that forgets. Its memory never grows.
 *
 * <p>Confined. The same observations give the same quantiles.
 */
final class SizeSketch {
    static final double STEPS_AN_OCTAVE = 8;
    private static final int FIRST_OCTAVE = 2;
    private static final int OCTAVES = 26;
    private static final int BINS = (int) (OCTAVES * STEPS_AN_OCTAVE);
    private static final double LARGEST_STEP = 1e6;

    private final float[] bins = new float[BINS];
    private final double growth;
    private double step = 1;
    private double total;
    private long observed;

    /** @param memory how many observations it remembers */
    SizeSketch(int memory) {
        this.growth = 1 + 1.0 / memory;
    }

    /** @param weight of this observation: 1 usually, more to learn quickly */
    void observe(double octaves, double weight) {
        step *= growth;
        double grown = step * weight;
        bins[bin(octaves)] += (float) grown;
        total += grown;
        observed++;
        if (step > LARGEST_STEP) {
            for (int i = 0; i < BINS; i++) {
                bins[i] = (float) (bins[i] / step);
            }
            total /= step;
            step = 1;
        }
    }

    private static int bin(double octaves) {
        return Math.clamp((int) Math.floor((octaves - FIRST_OCTAVE) * STEPS_AN_OCTAVE), 0, BINS - 1);
    }

    /** The value that this share of observations is below; 0 before the first. */
    double quantile(double share) {
        double wanted = share * total;
        double below = 0;
        for (int i = 0; i < BINS; i++) {
            if (bins[i] > 0 && below + bins[i] >= wanted) {
                double part = (wanted - below) / bins[i];
                return FIRST_OCTAVE + (i + part) / STEPS_AN_OCTAVE;
            }
            below += bins[i];
        }
        return 0;
    }

    long observed() {
        return observed;
    }
}
