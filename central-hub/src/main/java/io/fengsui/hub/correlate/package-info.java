/**
 * What belongs together: the highest revision of every event, and events of one dedup key gathered into incidents.
 *
 * <p>In: records and the hub's own events. Out: {@link io.fengsui.hub.correlate.Correlation}s to the {@link
 * io.fengsui.hub.correlate.IncidentSink}. {@link io.fengsui.hub.correlate.Correlator} is pure. Thread: the shard's writer.
 * Imports {@code shard} and what stands before it; no I/O but on its tables.
 */
@NullMarked
package io.fengsui.hub.correlate;

import org.jspecify.annotations.NullMarked;
