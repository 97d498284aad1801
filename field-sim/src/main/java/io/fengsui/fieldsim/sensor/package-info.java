/**
 * Simulated sensors: an MQTT broker in this process, a script of readings in, JSON messages with QoS 1 out; and a loudspeaker
 * that writes down what it is told to say.
 *
 * <p>Readings are pure functions of the time since the script's start; one thread, {@code sensors}, publishes them. Must not import cameras, scenes
 * or the application.
 */
@NullMarked
package io.fengsui.fieldsim.sensor;

import org.jspecify.annotations.NullMarked;
