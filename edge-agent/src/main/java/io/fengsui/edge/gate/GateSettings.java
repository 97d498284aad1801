package io.fengsui.edge.gate;

import io.fengsui.protocol.value.Detection;
import io.fengsui.rules.geometry.Mask;
import io.fengsui.rules.geometry.Polygon;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How often one camera is looked at.
 *
 * @param minInterval least time between two looks in the modes that are not auto; zero for none
 * @param interest what keeps it awake in mode auto
 */
public record GateSettings(GateMode mode, Duration minInterval, Interest interest) {
    /**
     * What is looked for.
     *
     * @param labels that matter; all if there are none
     * @param slow of these, what moves too slowly to be noticed (smoke, water): it counts wherever it is, also where movement is hidden
     * @param timetable time between looks for what moves too slowly to be noticed; zero for no such looks
     * @param auditShare share of the time asleep that is looked at all the same, a second at a time
     * @param pace how long it is looked at, and how closely
     * @param masks parts of the picture in which movement or objects do not count
     */
    public record Interest(
            Set<String> labels, Set<String> slow, Duration timetable, double auditShare, Pace pace, List<Mask> masks) {
        /** At 640x360 and a look of 20 ms a tenth of a millisecond of CPU a camera and second. */
        public static final double USUAL_AUDIT = 0.002;

        public static final Interest EVERYTHING = new Interest(Set.of(), Duration.ZERO, USUAL_AUDIT);

        public Interest(Set<String> labels, Duration timetable, double auditShare) {
            this(labels, Set.of(), timetable, auditShare, Pace.USUAL, List.of());
        }

        public Interest {
            labels = Set.copyOf(labels);
            slow = Set.copyOf(slow);
            masks = List.copyOf(masks);
            if (timetable.isNegative()) {
                throw new IllegalArgumentException("the time between looks is " + timetable);
            }
            if (!(auditShare >= 0 && auditShare <= 1)) {
                throw new IllegalArgumentException("the share that is audited is 0 to 1, not " + auditShare);
            }
        }

        /** Parts of the picture in which movement does not count. */
        public List<Polygon> hidden() {
            return masks.stream().filter(Mask::hidesMotion).map(Mask::polygon).toList();
        }

        /** Whether this is an object that is looked for, wherever it moves. */
        boolean isLookedFor(Detection object) {
            return (labels.isEmpty() || labels.contains(object.label()))
                    && masks.stream().noneMatch(mask -> mask.hides(object));
        }

        /** Whether this object is passed over as movement that is hidden. */
        boolean isPassedOver(Detection object) {
            return !slow.contains(object.label()) && isMovementHidden(object);
        }

        /** Whether this object's movement is hidden: no small picture shows it. */
        boolean isMovementHidden(Detection object) {
            return masks.stream().anyMatch(mask -> mask.hidesMotionOf(object));
        }
    }

    /**
     * What the rules ask of the looks at one stay.
     *
     * @param emptiness for how long they want to see emptiness before they believe it
     * @param undecided how long after something came it is looked at twice a second; later a keyframe every two seconds tells
     *     them that it is still there
     */
    public record Pace(Duration emptiness, Duration undecided) {
        static final Pace USUAL = new Pace(Duration.ofSeconds(4), Duration.ofSeconds(5));

        /** From the last find to the first look that finds nothing, and from the last one that is needed to the next. */
        private static final Duration SPARE = Duration.ofSeconds(5);

        public Pace {
            if (emptiness.isNegative() || undecided.isNegative()) {
                throw new IllegalArgumentException("times of a pace are not negative: " + emptiness + ", " + undecided);
            }
        }
    }

    public static final GateSettings KEYFRAMES =
            new GateSettings(new GateMode.Keyframes(), Duration.ZERO, Interest.EVERYTHING);

    public GateSettings {
        if (minInterval.isNegative()) {
            throw new IllegalArgumentException("the least time between two looks is " + minInterval);
        }
    }

    /** Of a configured word: {@code auto}, {@code keyframe}, {@code all}, or {@code every-} and a number. */
    public static GateSettings of(String mode, Duration minInterval) {
        return new GateSettings(mode(mode), minInterval, Interest.EVERYTHING);
    }

    public GateSettings with(Interest other) {
        return new GateSettings(mode, minInterval, other);
    }

    /** Whether movement does not count in a part of the picture: sizes cannot tell where something moved. */
    boolean isHiding() {
        for (Mask mask : interest.masks()) {
            if (mask.hidesMotion()) {
                return true;
            }
        }
        return false;
    }

    Duration timetable() {
        return interest.timetable();
    }

    Duration emptiness() {
        return interest.pace().emptiness();
    }

    /** How long it is looked at after the last find, if every look is answered in time. */
    Duration linger() {
        return emptiness().plus(Pace.SPARE);
    }

    Duration undecided() {
        return interest.pace().undecided();
    }

    double auditShare() {
        return interest.auditShare();
    }

    private static GateMode mode(String word) {
        if (word.equals("auto")) {
            return new GateMode.Auto();
        }
        if (word.equals("keyframe")) {
            return new GateMode.Keyframes();
        }
        if (word.equals("all")) {
            return new GateMode.All();
        }
        if (word.matches("every-[1-9][0-9]{0,4}")) {
            return new GateMode.EveryNth(Integer.parseInt(word.substring("every-".length())));
        }
        throw new IllegalArgumentException(
                "a gate's mode is auto, keyframe, all or every-N (every-5), not '" + word + "'");
    }
}
