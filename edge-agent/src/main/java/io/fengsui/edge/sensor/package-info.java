/**
 * Subscribes to MQTT brokers and maps payloads to readings. {@code mqtt} has the clients.
 *
 * <p>MQTT messages in, readings with an acknowledgement handle out. Paho's callbacks only hand over bytes.
 */
@NullMarked
package io.fengsui.edge.sensor;

import org.jspecify.annotations.NullMarked;
