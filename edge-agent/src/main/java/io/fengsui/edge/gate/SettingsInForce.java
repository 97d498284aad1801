package io.fengsui.edge.gate;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a camera is looked at: as configured, or for a while more often. Set from any thread, asked on the camera's event loop.
 * Asking changes neither: what is over is not taken away but not looked at, so that it cannot take away what another thread
 * sets just then.
 */
final class SettingsInForce {
    private record Raised(GateSettings settings, long untilNanos) {
        boolean isAt(long nanos) {
            return nanos < untilNanos;
        }
    }

    private volatile GateSettings configured = GateSettings.KEYFRAMES;
    private volatile @Nullable Raised raised;

    /** Of the last picture; written on the camera's event loop only. */
    private volatile long pictureNanos = Long.MIN_VALUE;

    void configure(GateSettings wanted) {
        configured = wanted;
    }

    /** Looks more often until then, whatever the settings say; then the settings hold again by themselves. */
    void raise(Duration least, long untilNanos) {
        raised = new Raised(GateSettings.of("all", least), untilNanos);
    }

    boolean isRaised(long nowNanos) {
        Raised current = raised;
        return current != null && current.isAt(nowNanos);
    }

    /** Those that hold at this time, which is that of a picture. */
    GateSettings at(long nowNanos) {
        pictureNanos = nowNanos;
        return now();
    }

    /** Those that hold since the last picture. */
    GateSettings now() {
        Raised current = raised;
        return current != null && current.isAt(pictureNanos) ? current.settings() : configured;
    }
}
