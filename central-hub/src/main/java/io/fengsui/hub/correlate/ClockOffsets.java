package io.fengsui.hub.correlate;

import java.time.Duration;

/** How far each edge's wall clock is ahead of the hub's, as nearly as is known. Writer's thread only. */
@FunctionalInterface
public interface ClockOffsets {
    Duration offset(String edge);
}
