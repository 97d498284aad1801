package io.fengsui.edge.gate;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a camera is looked at: as configured, or for a while more often. Set from any thread, asked on the camera's event loop. */
final class SettingsInForce {
    private record Raised(GateSettings settings, long untilNanos) {}

    private volatile GateSettings configured = GateSettings.KEYFRAMES;
    private volatile @Nullable Raised raised;

    void configure(GateSettings wanted) {
        configured = wanted;
    }

    /** Looks more often until then, whatever the settings say; then the settings hold again by themselves. */
    void raise(Duration least, long untilNanos) {
        raised = new Raised(GateSettings.of("all", least), untilNanos);
    }

    boolean isRaised(long nowNanos) {
        Raised current = raised;
        return current != null && nowNanos < current.untilNanos();
    }

    /** Those that hold at this time, and from now on. */
    GateSettings at(long nowNanos) {
        if (raised != null && !isRaised(nowNanos)) {
            raised = null;
        }
        return now();
    }

    /** Those that held at the last picture. */
    GateSettings now() {
        Raised current = raised;
        return current == null ? configured : current.settings();
    }
}
