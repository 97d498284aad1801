package io.fengsui.rules;

import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Checks;
import io.fengsui.rules.condition.Condition;
import io.fengsui.rules.series.Derivation;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a rule looks for. */
public sealed interface RuleCheck permits RuleCheck.InPicture, RuleCheck.OfReadings, JointCheck {
    /** Longest time that a check may ask for. */
    Duration MAX_TIME = Duration.ofDays(7);

    /** Objects of these labels counted in a zone of the picture. */
    sealed interface InPicture extends RuleCheck permits Dwell, Stopped, LineCheck {
        ObjectFilter filter();
    }

    /** Readings of one quantity. */
    sealed interface OfReadings extends RuleCheck {
        ReadingFilter filter();
    }

    /**
     * Which objects count.
     *
     * @param cameras ids; empty for each camera that has the zone
     * @param zone its id; empty for the whole picture
     * @param labels classes of the model; one at least
     * @param minConfidence 0..1, of the median of the last ten scores
     * @param shape how large it is and how far it has come
     */
    record ObjectFilter(
            List<String> cameras, String zone, List<String> labels, double minConfidence, Shape shape, Condition when) {
        /** Of any size. */
        public ObjectFilter(
                List<String> cameras, String zone, List<String> labels, double minConfidence, Condition when) {
            this(cameras, zone, labels, minConfidence, Shape.ANY, when);
        }

        public ObjectFilter {
            cameras = List.copyOf(cameras);
            labels = List.copyOf(labels);
            Checks.text("zone", zone);
            if (labels.isEmpty() || labels.size() > 100) {
                throw new IllegalArgumentException("a rule names 1 to 100 labels, not " + labels.size());
            }
            if (!(minConfidence >= 0 && minConfidence <= 1)) {
                throw new IllegalArgumentException("min confidence is 0..1, not " + minConfidence);
            }
        }
    }

    /**
     * Against leaves, posters and what the detector makes of the whole picture.
     *
     * @param minArea and {@code maxArea}: share of the picture that its box takes
     * @param minDisplacement how far its foot must have come from where it was first seen, in lengths of its longer side;
     *     asked of what begins a stay, not of what goes on
     */
    record Shape(double minArea, double maxArea, double minDisplacement) {
        public static final Shape ANY = new Shape(0, 1, 0);

        public Shape {
            if (!(minArea >= 0 && minArea <= maxArea && maxArea <= 1)) {
                throw new IllegalArgumentException("areas are 0 <= min <= max <= 1 of the picture");
            }
            if (!(minDisplacement >= 0 && minDisplacement <= 100)) {
                throw new IllegalArgumentException("min displacement is 0 to 100, not " + minDisplacement);
            }
        }
    }

    /**
     * Which readings count.
     *
     * @param sensors ids; empty for each sensor that measures the quantity
     */
    record ReadingFilter(List<String> sensors, String quantity, Condition when) {
        public ReadingFilter {
            sensors = List.copyOf(sensors);
            Checks.id("quantity", quantity);
        }
    }

    /**
     * Somebody or something stays in a zone. Rests on the zone being occupied, not on one track: a change of the track's
     * number does not restart it, and people relieving one another count as one stay.
     *
     * @param time from the first sight until it is told
     * @param exitGrace how long the zone must be seen empty before the stay is over; never less than 2.5 intervals of the
     *     pictures
     * @param inertia sightings before a stay is believed: one more for each picture with, one less for each without
     * @param atLeast so many at once; more than one is a crowd
     */
    record Dwell(ObjectFilter filter, Duration time, Duration exitGrace, int inertia, int atLeast)
            implements InPicture {
        public static final Duration DEFAULT_EXIT_GRACE = Duration.ofSeconds(2);
        public static final int DEFAULT_INERTIA = 3;

        /** Of anybody. */
        public Dwell(ObjectFilter filter, Duration time, Duration exitGrace, int inertia) {
            this(filter, time, exitGrace, inertia, 1);
        }

        public Dwell {
            if (atLeast < 1 || atLeast > 1000) {
                throw new IllegalArgumentException("at least is 1 to 1000, not " + atLeast);
            }
            checkTime("time", time);
            checkTime("exit grace", exitGrace);
            checkInertia(inertia);
        }
    }

    /**
     * An object stands still in a zone.
     *
     * @param maxDisplacement how far its foot may move, in lengths of its longer side
     * @param attended what keeps it from being left alone; {@link Attendance#NONE} where that does not matter
     */
    record Stopped(
            ObjectFilter filter,
            Duration time,
            Duration exitGrace,
            int inertia,
            double maxDisplacement,
            Attendance attended)
            implements InPicture {
        public static final Duration DEFAULT_EXIT_GRACE = Duration.ofSeconds(5);
        public static final double DEFAULT_MAX_DISPLACEMENT = 0.3;

        public Stopped(ObjectFilter filter, Duration time, Duration exitGrace, int inertia, double maxDisplacement) {
            this(filter, time, exitGrace, inertia, maxDisplacement, Attendance.NONE);
        }

        public Stopped {
            checkTime("time", time);
            checkTime("exit grace", exitGrace);
            checkInertia(inertia);
            if (!(maxDisplacement > 0 && maxDisplacement <= 10)) {
                throw new IllegalArgumentException("max displacement is over 0 and at most 10, not " + maxDisplacement);
            }
        }
    }

