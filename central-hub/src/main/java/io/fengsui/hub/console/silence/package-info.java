/**
 * Silences, announced work and what is held back over REST.
 *
 * <p>In: requests. Out: JSON, tasks for the shard. Thread: Armeria's blocking executor. Imports {@code console.http} and {@code
 * console.name}, not {@code console}.
 */
@NullMarked
package io.fengsui.hub.console.silence;

import org.jspecify.annotations.NullMarked;
