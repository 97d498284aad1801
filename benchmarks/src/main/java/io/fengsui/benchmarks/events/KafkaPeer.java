package io.fengsui.benchmarks.events;

import io.fengsui.benchmarks.chaos.lab.Ports;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;

/**
 * The peer that people take for this: one Kafka broker (KRaft) in this JVM, {@code acks=all}. As it is shipped it acknowledges
 * before anything is on the disk; with {@code flush.messages=1} it writes each batch through first, as the spool and the hub do.
 */
final class KafkaPeer implements AutoCloseable {
    private static final int BYTES = 400;
    private static final int IN_FLIGHT = 2_048;
    private static final int MOST = 2_000_000;

    private final KafkaRaftServer server;
    private final int port;

    private KafkaPeer(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    static KafkaPeer start(Path folder) throws IOException, ExecutionException, InterruptedException {
        int port = Ports.free();
        int controller = Ports.free();
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                "1",
                "controller.quorum.voters",
                "1@127.0.0.1:" + controller,
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller,
                "advertised.listeners",
                "PLAINTEXT://127.0.0.1:" + port,
                "controller.listener.names",
                "CONTROLLER",
                "offsets.topic.replication.factor",
                "1",
                "log.dirs",
                folder.resolve("log").toString()));
        Path file = folder.resolve("server.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
        String[] format = {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()};
        if (StorageTool.execute(format, new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                != 0) {
            throw new IOException("Kafka's folder cannot be formatted: " + folder);
        }
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
        server.startup();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port))) {
            admin.createTopics(List.of(
                            new NewTopic("shipped", 1, (short) 1),
                            new NewTopic("flushed", 1, (short) 1).configs(Map.of("flush.messages", "1"))))
                    .all()
                    .get();
        }
        return new KafkaPeer(server, port);
    }

    /** Where clients find it. */
    String address() {
        return "127.0.0.1:" + port;
    }

    /** Acknowledged records a second, {@value #IN_FLIGHT} of them on their way. */
    double rate(boolean isFlushed, long seconds) throws InterruptedException {
        byte[] body = new byte[BYTES];
        new Random(1).nextBytes(body);
        Semaphore credits = new Semaphore(IN_FLIGHT);
        AtomicLongArray waited = new AtomicLongArray(MOST);
        AtomicLong done = new AtomicLong();
        AtomicLong failed = new AtomicLong();
        String topic = isFlushed ? "flushed" : "shipped";
        long begun = System.nanoTime();
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", address(), "acks", "all", "linger.ms", "1"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            while (System.nanoTime() - begun < seconds * 1_000_000_000L) {
                credits.acquire();
                long sent = System.nanoTime();
                producer.send(new ProducerRecord<>(topic, body), (where, error) -> {
                    if (error == null) {
                        waited.set((int) Math.min(MOST - 1, done.getAndIncrement()), System.nanoTime() - sent);
                    } else {
                        failed.incrementAndGet();
                    }
                    credits.release();
                });
            }
            credits.acquire(IN_FLIGHT);
        }
        long elapsed = System.nanoTime() - begun;
        if (failed.get() > 0) {
            throw new IllegalStateException(failed.get() + " records were not taken by Kafka");
        }
        long[] sorted = new long[(int) Math.min(MOST, done.get())];
        Arrays.setAll(sorted, waited::get);
        Arrays.sort(sorted);
        System.out.printf(
                "%-44s %,12.0f %10.2f %10.2f%n",
                "Kafka, acks=all, " + (isFlushed ? "each batch flushed" : "as shipped"),
                done.get() * 1e9 / elapsed,
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6);
        return done.get() * 1e9 / elapsed;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
