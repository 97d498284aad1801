/**
 * Repeats: who was told of a ticket is told again after a while without a word, as long as it is not done.
 *
 * <p>In: what is laid down to be told, time. Out: timers, messages in the outbox. Thread: the shard's writer. Imports {@code
 * notify}, {@code ticket} and {@code sla}'s timers.
 */
@NullMarked
package io.fengsui.hub.notify.repeat;

import org.jspecify.annotations.NullMarked;
