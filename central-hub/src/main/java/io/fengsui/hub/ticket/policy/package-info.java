/**
 * Which incidents become tickets, of which workflow and under which title.
 *
 * <p>In: YAML; an event. Out: a {@link io.fengsui.hub.ticket.policy.TicketPolicy.Ruling}. Thread: any; pure. Must not
 * import tickets.
 */
@NullMarked
package io.fengsui.hub.ticket.policy;

import org.jspecify.annotations.NullMarked;
