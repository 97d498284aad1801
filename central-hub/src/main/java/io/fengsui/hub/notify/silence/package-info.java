/**
 * Silences and announced work: of what matches nobody is told for now, or there is no ticket, by the word of somebody who
 * says why.
 *
 * <p>In: people's orders, facts of tickets, time. Out: rows, whether a ticket is silenced, and until when an incident has to
 * wait. Thread: the shard's writer. Imports {@code notify}, {@code ticket}, {@code correlate.gather} and {@code grid}.
 */
@NullMarked
package io.fengsui.hub.notify.silence;

import org.jspecify.annotations.NullMarked;
