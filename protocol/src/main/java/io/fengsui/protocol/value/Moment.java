package io.fengsui.protocol.value;

import java.time.Duration;
import java.time.Instant;

/**
 * A point in time on both clocks.
 *
 * @param wall UTC; may have jumped
 * @param quality how far {@code wall} can be believed
 * @param bootId the boot that {@code steadyNanos} belongs to
 * @param steadyNanos steady clock; comparable only with moments of the same boot
 */
public record Moment(Instant wall, ClockQuality quality, String bootId, long steadyNanos) {
    public Moment {
        Checks.text("bootId", bootId);
    }

    /**
     * Time from {@code earlier} to this moment: on the steady clock within one boot, else on the wall clocks, and never
     * negative.
     */
    public Duration since(Moment earlier) {
        Duration elapsed = bootId.equals(earlier.bootId)
                ? Duration.ofNanos(steadyNanos - earlier.steadyNanos)
                : Duration.between(earlier.wall, wall);
        return elapsed.isNegative() ? Duration.ZERO : elapsed;
    }

    /** So much later, or earlier, on both clocks. */
    public Moment plus(Duration time) {
        return new Moment(wall.plus(time), quality, bootId, steadyNanos + time.toNanos());
    }
}
