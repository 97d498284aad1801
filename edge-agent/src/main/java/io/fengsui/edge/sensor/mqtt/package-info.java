/**
 * A connection to one MQTT broker, version 3.1.1 or 5, with TLS, behind one interface. Paho only here and in {@code
 * action}.
 *
 * <p>Settings in, messages by callback out. Paho's callbacks only hand over bytes. Knows nothing of readings; must not
 * import its parent.
 */
@NullMarked
package io.fengsui.edge.sensor.mqtt;

import org.jspecify.annotations.NullMarked;
