package io.fengsui.edge.action;

import io.fengsui.edge.sensor.mqtt.BrokerException;

/** Says something on a topic of a broker, and waits for the broker's word. Called on {@code action}. */
@FunctionalInterface
interface Publisher {
    void publish(String broker, String topic, byte[] payload) throws BrokerException;
}
