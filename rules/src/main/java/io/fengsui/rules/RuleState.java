package io.fengsui.rules;

import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.rules.series.Series;
import java.time.Duration;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * What a rule remembers of one subject. Immutable; written to disk by {@link StateCodec}.
 *
 * <p>Times are steady nanoseconds of the boot of {@link #last}, {@link #NEVER} for none. A state of another boot is first
 * carried over: what had passed by its last input stays passed, and the gap is taken from the wall clocks where both can
 * be believed, else as none.
 */
public sealed interface RuleState
        permits RuleState.ZoneState, RuleState.StillState, RuleState.LevelState, LineState, JointState {
    long NEVER = Long.MIN_VALUE;

    /** Longest gap between two boots that is believed. */
    Duration MAX_GAP = Duration.ofDays(30);

    /** The last input that counted. */
    Moment last();

    /** Whether an event was begun and not ended. */
    boolean isOpen();

    /** Whether it holds nothing that a fresh state does not. */
    boolean isIdle();

    /** Whether it differs from another only in when and how often, so that it need not be written at once. */
    boolean hasShapeOf(RuleState other);

    /** The same state in the boot of {@code now}. */
    RuleState carriedTo(Moment now);

    /** The same, with nothing told. */
    RuleState shut();

    /**
     * Of a zone that must not be occupied.
     *
     * @param since first sight; NEVER when empty
     * @param hits leaky count of sightings, up to the inertia
     * @param isBelieved whether the count reached the inertia
     * @param absentSince first picture that shows it empty again; NEVER while seen
     * @param misses pictures without, since then
     * @param intervalNanos usual time between pictures
     * @param unwatchedNanos of the stay, without pictures
     * @param toldAt when the event was last spoken of
     */
    record ZoneState(
            Moment last,
            long since,
            int hits,
            boolean isBelieved,
            long absentSince,
            int misses,
            long intervalNanos,
            long unwatchedNanos,
            boolean isOpen,
            long toldAt)
            implements RuleState {
        public boolean isOccupied() {
            return since != NEVER;
        }

        @Override
        public boolean isIdle() {
            return !isOccupied() && !isOpen;
        }

        @Override
        public boolean hasShapeOf(RuleState other) {
            return other instanceof ZoneState z
                    && since == z.since
                    && hits == z.hits
                    && isBelieved == z.isBelieved
                    && absentSince == z.absentSince
                    && isOpen == z.isOpen
                    && toldAt == z.toldAt;
        }

        @Override
        public ZoneState shut() {
            return new ZoneState(
                    last, since, hits, isBelieved, absentSince, misses, intervalNanos, unwatchedNanos, false, NEVER);
        }

        @Override
        public ZoneState carriedTo(Moment now) {
            if (now.bootId().equals(last.bootId())) {
                return this;
            }
            Carry carry = Carry.between(last, now);
            return new ZoneState(
                    carry.last(),
                    carry.applyAsLong(since),
                    hits,
                    isBelieved,
                    carry.applyAsLong(absentSince),
                    misses,
                    intervalNanos,
                    unwatchedNanos,
                    isOpen,
                    carry.applyAsLong(toldAt));
        }
    }

    /**
     * Of things that must not stand still.
     *
     * @param anchors where things stand, oldest first
     */
    record StillState(Moment last, long intervalNanos, List<Anchor> anchors, boolean isOpen, long toldAt)
            implements RuleState {
        /** Most things watched at once in one zone. */
        public static final int MAX_ANCHORS = 64;

        private static final int STEADY_HITS = 3;

        /**
         * A place where something stands.
         *
         * @param size its longer side
         */
        public record Anchor(long track, double x, double y, double size, long since, int hits, long absentSince) {}

        public StillState {
            anchors = List.copyOf(anchors);
        }

        @Override
        public boolean isIdle() {
            return steady().isEmpty() && !isOpen;
        }

        @Override
        public boolean hasShapeOf(RuleState other) {
            return other instanceof StillState s
                    && isOpen == s.isOpen
                    && toldAt == s.toldAt
                    && steady().equals(s.steady());
        }

        /** Since when things stand; what has just come is left out. */
        private List<Long> steady() {
            return anchors.stream()
                    .filter(a -> a.hits() >= STEADY_HITS)
                    .map(Anchor::since)
                    .toList();
        }

        @Override
        public StillState shut() {
            return new StillState(last, intervalNanos, anchors, false, NEVER);
        }

        @Override
        public StillState carriedTo(Moment now) {
            if (now.bootId().equals(last.bootId())) {
                return this;
            }
            Carry carry = Carry.between(last, now);
            List<Anchor> carried = anchors.stream()
                    .map(a -> new Anchor(
                            a.track(),
                            a.x(),
                            a.y(),
                            a.size(),
                            carry.applyAsLong(a.since()),
                            a.hits(),
                            carry.applyAsLong(a.absentSince())))
                    .toList();
            return new StillState(carry.last(), intervalNanos, carried, isOpen, carry.applyAsLong(toldAt));
        }
    }

    /**
     * Of a quantity and its limits.
     *
     * @param hasValue whether any reading counted yet
     * @param pendingSince first reading beyond the limit; NEVER when within
     * @param step how many steps up the severity is
     * @param activeAt the last reading beyond the limit
     * @param trail what else is remembered
     */
    record LevelState(
            Moment last,
            boolean hasValue,
            double value,
            long pendingSince,
            boolean isOpen,
            int step,
            long activeAt,
            long toldAt,
            Trail trail)
            implements RuleState {
        /**
         * What the past leaves behind.
         *
         * @param level what was measured against the limit last
         * @param quietSince since when it is good again, while the event is still open; NEVER
         * @param hits times of the last readings beyond the limit, where several are needed
         */
        public record Trail(double level, Series series, long quietSince, List<Long> hits) {
            public static final Trail NONE = new Trail(0, Series.EMPTY, NEVER, List.of());

            public Trail {
                hits = List.copyOf(hits);
            }
        }

        @Override
        public boolean isIdle() {
            return !hasValue;
        }

        @Override
        public boolean hasShapeOf(RuleState other) {
            return other instanceof LevelState l
                    && hasValue == l.hasValue
                    && Double.compare(value, l.value) == 0
                    && pendingSince == l.pendingSince
                    && isOpen == l.isOpen
                    && step == l.step
                    && toldAt == l.toldAt
                    && trail.equals(l.trail);
        }

        /** Still pending only if the newest reading is beyond the limit. */
        @Override
        public LevelState shut() {
            long pending = activeAt == last.steadyNanos() ? pendingSince : NEVER;
            return new LevelState(last, hasValue, value, pending, false, 0, activeAt, NEVER, trail);
        }

        @Override
        public LevelState carriedTo(Moment now) {
            if (now.bootId().equals(last.bootId())) {
                return this;
            }
            Carry carry = Carry.between(last, now);
            Trail carried = new Trail(
                    trail.level(),
                    trail.series().shifted(carry),
                    carry.applyAsLong(trail.quietSince()),
                    trail.hits().stream().map(carry::applyAsLong).toList());
            return new LevelState(
                    carry.last(),
                    hasValue,
                    value,
                    carry.applyAsLong(pendingSince),
                    isOpen,
                    step,
                    carry.applyAsLong(activeAt),
                    carry.applyAsLong(toldAt),
                    carried);
        }
    }

    /** From the steady clock of one boot to that of the next. */
    record Carry(Moment last, long shift) implements LongUnaryOperator {
        static Carry between(Moment before, Moment now) {
            boolean areBelieved = before.quality() != ClockQuality.UNKNOWN && now.quality() != ClockQuality.UNKNOWN;
            Duration gap = areBelieved ? now.since(before) : Duration.ZERO;
            Duration believed = gap.compareTo(MAX_GAP) > 0 ? MAX_GAP : gap;
            long lastNanos = now.steadyNanos() - believed.toNanos();
            Moment carried = new Moment(now.wall().minus(believed), now.quality(), now.bootId(), lastNanos);
            return new Carry(carried, lastNanos - before.steadyNanos());
        }

        @Override
        public long applyAsLong(long nanos) {
            return nanos == NEVER ? NEVER : nanos + shift;
        }
    }
}
