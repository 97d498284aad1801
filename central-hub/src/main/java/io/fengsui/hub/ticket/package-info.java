/**
 * What somebody has to handle: which incidents become tickets (policy), which steps a ticket goes through (workflow),
 * and the ticket itself as facts in a hash chain.
 *
 * <p>In: {@link io.fengsui.hub.correlate.Correlation}s and operators' commands. Out: ticket rows and facts. {@link
 * io.fengsui.hub.ticket.TicketDecider}, {@link io.fengsui.hub.ticket.Ticket} and {@link
 * io.fengsui.hub.ticket.TicketPolicy} are pure. Thread: the shard's writer. Imports {@code correlate} and what stands
 * before it.
 */
@NullMarked
package io.fengsui.hub.ticket;

import org.jspecify.annotations.NullMarked;
