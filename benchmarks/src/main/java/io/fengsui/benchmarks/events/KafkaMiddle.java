package io.fengsui.benchmarks.events;

import io.fengsui.benchmarks.Scratch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * What people put between sensors and tickets instead (P10): a bridge from the broker to Kafka ({@code acks=all}, each batch
 * flushed), and a consumer that writes a row of each alarm into SQLite, all that a poll has in one transaction with fsync. It
 * has no rules, no routes, no deadlines and no stream to a reader: the row on the disk is its end.
 */
public final class KafkaMiddle implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TOPIC = "flushed";
    private static final String FROM = "peer/smoke/";
    private static final int QOS = 1;

    private final Map<Integer, Long> sent = new ConcurrentHashMap<>();
    private final Map<Integer, Long> stored = new ConcurrentHashMap<>();
    private final Scratch scratch;
    private final KafkaPeer kafka;
    private final KafkaProducer<byte[], byte[]> producer;
    private final MqttAsyncClient bridge;
    private final MqttAsyncClient sensors;
    private final Thread consumer;
    private volatile boolean isClosed;

    private KafkaMiddle(Scratch scratch, int mqtt)
            throws IOException, ExecutionException, InterruptedException, MqttException {
        this.scratch = scratch;
        kafka = KafkaPeer.start(scratch.folder());
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.address(), "acks", "all", "linger.ms", "0"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        consumer = Thread.ofPlatform()
                .daemon()
                .start(() -> consume(scratch.folder().resolve("tickets.db")));
        bridge = connect(mqtt, "peer-bridge");
        bridge.setCallback(new Bridge(producer));
        bridge.subscribe(new MqttSubscription(FROM + "+", QOS)).waitForCompletion(PATIENCE.toMillis());
        sensors = connect(mqtt, "peer-sensors");
    }

    /** Hands what the broker sends to Kafka. */
    private record Bridge(KafkaProducer<byte[], byte[]> producer) implements MqttCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) {
            byte[] sensor = topic.substring(FROM.length()).getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(TOPIC, sensor, message.getPayload()));
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {}

        @Override
        public void mqttErrorOccurred(MqttException error) {
            System.err.println("the bridge to Kafka: " + error);
        }

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean isAgain, String server) {}

        @Override
        public void authPacketArrived(int reason, MqttProperties properties) {}
    }

    /** @param mqtt the broker's port on this machine */
    public static KafkaMiddle start(int mqtt)
            throws IOException, ExecutionException, InterruptedException, MqttException {
        return new KafkaMiddle(Scratch.make("fengsui-kafka"), mqtt);
    }

    private static MqttAsyncClient connect(int mqtt, String name) throws MqttException {
        MqttAsyncClient client = new MqttAsyncClient("tcp://127.0.0.1:" + mqtt, name, new MemoryPersistence());
        client.connect().waitForCompletion(PATIENCE.toMillis());
        return client;
    }

    /**
     * So many sensors alarm at this pace, each once.
     *
     * @return milliseconds from the publish to the row on the disk, of each whose row came within 30 s
     */
    public List<Double> alarm(int count, int perSecond) throws InterruptedException, MqttException {
        int from = sent.size();
        long begun = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long at = begun + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
            for (long left = at - System.nanoTime(); left > 0; left = at - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            sent.put(from + i, System.nanoTime());
            sensors.publish(FROM + (from + i), "{\"smoke\":true}".getBytes(StandardCharsets.UTF_8), QOS, false);
        }
        long published = System.nanoTime();
        while (consumer.isAlive()
                && stored.size() < from + count
                && System.nanoTime() - published < PATIENCE.toNanos()) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        if (!consumer.isAlive()) {
            throw new IllegalStateException("what reads from Kafka has ended, and said why");
        }
        List<Double> millis = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            Long end = stored.get(i);
            Long start = sent.get(i);
            if (end != null && start != null) {
                millis.add((end - start) / 1e6);
            }
        }
        return millis;
    }

    private void consume(Path file) {
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + file);
                KafkaConsumer<byte[], byte[]> records = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", kafka.address(), "enable.auto.commit", "false"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            try (Statement statement = database.createStatement()) {
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = FULL");
                statement.execute("CREATE TABLE ticket (id INTEGER PRIMARY KEY, body BLOB NOT NULL)");
            }
            database.setAutoCommit(false);
            records.assign(List.of(partition));
            records.seekToBeginning(List.of(partition));
            try (PreparedStatement insert = database.prepareStatement("INSERT OR IGNORE INTO ticket VALUES (?, ?)")) {
                while (!isClosed) {
                    store(records.poll(Duration.ofMillis(200)), insert, database);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void store(ConsumerRecords<byte[], byte[]> polled, PreparedStatement insert, Connection database)
            throws SQLException {
        List<Integer> rows = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> one : polled) {
            int id = Integer.parseInt(new String(one.key(), StandardCharsets.UTF_8));
            insert.setInt(1, id);
            insert.setBytes(2, one.value());
            insert.executeUpdate();
            rows.add(id);
        }
        if (!rows.isEmpty()) {
            database.commit();
            long now = System.nanoTime();
            rows.forEach(id -> stored.putIfAbsent(id, now)); // both are at least once
        }
    }

    @Override
    public void close() throws MqttException, IOException {
        isClosed = true;
        try {
            consumer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (MqttAsyncClient client : List.of(sensors, bridge)) {
            client.disconnect().waitForCompletion(PATIENCE.toMillis());
            client.close();
        }
        producer.close();
        kafka.close();
        scratch.close();
    }
}
