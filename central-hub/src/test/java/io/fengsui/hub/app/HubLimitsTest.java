package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.hub.access.RateSettings;
import io.fengsui.hub.access.SessionSettings;
import io.fengsui.hub.access.answer.AnswerSettings;
import io.fengsui.hub.config.HubSettings;
import io.fengsui.settings.Secret;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits that are configured are those of the running hub; its clock stands still unless it is moved. */
class HubLimitsTest {
    private static final String TOKEN = "console-token-of-16-or-more";
    private static final String[] BEARER = {"authorization", "Bearer " + TOKEN};

    private final HttpClient client = HttpClient.newHttpClient();
    private TestTown town;

    @BeforeEach
    void start(@TempDir Path data) {
        HubSettings plain = TestTown.settings(data);
        HubSettings.Limits limits = new HubSettings.Limits(
                new RateSettings(20, 1),
                new SessionSettings(Duration.ofMinutes(20), Duration.ofMinutes(50)),
                new AnswerSettings(2, 1 << 20, Duration.ofMinutes(30)),
                1);
        town = new TestTown(new HubSettings(
                plain.listen(),
                plain.storage(),
                plain.zone(),
                plain.edges(),
                new HubSettings.Access(Secret.of(TOKEN), false, limits),
                plain.tickets(),
                plain.grids(),
                plain.silence(),
                plain.drain()));
    }

    @AfterEach
    void stop() {
        client.close();
        town.close();
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + town.hub.port() + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private int get(String path, String... headers) throws Exception {
        return client.send(request(path, headers).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private HttpResponse<String> post(String path, String type, String body, String... headers) throws Exception {
        return client.send(
                request(path, headers)
                        .header("content-type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void twentyAtOnceAndOneASecond() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(get("/icon.svg")).isEqualTo(200);
        }
        assertThat(get("/icon.svg")).isEqualTo(429);
        town.time.advance(Duration.ofSeconds(1));
        assertThat(get("/icon.svg")).isEqualTo(200);
        assertThat(get("/icon.svg")).isEqualTo(429);
    }

    @Test
    void aSessionEndsAfterTwentyIdleMinutesAndAfterFifty() throws Exception {
        String li = "{\"name\": \"li\", \"role\": \"viewer\", \"password\": \"晋城-beacon-17\"}";
        assertThat(post("/api/v1/users", "application/json", li, BEARER).statusCode())
                .isEqualTo(201);
        String idle = signIn();
        town.time.advance(Duration.ofMinutes(19));
        assertThat(get("/api/v1/me", "cookie", idle)).isEqualTo(200);
        town.time.advance(Duration.ofMinutes(21));
        assertThat(get("/api/v1/me", "cookie", idle)).isEqualTo(401);

        String busy = signIn();
        for (int i = 0; i < 4; i++) {
            town.time.advance(Duration.ofMinutes(12));
            assertThat(get("/api/v1/me", "cookie", busy)).isEqualTo(200);
        }
        town.time.advance(Duration.ofMinutes(3));
        assertThat(get("/api/v1/me", "cookie", busy)).isEqualTo(401);
        town.killAndStart();
        assertThat(get("/api/v1/me", "cookie", busy)).isEqualTo(401);
    }

    private String signIn() throws Exception {
        HttpResponse<String> answer =
                post("/login", "application/x-www-form-urlencoded", "user=li&password=晋城-beacon-17");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("set-cookie").orElseThrow().split(";")[0];
    }

    @Test
    void twoAnswersAreKeptForHalfAnHour() throws Exception {
        assertThat(isKnown("k-1", 1)).isFalse();
        assertThat(isKnown("k-2", 2)).isFalse();
        assertThat(isKnown("k-3", 3)).isFalse();
        assertThat(isKnown("k-3", 3)).isTrue();
        assertThat(isKnown("k-2", 2)).isTrue();
        town.killAndStart();
        assertThat(isKnown("k-2", 2)).isTrue();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            town.time.advance(Duration.ofSeconds(1));
            town.hub.tick();
            return town.count("SELECT COUNT(*) FROM kept_answer") == 2;
        });
        town.time.advance(Duration.ofMinutes(31));
        assertThat(isKnown("k-2", 2)).isFalse();
    }

    private boolean isKnown(String key, int number) throws Exception {
        String silence = "{\"kinds\": [\"fire.*\"], \"until\": \"%s\", \"comment\": \"%d\"}"
                .formatted(TestTown.START.plus(Duration.ofDays(3)), number);
        HttpResponse<String> answer =
                post("/api/v1/silences", "application/json", silence, BEARER[0], BEARER[1], "idempotency-key", key);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return answer.headers().firstValue("idempotency-replayed").isPresent();
    }

    @Test
    void oneLivePageIsOpen() throws Exception {
        HttpResponse<InputStream> first =
                client.send(request("/api/v1/stream", BEARER).build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream stream = first.body()) {
            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(stream.read()).isPositive();
            assertThat(get("/api/v1/stream", BEARER)).isEqualTo(503);
        }
    }
}
