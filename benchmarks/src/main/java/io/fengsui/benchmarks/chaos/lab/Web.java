package io.fengsui.benchmarks.chaos.lab;

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

/** What a program of the town shows over HTTP. Thread-safe. */
public final class Web implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final URI base;

    public Web(int port) {
        this.base = URI.create("http://127.0.0.1:" + port + "/");
    }

    public String text(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(path + " answered " + response.statusCode());
        }
        return response.body();
    }

    public boolean isReady() throws InterruptedException {
        try {
            text("readyz");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public List<JsonNode> items(String path) throws IOException, InterruptedException {
        List<JsonNode> items = new ArrayList<>();
        JSON.readTree(text(path)).path("items").forEach(items::add);
        return items;
    }

    /** Of a hub: how far the events of a kind have come, the newest first: {@code begun}, {@code ended}. */
    public List<String> phases(String kind) throws IOException, InterruptedException {
        return items("api/v1/events?kind=" + kind).stream()
                .map(event -> event.path("phase").asText())
                .toList();
    }

    /** The sum of a metric over the lines that hold these labels; 0 where there is none. */
    public double metric(String name, String... labels) throws IOException, InterruptedException {
        return text("metrics")
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> List.of(labels).stream().allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
