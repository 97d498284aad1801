package io.fengsui.hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of requests that nobody reads to their end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnreadBodyTest {
    private TestHub hub;

    @BeforeAll
    void fill(@TempDir Path folder) throws Exception {
        hub = TestHub.open(folder);
        hub.write(town -> {
            Instant opened = Instant.parse("2026-11-21T08:00:00Z");
            town.fleet(opened);
            town.ticket(1, SampleScenes.ALL.getFirst(), SampleTown.state(0), opened);
        });
    }

    @AfterAll
    void close() {
        hub.close();
    }

    @Test
    void refusesABodyThatIsTooLargeAndANoteThatIsTooLong() throws Exception {
        String path = "/api/v1/tickets/20261121-0001/commands";
        String note = "{\"command\":\"accept\",\"note\":\"" + "很".repeat(1_001) + "\"}";
        assertThat(hub.post(path, note, "content-type", "application/json", "if-match", "\"1\"")
                        .statusCode())
                .isEqualTo(400);
        for (int i = 0; i < 200; i++) {
            assertThat(hub.post(
                                    path,
                                    " ".repeat(17_000 + 500 * i),
                                    "content-type",
                                    "application/json",
                                    "if-match",
                                    "\"1\"")
                            .statusCode())
                    .as("answered, and not a reset stream, %s", i)
                    .isEqualTo(413);
        }
    }

    /** Who streams a body does not say how long it will be. */
    @ParameterizedTest
    @CsvSource({"20000, 413", "100, 400"})
    void countsABodyThatDoesNotSayItsLength(int bytes, int status) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(hub.uri("/api/v1/tickets/20261121-0001/commands"))
                .headers("content-type", "application/json", "if-match", "\"1\"")
                .version(HttpClient.Version.HTTP_1_1)
                .POST(HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofString(" ".repeat(bytes))))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(status);
        }
    }

    @Test
    void aMethodThatAPathDoesNotHaveIsAProblemToo() throws Exception {
        for (int i = 0; i < 300; i++) {
            hub.post("/api/v1/tickets", "{}");
        }
        HttpResponse<String> answer = hub.post("/api/v1/tickets", "{}");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json; charset=utf-8");
    }
}
