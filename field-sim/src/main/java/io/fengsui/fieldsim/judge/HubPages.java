package io.fengsui.fieldsim.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads the hub's REST pages and the metrics of a program. Confined to its owner's thread. */
public final class HubPages implements AutoCloseable {
    private static final int MAX_PAGES = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI hub;

    public HubPages(URI hub) {
        this.hub = hub;
    }

    public List<TicketSeen> tickets() throws IOException, InterruptedException {
        List<TicketSeen> tickets = new ArrayList<>();
        for (JsonNode item : items("/api/v1/tickets")) {
            tickets.add(ticket(item));
        }
        return tickets;
    }

    public long events() throws IOException, InterruptedException {
        return items("/api/v1/events").size();
    }

    private static TicketSeen ticket(JsonNode item) throws IOException {
        try {
            return new TicketSeen(
                    item.path("id").asText(),
                    item.path("kind").asText(),
                    item.path("source").path("id").asText(),
                    Instant.parse(item.path("openedAt").asText()));
        } catch (DateTimeParseException e) {
            throw new IOException(
                    "the hub sent a ticket without openedAt: " + item.path("id").asText(), e);
        }
    }

    private List<JsonNode> items(String path) throws IOException, InterruptedException {
        List<JsonNode> items = new ArrayList<>();
        Consumer<JsonNode> take = items::add;
        String cursor = "";
        for (int page = 0; page < MAX_PAGES; page++) {
            JsonNode read = JSON.readTree(get(hub.resolve(path + "?limit=200" + cursor)));
            read.path("items").forEach(take);
            JsonNode next = read.path("next");
            if (!next.isTextual() || next.asText().isEmpty()) {
                return items;
            }
            cursor = "&cursor=" + URLEncoder.encode(next.asText(), StandardCharsets.UTF_8);
        }
        throw new IOException(path + " has more than " + MAX_PAGES + " pages");
    }

    /** The text of a page; the status must be 200. */
    public String get(URI page) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(page).timeout(PATIENCE).build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(page + " answered " + response.statusCode());
        }
        return response.body();
    }

    @Override
    public void close() {
        client.close();
    }
}
