package io.fengsui.edge.sensor;

import io.fengsui.edge.sensor.mqtt.BrokerClient;
import io.fengsui.protocol.value.Moment;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a broker's connections say, on its way to the {@link Inbox}. Called on Paho's threads: hands over, and lets nothing
 * be thrown into Paho. Thread-safe.
 */
final class Ear {
    private static final Logger LOG = LoggerFactory.getLogger(Ear.class);
    private static final long ROOM_POLL_NANOS = Inbox.nanos(100);
    private static final int MAX_CUT_TOPICS = 16;
    private static final int MAX_SHOWN = 100;

    private final String broker;
    private final Inbox inbox;
    private final SensorMeters meters;
    private final Supplier<Moment> now;
    private final Set<String> cutTopics = ConcurrentHashMap.newKeySet();

    Ear(String broker, Inbox inbox, SensorMeters meters, Supplier<Moment> now) {
        this.broker = broker;
        this.inbox = inbox;
        this.meters = meters;
        this.now = now;
    }

    /** For one connection: what it says after the next one has begun does not count. */
    BrokerClient.Listener of(long epoch) {
        return new OfConnection(epoch);
    }

    private final class OfConnection implements BrokerClient.Listener {
        private final long epoch;

        OfConnection(long epoch) {
            this.epoch = epoch;
        }

        @Override
        public void onMessage(String topic, byte[] payload, int packetId, boolean isRetained) {
            byte[] kept =
                    payload.length <= Arrived.MAX_PAYLOAD ? payload : Arrays.copyOf(payload, Arrived.MAX_PAYLOAD + 1);
            inbox.offer(epoch, new Arrived(topic, kept, packetId, isRetained, now.get()));
        }

        @Override
        public boolean awaitRoom() throws InterruptedException {
            return inbox.awaitRoom(epoch, ROOM_POLL_NANOS);
        }

        @Override
        public void onCut(String topic, long bytes) {
            meters.onCut(broker);
            String shown = topic.length() <= MAX_SHOWN ? topic : topic.substring(0, MAX_SHOWN);
            if (cutTopics.size() < MAX_CUT_TOPICS && cutTopics.add(shown)) {
                LOG.warn(
                        "broker={} sent {} bytes on {}: only the beginning is kept, and this is not said again of the topic",
                        broker,
                        bytes,
                        shown);
            }
        }

        @Override
        public void onLost(String reason) {
            inbox.lose(epoch, reason);
        }
    }
}
