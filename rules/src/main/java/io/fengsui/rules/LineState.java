package io.fengsui.rules;

import io.fengsui.protocol.value.Moment;
import io.fengsui.rules.geometry.Point;
import java.util.List;

/**
 * Of a line that is crossed.
 *
 * @param traces where objects were last seen, on which side
 * @param toldAt last crossing that was told
 * @param untold crossings since then
 */
public record LineState(Moment last, List<Trace> traces, long toldAt, int untold) implements RuleState {
    /** Most objects watched at once. */
    public static final int MAX_TRACES = 128;

    /**
     * One object.
     *
     * @param side 1 left, -1 right, 0 on the line
     * @param clear where it was last clearly on that side
     * @param foot where it was last seen
     * @param size its longer side
     */
    public record Trace(long track, int side, Point clear, Point foot, double size, long atNanos) {}

    public LineState {
        traces = List.copyOf(traces);
    }

    @Override
    public boolean isOpen() {
        return false;
    }

    @Override
    public boolean isIdle() {
        return traces.isEmpty() && toldAt == RuleState.NEVER;
    }

    @Override
    public boolean hasShapeOf(RuleState other) {
        return other instanceof LineState l && toldAt == l.toldAt && untold == l.untold && sides().equals(l.sides());
    }

    private List<Integer> sides() {
        return traces.stream().map(Trace::side).toList();
    }

    @Override
    public LineState shut() {
        return this;
    }

    @Override
    public LineState carriedTo(Moment now) {
        if (now.bootId().equals(last.bootId())) {
            return this;
        }
        RuleState.Carry carry = RuleState.Carry.between(last, now);
        List<Trace> carried = traces.stream()
                .map(t -> new Trace(t.track(), t.side(), t.clear(), t.foot(), t.size(), carry.applyAsLong(t.atNanos())))
                .toList();
        return new LineState(carry.last(), carried, carry.applyAsLong(toldAt), untold);
    }
}
