package io.fengsui.hub.correlate.handed;

import io.fengsui.hub.correlate.ClockOffsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How far clocks are ahead: of the edge that something was handed over of, as it was said with it. Writer's thread only. */
public final class HandedOffsets implements ClockOffsets {
    private final ClockOffsets own;
    private @Nullable String edge;
    private Duration offset = Duration.ZERO;

    /** @param own of the edges of this writer */
    public HandedOffsets(ClockOffsets own) {
        this.own = own;
    }

    void said(String ofEdge, Duration as) {
        edge = ofEdge;
        offset = as;
    }

    void over() {
        edge = null;
    }

    @Override
    public Duration offset(String ofEdge) {
        return ofEdge.equals(edge) ? offset : own.offset(ofEdge);
    }
}
