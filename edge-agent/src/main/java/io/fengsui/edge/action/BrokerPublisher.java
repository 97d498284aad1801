package io.fengsui.edge.action;

import io.fengsui.edge.sensor.mqtt.BrokerClient;
import io.fengsui.edge.sensor.mqtt.BrokerClient.SessionKind;
import io.fengsui.edge.sensor.mqtt.BrokerException;
import io.fengsui.edge.sensor.mqtt.BrokerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One connection per broker, made when first needed, of its own: sensors and actions do not take over each other's
 * session. Confined to the thread {@code action}, but for {@link #apply}.
 */
final class BrokerPublisher implements Publisher, AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private record Open(BrokerSettings settings, List<String> topics, BrokerClient client, AtomicBoolean isLost) {}

    private final Map<String, Open> open = new HashMap<>();
    private volatile Map<String, BrokerSettings> brokers = Map.of();
    private volatile Map<String, List<String>> confirmTopics = Map.of();
    private volatile Consumer<String> confirmed = _ -> {};

    /** Who hears of devices that confirm; called on Paho's threads. */
    void onConfirmed(Consumer<String> taker) {
        confirmed = taker;
    }

    /** Any thread. */
    void apply(List<BrokerSettings> settings, List<ActionSettings> actions) {
        Map<String, List<String>> topics = new HashMap<>();
        for (ActionSettings action : actions) {
            if (action.deed() instanceof Deed.Publish p && !p.confirmTopic().isEmpty()) {
                topics.computeIfAbsent(p.broker(), _ -> new ArrayList<>()).add(p.confirmTopic());
            }
        }
        confirmTopics = topics;
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
        List<String> topics = confirmTopics.getOrDefault(broker, List.of());
        Open before = open.get(broker);
        if (before != null
                && !before.isLost().get()
                && before.settings().equals(settings)
                && before.topics().equals(topics)) {
            return before.client();
        }
        drop(broker);
        if (settings == null) {
            throw new IllegalArgumentException("no broker is named " + broker);
        }
        AtomicBoolean isLost = new AtomicBoolean();
        BrokerClient client = BrokerClient.of(settings, SessionKind.FRESH, new Ears(isLost, confirmed));
        try {
            client.connect(TIMEOUT);
            if (!topics.isEmpty()) {
                client.subscribe(topics.stream().distinct().toList(), TIMEOUT);
            }
        } catch (BrokerException e) {
            client.close();
            throw e;
        }
        open.put(broker, new Open(settings, topics, client, isLost));
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

    private record Ears(AtomicBoolean isLost, Consumer<String> confirmed) implements BrokerClient.Listener {
        /** Whatever the device says on the topic confirms; what the broker kept is of the past. */
        @Override
        public void onMessage(String topic, byte[] payload, int packetId, boolean isRetained) {
            if (!isRetained) {
                confirmed.accept(topic);
            }
        }

        @Override
        public void onLost(String reason) {
            isLost.set(true);
        }
    }
}
