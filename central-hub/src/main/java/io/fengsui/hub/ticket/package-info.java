/**
 * What somebody has to handle: tickets as facts in a hash chain. Which incidents become tickets is {@code ticket.policy},
 * which steps a ticket goes through {@code ticket.workflow}.
 *
 * <p>In: {@link io.fengsui.hub.correlate.Correlation}s and operators' commands. Out: ticket rows and facts. {@link
 * io.fengsui.hub.ticket.TicketDecider} and {@link io.fengsui.hub.ticket.Ticket} are pure. Thread: the shard's writer.
 * Imports {@code correlate} and what stands before it.
 */
@NullMarked
package io.fengsui.hub.ticket;

import org.jspecify.annotations.NullMarked;
