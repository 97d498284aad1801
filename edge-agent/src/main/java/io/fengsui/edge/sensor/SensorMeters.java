package io.fengsui.edge.sensor;

import io.fengsui.edge.meter.StandingGauge;
import io.fengsui.runtime.Progress;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Meters of the brokers; labelled by broker, of which there are few. Thread-safe. */
public final class SensorMeters {
    private record OfBroker(
            Counter messages,
            Counter quarantined,
            Counter refused,
            Counter stale,
            Counter cut,
            Counter failures,
            List<Meter> all,
            AtomicBoolean connected) {}

    private final MeterRegistry registry;
    private final Map<String, OfBroker> brokers = new ConcurrentHashMap<>();

    public SensorMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A constant as metrics and codes show it. */
    static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    void register(String broker, Inbox inbox, Progress progress) {
        AtomicBoolean connected = new AtomicBoolean();
        Counter messages = counter("edge.mqtt.messages", "MQTT messages that arrived", broker);
        Counter quarantined =
                counter("edge.mqtt.quarantined", "MQTT payloads that are no reading and were kept for people", broker);
        Counter refused = counter(
                "edge.mqtt.refused", "Times that the next stage had no room, so that a message had to wait", broker);
        Counter stale = counter(
                "edge.mqtt.stale.acknowledgements",
                "Acknowledgements of an earlier connection, dropped since the broker sends again",
                broker);
        Counter cut =
                counter("edge.mqtt.cut", "MQTT messages of more than 1 MiB, of which the beginning was kept", broker);
        Counter failures = counter(
                "edge.mqtt.failures", "Exceptions kept from ending the thread of a broker; it connects anew", broker);
        Meter standing = StandingGauge.register(progress, registry);
        Meter up = Gauge.builder("edge.mqtt.connected", connected, c -> c.get() ? 1 : 0)
                .description("Whether the MQTT broker is connected and subscribed")
                .tag("broker", broker)
                .register(registry);
        Meter depth = Gauge.builder("edge.mqtt.inbox.messages", inbox, Inbox::depth)
                .description("MQTT messages that wait to be read")
                .tag("broker", broker)
                .register(registry);
        Meter dropped = Gauge.builder("edge.mqtt.inbox.dropped", inbox, Inbox::dropped)
                .description("MQTT messages left to the broker to send again, for want of room, since start")
                .tag("broker", broker)
                .register(registry);
        Meter waits = Gauge.builder("edge.mqtt.inbox.waits", inbox, Inbox::waits)
                .description("Waits, of 0.1 s at most, in which a broker was not read since messages came faster than"
                        + " they were taken, since start")
                .tag("broker", broker)
                .register(registry);
        List<Meter> all =
                List.of(messages, quarantined, refused, stale, cut, failures, standing, up, depth, dropped, waits);
        brokers.put(broker, new OfBroker(messages, quarantined, refused, stale, cut, failures, all, connected));
    }

    private Counter counter(String name, String description, String broker) {
        return Counter.builder(name)
                .description(description)
                .tag("broker", broker)
                .register(registry);
    }

    void remove(String broker) {
        OfBroker gone = brokers.remove(broker);
        if (gone != null) {
            gone.all().forEach(registry::remove);
        }
    }

    void onState(String broker, BrokerState state) {
        OfBroker of = brokers.get(broker);
        if (of != null) {
            of.connected().set(state == BrokerState.CONNECTED);
        }
    }

    void onMessage(String broker) {
        OfBroker of = brokers.get(broker);
        if (of != null) {
            of.messages().increment();
        }
    }

    void onQuarantined(String broker) {
        OfBroker of = brokers.get(broker);
        if (of != null) {
            of.quarantined().increment();
        }
    }

    void onCut(String broker) {
        OfBroker of = brokers.get(broker);
        if (of != null) {
            of.cut().increment();
        }
    }

    void onFailure(String broker) {
        OfBroker of = brokers.get(broker);
        if (of != null) {
            of.failures().increment();
        }
    }

    void onRefused(String broker) {
        OfBroker of = brokers.get(broker);
        if (of != null) {
            of.refused().increment();
        }
    }

    void onStaleAcknowledgement(String broker) {
        OfBroker of = brokers.get(broker);
        if (of != null) {
            of.stale().increment();
        }
    }
}
