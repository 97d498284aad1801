/**
 * The outbox over REST: what was and will be told, why at that moment, what became of each try, and sending it again.
 *
 * <p>In: requests. Out: JSON, tasks for the shard. Thread: Armeria's blocking executor. Imports {@code console.http}, not
 * {@code console}.
 */
@NullMarked
package io.fengsui.hub.console.delivery;

import org.jspecify.annotations.NullMarked;
