package io.fengsui.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * From a smoke detector's publish to its ticket in the hub's event stream, one sensor a ticket. The sensors are {@code smoke-0} and
 * on, and alarm in this order. One thread at a time.
 */
final class SensorDelay implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 30_000;
    private static final int QOS = 1;
    /** Messages on their way that nobody counts; a broker takes a few only. */
    private static final int AT_ONCE = 8;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<Integer, Long> sent = new ConcurrentHashMap<>();
    private final Map<Integer, Instant> published = new ConcurrentHashMap<>();
    private final Map<Integer, Seen> seen = new ConcurrentHashMap<>();
    private final CountDownLatch hello = new CountDownLatch(1);
    private final HttpClient web = HttpClient.newHttpClient();
    private final Thread listener;
    private final MqttAsyncClient client;
    private int next;

    /** So many sensors alarm at this pace, each once. */
    record Stretch(int sensors, int perSecond) {}

    /** A ticket in the stream: when it came, and what it says of itself. */
    private record Seen(long nanos, Instant wall, Instant occurred, Instant opened) {}

    /**
     * One alarm's way, in milliseconds.
     *
     * @param whole from the publish until the stream told of the ticket
     * @param toEdge of it until the agent had the message, by the ticket's time of the happening, which is of whole milliseconds
     * @param toHub of it from there until the hub's writer took the event up: rules, the edge's disk, the line
     * @param toReader of it from there until the stream told of it: decision, the hub's disk, the feed
     */
    record Way(double whole, double toEdge, double toHub, double toReader) {}

    /** Listens to the hub's stream, and has every sensor say that there is no smoke. */
    SensorDelay(int hub, int mqtt, int sensors) throws IOException, InterruptedException, MqttException {
        listener = Thread.ofPlatform().daemon().start(() -> listen(hub));
        client = new MqttAsyncClient("tcp://127.0.0.1:" + mqtt, "bench", new MemoryPersistence());
        if (!hello.await(10, TimeUnit.SECONDS)) {
            close();
            throw new IOException("the hub's stream does not greet");
        }
        client.connect().waitForCompletion(PATIENCE_MILLIS);
        calm(sensors);
    }

    /**
     * The next sensors alarm.
     *
     * @return the ways of their alarms, in the order of publishing; a ticket that did not come within 30 s is missing
     */
    List<Way> alarm(Stretch stretch) throws InterruptedException, MqttException {
        int from = next;
        next += stretch.sensors();
        long begun = System.nanoTime();
        for (int i = 0; i < stretch.sensors(); i++) {
            await(begun + i * TimeUnit.SECONDS.toNanos(1) / stretch.perSecond());
            published.put(from + i, Instant.now());
            sent.put(from + i, System.nanoTime());
            client.publish("bench/smoke/" + (from + i), bytes("{\"smoke\":true}"), QOS, false);
        }
        awaitAll(next);
        return ways(from, next);
    }

    /** So often the sensors that alarmed say that there is no smoke, and then that there is, at this pace. */
    void again(int rounds, int perSecond) throws MqttException {
        long begun = System.nanoTime();
        for (int i = 0; i < 2 * rounds * next; i++) {
            await(begun + i * TimeUnit.SECONDS.toNanos(1) / perSecond);
            boolean isSmoke = i / next % 2 == 1;
            client.publish("bench/smoke/" + i % next, bytes("{\"smoke\":" + isSmoke + "}"), QOS, false);
        }
    }

    private void calm(int sensors) throws MqttException {
        for (int i = 0; i < sensors; i++) {
            var told = client.publish("bench/smoke/" + i, bytes("{\"smoke\":false}"), QOS, false);
            if (i % AT_ONCE == 0) {
                told.waitForCompletion(PATIENCE_MILLIS);
            }
        }
    }

    private List<Way> ways(int from, int to) {
        List<Way> ways = new ArrayList<>();
        for (int i = from; i < to; i++) {
            Seen at = seen.get(i);
            Long before = sent.get(i);
            Instant wall = published.get(i);
            if (at != null && before != null && wall != null) {
                ways.add(new Way(
                        (at.nanos() - before) / 1e6,
                        millis(wall, at.occurred()),
                        millis(at.occurred(), at.opened()),
                        millis(at.opened(), at.wall())));
            }
        }
        return ways;
    }

    private static double millis(Instant from, Instant to) {
        return TimeUnit.SECONDS.toMillis(to.getEpochSecond() - from.getEpochSecond())
                + (to.getNano() - from.getNano()) / 1e6;
    }

    private static void await(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void awaitAll(int count) throws InterruptedException {
        long begun = System.nanoTime();
        while (seen.size() < count && System.nanoTime() - begun < TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS)) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private void listen(int hub) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hub + "/api/v1/stream"))
                .build();
        try (Stream<String> lines =
                web.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
            String[] event = {""};
            lines.forEach(line -> {
                if (line.startsWith("event:")) {
                    event[0] = line.substring(6).trim();
                } else if (line.startsWith("data:")) {
                    heard(event[0], line.substring(5));
                }
            });
        } catch (IOException | java.io.UncheckedIOException e) {
            // the run has ended and shut the client down
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void heard(String event, String data) {
        if (event.equals("hello")) {
            hello.countDown();
        } else if (event.equals("ticket")) {
            long nanos = System.nanoTime();
            Instant wall = Instant.now();
            try {
                JsonNode ticket = JSON.readTree(data);
                String sensor = ticket.path("source").path("id").asText();
                if (sensor.startsWith("smoke-")) {
                    seen.putIfAbsent(
                            Integer.parseInt(sensor.substring("smoke-".length())),
                            new Seen(nanos, wall, time(ticket, "occurredAt"), time(ticket, "openedAt")));
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private static Instant time(JsonNode ticket, String field) {
        return java.time.OffsetDateTime.parse(ticket.path(field).asText()).toInstant();
    }

    @Override
    public void close() {
        // HttpClient.close() would wait for the stream, which never ends by itself.
        web.shutdownNow();
        try {
            listener.join();
            if (client.isConnected()) {
                client.disconnect().waitForCompletion(PATIENCE_MILLIS);
            }
            client.close();
        } catch (MqttException e) {
            System.err.println("the load's connection did not end well: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