    /**
     * Who looks after a thing: the time that it is left alone begins anew while one of these is near.
     *
     * @param within how near, in lengths of the longer side of the one who is near
     */
    record Attendance(List<String> labels, double within) {
        public static final Attendance NONE = new Attendance(List.of(), 1);
        public static final double USUAL_WITHIN = 1.5;

        public Attendance {
            labels = List.copyOf(labels);
            if (!(within > 0 && within <= 100)) {
                throw new IllegalArgumentException("within is over 0 and at most 100, not " + within);
            }
        }
    }

    /** Which side of a limit is the bad one. */
    enum Side {
        ABOVE,
        BELOW;

        /** Whether the value is strictly on this side of the limit. */
        public boolean isBeyond(double value, double limit) {
            return this == ABOVE ? value > limit : value < limit;
        }
    }

    /**
     * Against values that flutter.
     *
     * @param keepFiring the event ends only after the value was good for so long
     * @param times so many bad readings are needed
     * @param within this time; zero with one time
     */
    record Steadiness(Duration keepFiring, int times, Duration within) {
        public static final Steadiness NONE = new Steadiness(Duration.ZERO, 1, Duration.ZERO);

        /** Most readings that may be asked for. */
        public static final int MAX_TIMES = 50;

        public Steadiness {
            checkTime("keep firing for", keepFiring);
            checkTime("within", within);
            if (times < 1 || times > MAX_TIMES) {
                throw new IllegalArgumentException("times is 1 to " + MAX_TIMES + ", not " + times);
            }
            if (times > 1 && within.isZero()) {
                throw new IllegalArgumentException("several times need the time that they must lie within");
            }
        }
    }

    /** From this limit on the event has this severity. */
    record Step(double limit, Severity severity) {}

    /**
     * A quantity beyond a limit, with hysteresis.
     *
     * @param of what is measured against the limit
     * @param clear the event ends when the value is on the other side of this; equal to {@code limit} for no hysteresis
     * @param hold how long it must last before it is told
     * @param steps farther limits, nearest first
     */
    record Threshold(
            ReadingFilter filter,
            Derivation of,
            Side side,
            double limit,
            double clear,
            Duration hold,
            List<Step> steps,
            Steadiness steadiness)
            implements OfReadings {
        public static final int MAX_STEPS = 4;

        /** Of the readings themselves. */
        public Threshold(ReadingFilter filter, Side side, double limit, double clear, Duration hold, List<Step> steps) {
            this(filter, Derivation.Value.PLAIN, side, limit, clear, hold, steps, Steadiness.NONE);
        }

        public Threshold {
            steps = List.copyOf(steps);
            checkTime("for", hold);
            if (!Double.isFinite(limit) || !Double.isFinite(clear)) {
                throw new IllegalArgumentException("limits are finite numbers");
            }
            if (side.isBeyond(clear, limit)) {
                throw new IllegalArgumentException("the clear limit " + clear + " lies beyond the limit " + limit);
            }
            Checks.count("steps", steps.size(), MAX_STEPS);
            double last = limit;
            for (Step step : steps) {
                if (!Double.isFinite(step.limit()) || !side.isBeyond(step.limit(), last)) {
                    throw new IllegalArgumentException(
                            "each step lies beyond the one before, " + step.limit() + " does not lie beyond " + last);
                }
                last = step.limit();
            }
        }

        /** The worst severity that this check may reach. */
        Severity worst(Severity first) {
            return steps.stream().map(Step::severity).reduce(first, (a, b) -> a.isAtLeast(b) ? a : b);
        }
    }

    /**
     * A state that is 1: smoke, a leak, a button.
     *
     * @param hold how long it must last before it is told
     * @param offDelay for what only says 1: over after this long without another 1; null for what also says 0
     */
    record State(
            ReadingFilter filter, Duration hold, @Nullable Duration offDelay, Steadiness steadiness)
            implements OfReadings {
        public State(ReadingFilter filter, Duration hold, @Nullable Duration offDelay) {
            this(filter, hold, offDelay, Steadiness.NONE);
        }

        public State {
            checkTime("for", hold);
            if (offDelay != null) {
                checkTime("off delay", offDelay);
            }
        }
    }

    /** Refuses what is negative or too long. */
    static void checkTime(String what, Duration time) {
        if (time.isNegative() || time.compareTo(MAX_TIME) > 0) {
            throw new IllegalArgumentException(what + " is 0 to " + MAX_TIME.toDays() + " days, not " + time);
        }
    }

    private static void checkInertia(int inertia) {
        if (inertia < 1 || inertia > 100) {
            throw new IllegalArgumentException("inertia is 1 to 100, not " + inertia);
        }
    }
}
