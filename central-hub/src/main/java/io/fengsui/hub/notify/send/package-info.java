/**
 * Sends what lies in the outbox: webhooks, mail, MQTT. At least once, with the same id at every try.
 *
 * <p>In: deliveries that are due. Out: messages, and what became of each try, as inputs of the shard. Thread: {@code
 * notify} looks, a virtual thread a message sends; nothing here decides when to try again. The only package that knows
 * mail and MQTT; imports {@code notify}.
 */
@NullMarked
package io.fengsui.hub.notify.send;

import org.jspecify.annotations.NullMarked;
