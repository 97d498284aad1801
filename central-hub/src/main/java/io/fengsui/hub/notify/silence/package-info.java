/**
 * Silences: of what matches nobody is told for now, by the word of somebody who says why.
 *
 * <p>In: people's orders, facts of tickets, time. Out: rows, and whether a ticket is silenced. Thread: the shard's
 * writer. Imports {@code notify}, {@code ticket} and {@code grid}.
 */
@NullMarked
package io.fengsui.hub.notify.silence;

import org.jspecify.annotations.NullMarked;
