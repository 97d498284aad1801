package io.fengsui.edge.sensor;

import io.fengsui.edge.sensor.mqtt.BrokerSettings;
import io.fengsui.protocol.value.Moment;
import io.fengsui.runtime.Backoff;
import io.fengsui.runtime.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Subscribes to all brokers that sensors are on. {@link #apply} may be called again with other settings: only what changed
 * is touched. Thread-safe.
 */
public final class SensorSubscriber implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SensorSubscriber.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final BrokerSession.Surroundings around;
    private final Supplier<RandomGenerator> random;
    private final Map<String, BrokerSession> sessions = new ConcurrentHashMap<>();
    private boolean isClosed;

    /**
     * @param now makes the moment of arrival; called on Paho's threads
     * @param random seeds each broker's backoff
     */
    public SensorSubscriber(
            SensorSink sink,
            BrokerStateSink states,
            SensorMeters meters,
            Supplier<Moment> now,
            Supplier<RandomGenerator> random) {
        this.around = new BrokerSession.Surroundings(sink, enduring(states, meters), meters, now);
        this.random = random;
    }

    /** Who hears of a broker's state must not end its thread. */
    private static BrokerStateSink enduring(BrokerStateSink states, SensorMeters meters) {
        return (broker, state, reason, detail) -> {
            try {
                states.onState(broker, state, reason, detail);
            } catch (RuntimeException | Error e) {
                meters.onFailure(broker);
                LOG.error("the state of broker={} could not be told", broker, e);
            }
        };
    }

    /** Connects new brokers, leaves those that are gone, and changes subscriptions of those that stay. */
    public synchronized void apply(List<BrokerSettings> brokers, List<SensorSettings> sensors) {
        if (isClosed) {
            return;
        }
        Map<String, BrokerSettings> wanted = new HashMap<>();
        for (BrokerSettings broker : brokers) {
            boolean isUsed = sensors.stream().anyMatch(s -> s.broker().equals(broker.name()));
            if (isUsed) {
                wanted.put(broker.name(), broker);
            }
        }
        for (BrokerSession session : new ArrayList<>(sessions.values())) {
            String name = session.settings().name();
            if (!session.settings().equals(wanted.get(name))) {
                sessions.remove(name);
                session.close();
            }
        }
        wanted.forEach((name, broker) -> {
            List<SensorSettings> own =
                    sensors.stream().filter(s -> s.broker().equals(name)).toList();
            BrokerSession running = sessions.get(name);
            if (running != null) {
                running.update(own);
            } else {
                Backoff backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, random.get());
                BrokerSession session = new BrokerSession(broker, own, backoff, around);
                sessions.put(name, session);
                session.start();
            }
        });
    }

    /** The threads of the brokers' sessions of now; never waits. */
    public List<Progress> threads() {
        return sessions.values().stream().map(BrokerSession::progress).toList();
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        sessions.values().forEach(BrokerSession::close);
        sessions.clear();
    }
}
