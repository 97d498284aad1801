/**
 * Who is told what, when, and by which channel. What was decided lies in the outbox in the transaction of the fact that
 * it tells of; sending is {@code notify.send}'s business.
 *
 * <p>In: facts of tickets, time, what became of each try. Out: {@link io.fengsui.hub.notify.Delivery} rows. {@link
 * io.fengsui.hub.notify.SendDecider}, {@link io.fengsui.hub.notify.Forecast} and {@link io.fengsui.hub.notify.RetryLadder} are pure. Thread: the shard's writer.
 * Imports {@code ticket}, {@code grid} and what stands before them; must not import {@code store} or {@code console}.
 */
@NullMarked
package io.fengsui.hub.notify;

import org.jspecify.annotations.NullMarked;
