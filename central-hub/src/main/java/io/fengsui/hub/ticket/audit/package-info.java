/**
 * Whether the facts of tickets are as they were written: every hash computed again.
 *
 * <p>In: rows of facts. Out: {@link io.fengsui.hub.ticket.audit.ChainCheck.Finding}s. Any thread, one check each. Imports
 * {@code ticket}.
 */
@NullMarked
package io.fengsui.hub.ticket.audit;

import org.jspecify.annotations.NullMarked;
