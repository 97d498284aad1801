package io.fengsui.edge.action;

import io.fengsui.edge.sensor.mqtt.BrokerClient;
import io.fengsui.edge.sensor.mqtt.BrokerClient.SessionKind;
import io.fengsui.edge.sensor.mqtt.BrokerException;
import io.fengsui.edge.sensor.mqtt.BrokerSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One connection per broker, made when first needed, of its own: sensors and actions do not take over each other's
 * session. Confined to the thread {@code action}, but for {@link #apply}.
 */
final class BrokerPublisher implements Publisher, AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private record Open(BrokerSettings settings, BrokerClient client, AtomicBoolean isLost) {}

    private final Map<String, Open> open = new HashMap<>();
    private volatile Map<String, BrokerSettings> brokers = Map.of();

    /** Any thread. */
    void apply(List<BrokerSettings> settings) {
        brokers = settings.stream()
                .map(s -> s.withClientSuffix("-action"))
                .collect(Collectors.toUnmodifiableMap(BrokerSettings::name, Function.identity()));
    }

    @Override
    public void publish(String broker, String topic, byte[] payload) throws BrokerException {
        BrokerClient client = client(broker);
        try {
            client.publish(topic, payload, TIMEOUT);
        } catch (BrokerException e) {
            drop(broker);
            throw e;
        }
    }

    private BrokerClient client(String broker) throws BrokerException {
        BrokerSettings settings = brokers.get(broker);
        Open before = open.get(broker);
        if (before != null && !before.isLost().get() && before.settings().equals(settings)) {
            return before.client();
        }
        drop(broker);
        if (settings == null) {
            throw new IllegalArgumentException("no broker is named " + broker);
        }
        AtomicBoolean isLost = new AtomicBoolean();
        BrokerClient client = BrokerClient.of(settings, SessionKind.FRESH, new LossListener(isLost));
        try {
            client.connect(TIMEOUT);
        } catch (BrokerException e) {
            client.close();
            throw e;
        }
        open.put(broker, new Open(settings, client, isLost));
        return client;
    }

    private void drop(String broker) {
        Open before = open.remove(broker);
        if (before != null) {
            before.client().close();
        }
    }

    @Override
    public void close() {
        List.copyOf(open.keySet()).forEach(this::drop);
    }

    private record LossListener(AtomicBoolean isLost) implements BrokerClient.Listener {
        @Override
        public void onMessage(String topic, byte[] payload, int packetId, boolean isRetained) {}

        @Override
        public void onLost(String reason) {
            isLost.set(true);
        }
    }
}
