package io.fengsui.hub.correlate;

import org.jspecify.annotations.Nullable;

/**
 * What became of an event: why, and the rows as they are now.
 *
 * @param was the incident as it stood before; null when it is new
 */
public record Correlation(
        CorrelateReason reason,
        EventState event,
        Incident incident,
        @Nullable Incident was) {}
