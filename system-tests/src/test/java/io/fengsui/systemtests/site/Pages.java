package io.fengsui.systemtests.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** What a program shows over HTTP, on loopback. Thread-safe. */
public final class Pages implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** A change may wait for an edge's look. */
    private static final Duration CHANGE = Duration.ofSeconds(30);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI base;
    private final @Nullable String token;

    public Pages(int port, @Nullable String token) {
        this.base = URI.create("http://127.0.0.1:" + port + "/");
        this.token = token;
    }

    public static JsonNode json(String text) throws IOException {
        return JSON.readTree(text);
    }

    public HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return client.send(request(path, token).build(), BodyHandlers.ofByteArray());
    }

    /** Sends JSON, as a change of what has this version. */
    public HttpResponse<String> post(String path, String body, String ifMatch)
            throws IOException, InterruptedException {
        HttpRequest request = request(path, token)
                .header("Content-Type", "application/json")
                .header("If-Match", ifMatch)
                .timeout(CHANGE)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    /** With this token instead of the right one; none where it is null. */
    public HttpResponse<String> getWith(@Nullable String other, String path) throws IOException, InterruptedException {
        return client.send(request(path, other).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, @Nullable String shown) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
        return shown == null ? builder : builder.header("Authorization", "Bearer " + shown);
    }

    public String text(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = getWith(token, path);
        if (response.statusCode() != 200) {
            throw new IOException(path + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    public boolean isReady() throws InterruptedException {
        try {
            return getWith(token, "/readyz").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** The tickets of this kind; of all kinds where it is empty. One page is as many as a test makes. */
    public List<JsonNode> tickets(String kind) throws IOException, InterruptedException {
        return items("/api/v1/tickets?limit=200" + (kind.isEmpty() ? "" : "&kind=" + kind));
    }

    public List<JsonNode> items(String path) throws IOException, InterruptedException {
        List<JsonNode> items = new ArrayList<>();
        json(text(path)).path("items").forEach(items::add);
        return items;
    }

    /** The sum of a metric over the lines that hold these labels; 0 where there is none. */
    public double metric(String name, String... labels) throws IOException, InterruptedException {
        return text("/metrics")
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> List.of(labels).stream().allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Follows the change stream until it is closed. */
    public Changes changes() {
        Changes changes = new Changes();
        CompletableFuture<?> reading = client.sendAsync(
                HttpRequest.newBuilder(base.resolve("/api/v1/stream"))
                        .header("Authorization", "Bearer " + Objects.requireNonNullElse(token, "none"))
                        .build(),
                BodyHandlers.fromLineSubscriber(changes));
        changes.reading = reading;
        return changes;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** The lines of a change stream. Thread-safe. */
    public static final class Changes implements Flow.Subscriber<String>, AutoCloseable {
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();
        private volatile @Nullable CompletableFuture<?> reading;

        /** The data of all changes of this name, oldest first. */
        public List<JsonNode> of(String name) throws IOException {
            List<JsonNode> found = new ArrayList<>();
            String event = "";
            for (String line : lines) {
                if (line.startsWith("event: ")) {
                    event = line.substring(7);
                } else if (line.startsWith("data: ") && event.equals(name)) {
                    found.add(json(line.substring(6)));
                }
            }
            return found;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            lines.add(line);
        }

        @Override
        public void onError(Throwable problem) {
            lines.add(": " + problem);
        }

        @Override
        public void onComplete() {
            lines.add(": complete");
        }

        @Override
        public void close() {
            CompletableFuture<?> open = reading;
            if (open != null) {
                open.cancel(true);
            }
        }
    }
}
