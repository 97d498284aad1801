package io.fengsui.hub.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.value.Sha256;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures that are something else: the hub opens none, and hands them on so that no browser runs them. */
class HostilePictureTest {
    private static final String KNOWN = "0193aaaa-0000-7000-8000-000000000001";
    /** The beginning of a JPEG with a comment (FF FE), as an HTML page may have it too. */
    private static final String JPEG = "ffd8fffe0200";

    @TempDir
    Path folder;

    private static byte[] picture(String what) {
        byte[] page = "<html><script>fetch('/api/v1/users')</script></html>".getBytes(UTF_8);
        return switch (what) {
            case "page" -> page;
            case "polyglot" ->
                ByteBuffer.allocate(page.length + 6)
                        .put(HexFormat.of().parseHex(JPEG))
                        .put(page)
                        .array();
            case "svg" -> "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>".getBytes(UTF_8);
            // 30,000 x 30,000 points, none of which follow
            case "bomb" ->
                ByteBuffer.allocate(33)
                        .putLong(0x89504E470D0A1A0AL)
                        .putInt(13)
                        .putInt(0x49484452)
                        .putInt(30_000)
                        .putInt(30_000)
                        .putInt(0x08060000)
                        .array();
            case String other -> throw new AssertionError(other);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "page, image/jpeg, image/jpeg, inline",
        "polyglot, image/jpeg, image/jpeg, inline",
        "bomb, image/jpeg, image/jpeg, inline",
        "bomb, image/png, image/png, attachment",
        "svg, image/svg+xml, application/octet-stream, attachment",
        "page, text/html, application/octet-stream, attachment",
        "polyglot, image/jpeg; x=<script>, application/octet-stream, attachment",
    })
    void isHandedOnAsItIsAndRunsNowhere(String what, String told, String type, String disposition) throws Exception {
        byte[] bytes = picture(what);
        try (TestHub hub = TestHub.open(folder)) {
            String hash = Sha256.hashOf(bytes).hex();
            Files.write(hub.evidence.resolve(hash), bytes);
            hub.write(town -> {
                town.ticket(1, SampleScenes.ALL.get(0), "reported", Instant.parse("2026-11-21T08:00:00Z"));
                hub.database
                        .writer()
                        .handle()
                        .execute(
                                "INSERT INTO evidence SELECT 'odd', event_id, ticket_id, edge, ?, state, ?, ?, taken_at,"
                                        + " received_at, '' FROM evidence WHERE evidence_id = ?",
                                told,
                                hash,
                                bytes.length,
                                KNOWN);
            });
            HttpResponse<byte[]> answer = get(hub);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(bytes);
            assertThat(answer.headers().firstValue("content-type")).hasValue(type);
            assertThat(answer.headers().firstValue("content-disposition")).hasValue(disposition);
            assertThat(answer.headers().firstValue("x-content-type-options")).hasValue("nosniff");
            assertThat(answer.headers().firstValue("content-security-policy")).hasValue("default-src 'none'; sandbox");
        }
    }

    private static HttpResponse<byte[]> get(TestHub hub) throws Exception {
        URI uri = hub.uri("/api/v1/evidence/odd");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
        }
    }
}
