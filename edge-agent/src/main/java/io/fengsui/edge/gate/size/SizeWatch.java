package io.fengsui.edge.gate.size;

/**
 * Notices that a camera's pictures became larger than usual. Each picture's effort is measured against the camera's own
 * quantiles; cumulative sums (Page, Biometrika 1954) make of many small surprises one great one: a quick one for what is
 * plain to see, a patient one for what is not. Keyframes say what the place looks like, not what moves.
 *
 * <p>Confined to the camera's event loop. The same pictures give the same answers.
 */
public final class SizeWatch {
    /** Pictures until there is anything to compare with. */
    static final int LEARNING = 150;

    private static final int MEMORY = 1800;
    private static final int REFRESH = 15;
    private static final double LEAST_SPREAD = 0.2;
    private static final double LARGEST_SURPRISE = 3;
    private static final double QUICK_DRIFT = 1;
    private static final double QUICK_TRIP = 5;
    private static final double PATIENT_DRIFT = 0.5;
    private static final double PATIENT_TRIP = 8;
    /** How far the sums go beyond, so that they come back within a second of quiet. */
    private static final double CEILING = 4;
    /** Spreads by which a lasting rise is noticed within some twenty pictures. */
    private static final double NOTICED = PATIENT_DRIFT + PATIENT_TRIP / 20;

    /** Half as many reads; a picture that is not large enough to wake the reader by itself waits for 70 ms at 15 a second. */
    private static final int GATHERED_PICTURES = 2;
    /** Of RTSP's frame and RTP, 16 bytes; and a little. */
    private static final double PACKET_HEADS = 20;

    private static final double MOST_GATHERED = 8192;

    private static final double KEYFRAMES = 1.0 / 8;
    private static final double SLOW = 1.0 / 900;
    private static final double FAST = 1.0 / 90;
    private static final double MODE_OCTAVES = 1.5;

    private final SizeSketch sketch = new SizeSketch(MEMORY);
    private final SuddenWatch sudden = new SuddenWatch();
    private double median;
    private double high;
    private double quick;
    private double patient;
    private double medianBytes;
    private double keyframeBytes;
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
     * Bytes on the wire of a few usual pictures. One that is larger than usual reaches that sum by itself, so who waits for as many
     * is woken by it at once, and by quiet ones half as often.
     */
    public int gathered() {
        return (int) Math.min(MOST_GATHERED, GATHERED_PICTURES * (medianBytes + PACKET_HEADS));
    }

    /**
     * One more picture.
     *
     * @param weight how much it is learned from: 0 while something is known to be there
     */
    public Activity observe(UnitFacts unit, double weight) {
        if (unit.isKeyframe()) {
            sudden.onKeyframe();
            keyframeBytes += (keyframeBytes == 0 ? 1 : KEYFRAMES) * (unit.bytes() - keyframeBytes);
            return activity();
        }
        double effort = unit.effort();
        sudden.observe(effort, weight);
        if (sketch.observed() >= LEARNING) {
            double spread = Math.max(LEAST_SPREAD, high - median);
            double excess = Math.clamp((effort - median) / spread, -LARGEST_SURPRISE, LARGEST_SURPRISE);
            quick = Math.clamp(quick + excess - QUICK_DRIFT, 0, QUICK_TRIP + CEILING);
            patient = Math.clamp(patient + excess - PATIENT_DRIFT, 0, PATIENT_TRIP + CEILING);
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
            medianBytes = unit.bytes();
        }
        double step = Math.max(1, 0.05 * medianBytes);
        medianBytes += Math.signum(unit.bytes() - medianBytes) * Math.min(step, Math.abs(unit.bytes() - medianBytes));
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
        return quick >= QUICK_TRIP || patient >= PATIENT_TRIP ? Activity.ACTIVE : Activity.QUIET;
    }

    /** The same, with an ear for what is sudden where sizes are trusted. */
    public Activity activity(boolean isTrusted) {
        Activity usual = activity();
        return usual == Activity.QUIET && isTrusted && sudden.isUp() ? Activity.ACTIVE : usual;
    }

    /** A look because of sizes found nothing. */
    public void onFalseAlarm() {
        sudden.onFalseAlarm();
    }

    /**
     * The part of the picture that has to change for sizes to show it within a second or two: the bytes that a lasting rise
     * must add, over those of a keyframe, which are what the whole picture costs. 1 when nothing is known.
     */
    public double leastArea() {
        if (keyframeBytes == 0 || sketch.observed() < LEARNING) {
            return 1;
        }
        double rise = Math.pow(2, NOTICED * Math.max(LEAST_SPREAD, high - median)) - 1;
        return Math.min(1, medianBytes * rise / keyframeBytes);
    }

    /** Bits for each block of a usual quiet picture: high where the camera spends bits on noise. */
    public double floor() {
        return Math.pow(2, fastDensity) - 1;
    }

    /** Whether what is usual has just become another: the bitrate's mode was changed, or the sensor's gain. */
    public boolean hasShifted() {
        return sketch.observed() >= 2 * LEARNING && Math.abs(fastDensity - slowDensity) > MODE_OCTAVES;
    }
}
