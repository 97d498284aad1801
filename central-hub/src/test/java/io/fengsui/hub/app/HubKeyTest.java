package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A request with an {@code Idempotency-Key} that comes again after the hub was killed is not done again. */
class HubKeyTest extends TownTest {
    private HttpResponse<String> post(String path, String key, String body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + town.hub.port() + path))
                            .header("content-type", "application/json")
                            .header("idempotency-key", key)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void theAnswerOutlivesTheHubForADay() throws Exception {
        String silence = "{\"kinds\": [\"fire.*\"], \"until\": \"%s\", \"comment\": \"演练\"}"
                .formatted(town.time.wall().plus(Duration.ofDays(3)));
        HttpResponse<String> first = post("/api/v1/silences", "k-1", silence);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);

        town.killAndStart();
        HttpResponse<String> again = post("/api/v1/silences", "k-1", silence);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("idempotency-replayed")).hasValue("true");
        assertThat(again.headers().firstValue("content-type"))
                .isEqualTo(first.headers().firstValue("content-type"));
        assertThat(town.count("SELECT COUNT(*) FROM silence")).isEqualTo(1);
        assertThat(post("/api/v1/silences", "k-1", silence + " ").statusCode()).isEqualTo(422);

        town.time.advance(Duration.ofHours(25));
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            town.hub.tick();
            return town.count("SELECT COUNT(*) FROM kept_answer") == 0;
        });
    }

    @Test
    void nothingOfAPasswordIsKeptOnDisk() throws Exception {
        String li = "{\"name\": \"li\", \"role\": \"viewer\", \"password\": \"晋城-beacon-17\"}";
        assertThat(post("/api/v1/users", "k-2", li).statusCode()).isEqualTo(201);
        assertThat(post("/api/v1/users", "k-2", li).headers().firstValue("idempotency-replayed"))
                .hasValue("true");
        assertThat(town.count("SELECT COUNT(*) FROM kept_answer")).isZero();
    }
}
