/**
 * Ladders: more and other people are told while nobody takes a ticket, step by step.
 *
 * <p>In: facts of tickets, time. Out: rows of escalations, facts, messages in the outbox. {@link
 * io.fengsui.hub.notify.ladder.Escalation} is pure. Thread: the shard's writer. Imports {@code notify}, {@code ticket} and
 * {@code sla}'s timers.
 */
@NullMarked
package io.fengsui.hub.notify.ladder;

import org.jspecify.annotations.NullMarked;
