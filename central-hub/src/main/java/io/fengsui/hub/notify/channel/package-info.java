/**
 * The ways by which people are told, as they are configured: webhook, mail, MQTT.
 *
 * <p>In: configuration. Out: {@link io.fengsui.hub.notify.channel.Channel}. Pure values; imports {@code settings} only.
 */
@NullMarked
package io.fengsui.hub.notify.channel;

import org.jspecify.annotations.NullMarked;
