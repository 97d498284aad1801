package io.fengsui.systemtests.site;

import io.fengsui.fieldsim.sensor.BrokerLogin;
import java.nio.charset.StandardCharsets;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;

/** Publishes just what a test wants, at least once (QoS 1): {@link #say} returns when the broker has it. */
public final class Publisher implements AutoCloseable {
    private final MqttClient client;

    public Publisher(String brokerUri, @Nullable BrokerLogin login) throws MqttException {
        client = new MqttClient(brokerUri, "system-tests", new MemoryPersistence());
        client.setTimeToWait(10_000);
        MqttConnectionOptions options = new MqttConnectionOptions();
        if (login != null) {
            options.setUserName(login.user());
            options.setPassword(login.password().getBytes(StandardCharsets.UTF_8));
        }
        client.connect(options);
    }

    public void say(String topic, String payload) throws MqttException {
        client.publish(topic, payload.getBytes(StandardCharsets.UTF_8), 1, false);
    }

    @Override
    public void close() throws MqttException {
        client.disconnect();
        client.close();
    }
}
