/**
 * The one writer of a shard: a bounded ring of inputs, one thread, one database transaction a batch, replies after the
 * commit.
 *
 * <p>In: {@link io.fengsui.hub.intake.EventLog} calls, operators' commands, ticks. Out: {@link
 * io.fengsui.hub.shard.input.Input}s to the {@link io.fengsui.hub.shard.stage.Stage}s, committed {@link
 * io.fengsui.hub.shard.stage.Change}s to listeners. Thread: any to submit; {@code shard-n} for everything else. The only
 * package with the Disruptor. Imports {@code intake}, {@code fleet}, {@code grid}.
 */
@NullMarked
package io.fengsui.hub.shard;

import org.jspecify.annotations.NullMarked;
