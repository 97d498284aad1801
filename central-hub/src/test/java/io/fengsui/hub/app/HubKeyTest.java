package io.fengsui.hub.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.hub.access.answer.AnswerSettings;
import io.fengsui.hub.access.answer.KeptAnswer;
import io.fengsui.hub.shard.input.AccessTask;
import io.fengsui.hub.store.access.AccessQueries;
import io.fengsui.protocol.value.Sha256;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
    void theJournalSaysWhoseKeyItWasAndNotWhatWasAnswered() throws Exception {
        String silence = "{\"kinds\": [\"fire.*\"], \"until\": \"%s\", \"comment\": \"演练\"}"
                .formatted(town.time.wall().plus(Duration.ofDays(3)));
        assertThat(post("/api/v1/silences", "k-3", silence).statusCode()).isEqualTo(201);

        byte[] entry = town.one(byte[].class, "SELECT body FROM journal WHERE kind = 'answer-kept'");
        assertThat(new String(entry, UTF_8))
                .contains("\"key\":\"k-3\"", "\"status\":\"201\"", "\"owner\"", "\"request\"")
                .doesNotContain("body")
                .doesNotContain("header")
                .doesNotContain("演练");
        assertThat(town.one(String.class, "SELECT body FROM kept_answer WHERE idempotency_key = 'k-3'"))
                .contains("演练");
    }

    /** 32 MiB are kept; what an earlier life left beyond that is neither read nor left lying. */
    @Test
    void ofTooManyBytesTheNewestStay() {
        int of = 32 << 10;
        int fit = (int) AnswerSettings.DEFAULT.mostBytes() / of;
        List<CompletableFuture<Boolean>> taken = new ArrayList<>();
        for (int i = 0; i < fit + 50; i++) {
            KeptAnswer answer = new KeptAnswer(
                    new KeptAnswer.Claim("li", "k-" + i),
                    Sha256.NONE,
                    new KeptAnswer.Said(200, Map.of("etag", "\"1\""), "燧".repeat(of / 3) + "xx"),
                    town.time.wall().plus(Duration.ofHours(24)).plusSeconds(i));
            taken.add(town.hub.shard().ring().take(new AccessTask.AnswerKept(answer.texts(), answer.words())));
        }
        assertThat(taken).allSatisfy(one -> assertThat(one.join()).isTrue());

        AccessQueries queries = new AccessQueries(town.hub.database().reader());
        assertThat(queries.answers(town.time.wall(), new AnswerSettings(9_000, 3L * of + 1, Duration.ofHours(24))))
                .extracting(one -> one.claim().key())
                .containsExactly("k-" + (fit + 47), "k-" + (fit + 48), "k-" + (fit + 49));
        assertThat(queries.answers(town.time.wall(), new AnswerSettings(2, 3L * of, Duration.ofHours(24))))
                .extracting(one -> one.claim().key())
                .containsExactly("k-" + (fit + 48), "k-" + (fit + 49));
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            town.time.advance(Duration.ofSeconds(1));
            town.hub.tick();
            return town.count("SELECT COUNT(*) FROM kept_answer") == fit;
        });
        assertThat(town.count("SELECT COUNT(*) FROM kept_answer WHERE idempotency_key IN ('k-0', 'k-49')"))
                .isZero();
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
