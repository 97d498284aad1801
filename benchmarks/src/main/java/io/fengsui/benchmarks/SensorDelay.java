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
import java.util.stream.Stream;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/** From a smoke detector's publish to its ticket in the hub's event stream, one sensor a ticket. */
final class SensorDelay {
    /** Sensors of one measure. */
    static final int COUNTED = 240;

    /** The first as many are told apart, since they find programs that have just been started; then as many again. */
    static final int SENSORS = 2 * COUNTED;

    private static final long GAP_MILLIS = 100;
    private static final int QOS = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Long> seen = new ConcurrentHashMap<>();
    private final CountDownLatch hello = new CountDownLatch(1);

    /** Waiting times in milliseconds, in the order of publishing; a ticket that did not come within 30 s is missing. */
    record Delays(List<Double> first, List<Double> later) {}

    Delays run(int hub, int mqtt) throws IOException, InterruptedException, MqttException {
        try (HttpClient web = HttpClient.newHttpClient()) {
            Thread listener = Thread.ofPlatform().daemon().start(() -> listen(web, hub));
            if (!hello.await(10, TimeUnit.SECONDS)) {
                throw new IOException("the hub's stream does not greet");
            }
            Map<String, Long> sent = publish(mqtt);
            awaitAll(sent.size());
            web.shutdownNow();
            listener.join();
            return new Delays(millis(sent, 0), millis(sent, COUNTED));
        }
    }

    private List<Double> millis(Map<String, Long> sent, int from) {
        List<Double> millis = new ArrayList<>();
        for (int i = from; i < from + COUNTED; i++) {
            Long at = seen.get("smoke-" + i);
            Long published = sent.get("smoke-" + i);
            if (at != null && published != null) {
                millis.add((at - published) / 1e6);
            }
        }
        return millis;
    }

    private static Map<String, Long> publish(int mqtt) throws MqttException, InterruptedException {
        MqttAsyncClient client = new MqttAsyncClient("tcp://127.0.0.1:" + mqtt, "bench", new MemoryPersistence());
        client.connect().waitForCompletion();
        Map<String, Long> sent = new ConcurrentHashMap<>();
        for (int i = 0; i < SENSORS; i++) {
            client.publish("bench/smoke/" + i, bytes("{\"smoke\":false}"), QOS, false)
                    .waitForCompletion();
        }
        for (int i = 0; i < SENSORS; i++) {
            sent.put("smoke-" + i, System.nanoTime());
            client.publish("bench/smoke/" + i, bytes("{\"smoke\":true}"), QOS, false);
            TimeUnit.MILLISECONDS.sleep(GAP_MILLIS);
        }
        client.disconnect().waitForCompletion();
        client.close();
        return sent;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void awaitAll(int count) throws InterruptedException {
        for (int waited = 0; seen.size() < count && waited < 300; waited++) {
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
