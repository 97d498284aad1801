package io.fengsui.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
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

/** From a smoke detector's publish to its ticket in the hub's event stream, one sensor a ticket. */
final class SensorDelay {
    private static final long PATIENCE_MILLIS = 30_000;
    private static final int QOS = 1;
    /** Messages on their way before the counted ones; a broker takes a few only. */
    private static final int AT_ONCE = 8;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Long> seen = new ConcurrentHashMap<>();
    private final CountDownLatch hello = new CountDownLatch(1);

    /** So many sensors alarm at this pace, each once. */
    record Stretch(int sensors, int perSecond) {}

    /**
     * The sensors {@code smoke-0} and on, stretch after stretch.
     *
     * @return waiting times of each stretch in milliseconds, in the order of publishing; a ticket that did not come within 30 s is
     *     missing
     */
    List<List<Double>> run(int hub, int mqtt, List<Stretch> stretches)
            throws IOException, InterruptedException, MqttException {
        // Not in a try of its own: close() waits for the stream, which never ends by itself.
        HttpClient web = HttpClient.newHttpClient();
        try {
            Thread listener = Thread.ofPlatform().daemon().start(() -> listen(web, hub));
            if (!hello.await(10, TimeUnit.SECONDS)) {
                throw new IOException("the hub's stream does not greet");
            }
            Map<String, Long> sent = publish(mqtt, stretches);
            awaitAll(sent.size());
            web.shutdownNow();
            listener.join();
            List<List<Double>> delays = new ArrayList<>();
            int from = 0;
            for (Stretch stretch : stretches) {
                delays.add(millis(sent, from, from + stretch.sensors()));
                from += stretch.sensors();
            }
            return delays;
        } finally {
            web.shutdownNow();
        }
    }

    private List<Double> millis(Map<String, Long> sent, int from, int to) {
        List<Double> millis = new ArrayList<>();
        for (int i = from; i < to; i++) {
            Long at = seen.get("smoke-" + i);
            Long published = sent.get("smoke-" + i);
            if (at != null && published != null) {
                millis.add((at - published) / 1e6);
            }
        }
        return millis;
    }

    private static Map<String, Long> publish(int mqtt, List<Stretch> stretches) throws MqttException {
        MqttAsyncClient client = new MqttAsyncClient("tcp://127.0.0.1:" + mqtt, "bench", new MemoryPersistence());
        client.connect().waitForCompletion(PATIENCE_MILLIS);
        Map<String, Long> sent = new ConcurrentHashMap<>();
        int sensors = stretches.stream().mapToInt(Stretch::sensors).sum();
        for (int i = 0; i < sensors; i++) {
            var sentOne = client.publish("bench/smoke/" + i, bytes("{\"smoke\":false}"), QOS, false);
            if (i % AT_ONCE == 0) {
                sentOne.waitForCompletion(PATIENCE_MILLIS);
            }
        }
        int sensor = 0;
        for (Stretch stretch : stretches) {
            long begun = System.nanoTime();
            for (int i = 0; i < stretch.sensors(); i++) {
                await(begun + i * TimeUnit.SECONDS.toNanos(1) / stretch.perSecond());
                sent.put("smoke-" + sensor, System.nanoTime());
                client.publish("bench/smoke/" + sensor, bytes("{\"smoke\":true}"), QOS, false);
                sensor++;
            }
        }
        client.disconnect().waitForCompletion(PATIENCE_MILLIS);
        client.close();
        return sent;
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

    private void listen(HttpClient web, int hub) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hub + "/api/v1/stream"))
                .build();
        try (Stream<String> lines =
                web.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
            String[] event = {""};
            lines.forEach(line -> {
                if (line.startsWith("event:")) {
                    event[0] = line.substring(6).trim();
                } else if (line.startsWith("data:")) {
                    heard(event[0], line.substring(5), System.nanoTime());
                }
            });
        } catch (IOException | java.io.UncheckedIOException e) {
            // the run has ended and shut the client down
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void heard(String event, String data, long now) {
        if (event.equals("hello")) {
            hello.countDown();
        } else if (event.equals("ticket")) {
            try {
                JsonNode ticket = JSON.readTree(data);
                seen.putIfAbsent(ticket.path("source").path("id").asText(), now);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
