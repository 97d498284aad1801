/**
 * Deadlines: rows that fall due, the silence of edges, and the leases of open events.
 *
 * <p>In: hellos, goodbyes, forks, time. Out: edge rows, the hub's own events. {@link io.fengsui.hub.sla.SilencePolicy} is
 * pure. Thread: the shard's writer. Imports {@code correlate} and what stands before it.
 */
@NullMarked
package io.fengsui.hub.sla;

import org.jspecify.annotations.NullMarked;
