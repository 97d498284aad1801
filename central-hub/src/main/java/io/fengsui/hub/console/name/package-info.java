/**
 * Names over REST: what people call areas, kinds of events, cameras, sensors and edges, and which of them they mean.
 *
 * <p>In: requests. Out: JSON. Thread: Armeria's blocking executor. Imports {@code console.http}, not {@code console}.
 */
@NullMarked
package io.fengsui.hub.console.name;

import org.jspecify.annotations.NullMarked;
