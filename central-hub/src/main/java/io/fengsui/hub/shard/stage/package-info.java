/**
 * What the deciding stages of a shard stand on: the interface they implement, the turn each input gets, rows held in
 * memory, and changes noted for the live stream.
 *
 * <p>In: {@link io.fengsui.hub.shard.input.Input}s. Out: rows, {@link io.fengsui.hub.shard.stage.Change}s. Thread: the
 * shard's writer. Must not import the ring or the writer.
 */
@NullMarked
package io.fengsui.hub.shard.stage;

import org.jspecify.annotations.NullMarked;
