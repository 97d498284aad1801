/**
 * Units: what classes they answer for in which areas, who is on duty, and to which of them a ticket goes.
 *
 * <p>In: YAML, places. Out: {@link io.fengsui.hub.grid.unit.Route}s. Pure values, any thread. Imports {@code grid.place}.
 */
@NullMarked
package io.fengsui.hub.grid.unit;

import org.jspecify.annotations.NullMarked;
