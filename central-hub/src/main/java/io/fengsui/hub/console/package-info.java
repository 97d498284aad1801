/**
 * What people and programs see of the hub: REST under {@code /api/v1}, the stream of changes, evidence, and the console
 * page.
 *
 * <p>In: committed rows of {@code store}, what {@code shard} says that it has committed, requests. Out: JSON, pictures, server-sent events; commands leave through
 * {@link io.fengsui.hub.shard.input.CommandDesk}. Thread: handlers on the blocking executor, one {@code console-feed}
 * thread reads what changed, one virtual thread per open stream. Does not import ops, config, app.
 */
@NullMarked
package io.fengsui.hub.console;

import org.jspecify.annotations.NullMarked;
