/**
 * Grids: the smallest areas with a leader. Minimal for now: codes and names.
 *
 * <p>In: configuration. Out: {@link io.fengsui.hub.grid.GridCell}. Pure values; imports {@code protocol} only.
 */
@NullMarked
package io.fengsui.hub.grid;

import org.jspecify.annotations.NullMarked;
