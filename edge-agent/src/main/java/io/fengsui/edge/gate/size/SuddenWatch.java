package io.fengsui.edge.gate.size;

import java.util.Arrays;

/**
 * Notices within a few pictures what {@link SizeWatch} needs a second for: pictures are compared with those at the same
 * place in the GOP, since after a keyframe they are half as large for a while. A cumulative sum (Page, Biometrika 1954) with a
 * low bound; each time that it was wrong the bound rises by half, and comes back within half an hour.
 *
 * <p>Where sizes are not trusted it is not asked: a rate control at constant bitrate makes every GOP's course another.
 * Confined.
 */
final class SuddenWatch {
    /** Places in a GOP; all later ones are one place. */
    static final int PLACES = 64;

    static final double LEAST_TRIP = 2.5;
    /** Deaf for five minutes: more than the sum can be. */
    static final double MOST_TRIP = 20;

    private static final double CEILING = 13;
    private static final double DRIFT = 0.8;
    private static final double LARGEST_SURPRISE = 3;
    private static final double LEAST_SPREAD = 0.2;
    private static final double RISE = 1.5;
    /** A picture's share of the way back to the least bound: ten minutes at 15 a second until a third is left. */
    private static final double BACK = 1.0 / 9000;

    private static final double USUAL_STEP = 0.3;
    private static final double MOST_STEP = 0.08;
    private static final int MEMORY = 1800;
    private static final int REFRESH = 15;
    /** Differences are negative too, the sketch begins at 4. */
    private static final double OFFSET = 16;

    private final float[] usual = new float[PLACES];
    private final SizeSketch sketch = new SizeSketch(MEMORY);
    private int place = -1;
    private float before = Float.NaN;
    private double median;
    private double high;
    private double sum;
    private double peak;
    private double trip = LEAST_TRIP;
    private int sinceRefresh;

    SuddenWatch() {
        Arrays.fill(usual, Float.NaN);
    }

    void onKeyframe() {
        place = -1;
    }

    /**
     * One more picture that is no keyframe.
     *
     * @param effort in octaves
     * @param weight 0 while something is known to be there
     */
    void observe(double effort, double weight) {
        place = Math.min(PLACES - 1, place + 1);
        boolean isKnown = !Float.isNaN(usual[place]);
        // A GOP that is longer than those before goes on as it was.
        before = isKnown ? usual[place] : before;
        double more = Float.isNaN(before) ? 0 : effort - before;
        if (sketch.observed() >= SizeWatch.LEARNING) {
            double spread = Math.max(LEAST_SPREAD, high - median);
            double excess = Math.clamp((more - median) / spread, -LARGEST_SURPRISE, LARGEST_SURPRISE);
            sum = Math.clamp(sum + excess - DRIFT, 0, CEILING);
            peak = sum == 0 ? 0 : Math.max(peak, sum);
            trip -= (trip - LEAST_TRIP) * BACK;
        }
        if (weight > 0) {
            usual[place] = isKnown
                    ? (float) (usual[place] + Math.clamp(USUAL_STEP * more, -MOST_STEP, MOST_STEP))
                    : (float) effort;
            sketch.observe(more + OFFSET, weight);
            if (sinceRefresh++ >= REFRESH || sketch.observed() == SizeWatch.LEARNING) {
                sinceRefresh = 0;
                median = sketch.quantile(0.5) - OFFSET;
                high = sketch.quantile(0.9) - OFFSET;
            }
        }
    }

    boolean isUp() {
        return sum > trip;
    }

    /** The camera was looked at because of sizes, and there was nothing. */
    void onFalseAlarm() {
        if (peak >= trip) {
            trip = Math.min(MOST_TRIP, Math.max(peak, RISE * trip));
        }
    }

    double trip() {
        return trip;
    }
}
