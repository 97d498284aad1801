package io.fengsui.edge.gate.size;

/**
 * Notices that a camera's pictures became larger than usual. Each picture's effort is measured against the camera's own
 * quantiles; a cumulative sum (Page, Biometrika 1954) makes of many small surprises one great one, so a far walker is noticed
 * after a second and a car at once. Keyframes are left out: they say what the place looks like, not what moves.
 *
 * <p>Confined to the camera's event loop. The same pictures give the same answers.
 */
public final class SizeWatch {
    /** Pictures until there is anything to compare with. */
    static final int LEARNING = 60;

    private static final int MEMORY = 1800;
    private static final int REFRESH = 15;
    private static final double LEAST_SPREAD = 0.2;
    private static final double DRIFT = 1;
    private static final double LARGEST_SURPRISE = 3;
    private static final double TRIP = 5;
    private static final double CEILING = 12;
    private static final double SLOW = 1.0 / 900;
    private static final double FAST = 1.0 / 90;
    private static final double MODE_OCTAVES = 1.5;

    private final SizeSketch sketch = new SizeSketch(MEMORY);
    private double median;
    private double high;
    private double surprise;
    private double slowDensity;
    private double fastDensity;
    private int sinceRefresh;

    /** What sizes say now. */
    public enum Activity {
        /** Too little was seen. */
        LEARNING,
        QUIET,
        ACTIVE
    }

    /**
     * One more picture.
     *
     * @param weight how much it is learned from: 0 while something is known to be there
     */
    public Activity observe(UnitFacts unit, double weight) {
        if (unit.isKeyframe()) {
            return activity();
        }
        double effort = unit.effort();
        if (sketch.observed() >= LEARNING) {
            double spread = Math.max(LEAST_SPREAD, high - median);
            double excess = Math.min(LARGEST_SURPRISE, (effort - median) / spread) - DRIFT;
            surprise = Math.clamp(surprise + excess, 0, CEILING);
        }
        if (weight > 0) {
            learn(unit, effort, weight);
        }
        return activity();
    }

    private void learn(UnitFacts unit, double effort, double weight) {
        sketch.observe(effort, weight);
        double density = Math.log1p(unit.density()) / Math.log(2);
        if (sketch.observed() == 1) {
            slowDensity = density;
            fastDensity = density;
        }
        slowDensity += Math.min(1, SLOW * weight) * (density - slowDensity);
        fastDensity += Math.min(1, FAST * weight) * (density - fastDensity);
        if (sinceRefresh++ >= REFRESH || sketch.observed() == LEARNING) {
            sinceRefresh = 0;
            median = sketch.quantile(0.5);
            high = sketch.quantile(0.9);
        }
    }

    public Activity activity() {
        if (sketch.observed() < LEARNING) {
            return Activity.LEARNING;
        }
        return surprise >= TRIP ? Activity.ACTIVE : Activity.QUIET;
    }

    /** Octaves between the usual and the often exceeded: what movement has to stand out from. */
    public double spread() {
        return high - median;
    }

    /** Bits for each block of a usual quiet picture: high where the camera spends bits on noise. */
    public double floor() {
        return Math.pow(2, fastDensity) - 1;
    }

    /** Whether what is usual has just become another: the bitrate's mode was changed, or the sensor's gain. */
    public boolean hasShifted() {
        return sketch.observed() >= 2 * LEARNING && Math.abs(fastDensity - slowDensity) > MODE_OCTAVES;
    }

    /** Surprise so far, for people: {@value #TRIP} is activity. */
    public double surprise() {
        return surprise;
    }
}
