package io.fengsui.rules;

import io.fengsui.rules.geometry.Point;
import java.time.Duration;

/**
 * An object crosses a line with its foot. Each crossing is an event that is over at once.
 *
 * @param a where the line begins; whoever walks from here to {@code b} has left and right beside them
 * @param coolDown crossings so soon after one that was told are counted and not told
 */
public record LineCheck(RuleCheck.ObjectFilter filter, Point a, Point b, Direction direction, Duration coolDown)
        implements RuleCheck.InPicture {
    /** From which side of the line to which. */
    public enum Direction {
        BOTH,
        LEFT_TO_RIGHT,
        RIGHT_TO_LEFT
    }

    public LineCheck {
        RuleCheck.checkTime("cool down", coolDown);
        if (!(Math.hypot(a.x() - b.x(), a.y() - b.y()) >= 0.01)) {
            throw new IllegalArgumentException("a line is at least a hundredth of the picture long");
        }
    }
}
