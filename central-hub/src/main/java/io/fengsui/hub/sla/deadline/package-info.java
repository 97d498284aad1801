/**
 * Deadlines of tickets: for each state and for the whole, in natural or working time, with warnings before they pass; the
 * clock stops while a ticket is suspended. The row is the timer.
 *
 * <p>In: facts of tickets, time. Out: rows of deadlines, facts that a deadline is near or has passed. {@link
 * io.fengsui.hub.sla.deadline.Deadline}, {@link io.fengsui.hub.sla.deadline.DeadlineMoves} and {@link
 * io.fengsui.hub.sla.deadline.DeadlinePolicy} are pure. Thread: the shard's writer. Imports {@code ticket} and what
 * stands before it, and {@code sla}'s timers.
 */
@NullMarked
package io.fengsui.hub.sla.deadline;

import org.jspecify.annotations.NullMarked;
