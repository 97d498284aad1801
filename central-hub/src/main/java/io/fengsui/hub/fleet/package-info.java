/**
 * The edges: who they are, what they have, when they were last heard of.
 *
 * <p>In: hellos and heartbeats. Out: {@link io.fengsui.hub.fleet.Edge} rows, names of sources, silence. Thread: {@link
 * io.fengsui.hub.fleet.Liveness} is thread-safe, the rest belongs to the shard's writer. Imports {@code grid} only.
 */
@NullMarked
package io.fengsui.hub.fleet;

import org.jspecify.annotations.NullMarked;
