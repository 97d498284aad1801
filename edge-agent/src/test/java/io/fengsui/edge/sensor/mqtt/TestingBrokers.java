package io.fengsui.edge.sensor.mqtt;

import io.fengsui.edge.sensor.mqtt.BrokerSettings.MqttVersion;
import java.net.URI;
import java.time.Duration;

/** Settings of a broker on loopback that wants neither name nor certificate. */
public final class TestingBrokers {
    private TestingBrokers() {}

    public static BrokerSettings open(int port, MqttVersion version, Duration keepAlive) {
        return new BrokerSettings(
                "village",
                URI.create("mqtt://127.0.0.1:" + port),
                version,
                "edge-1",
                "",
                null,
                BrokerSettings.Tls.PLATFORM,
                "",
                keepAlive,
                Duration.ofDays(1));
    }
}
