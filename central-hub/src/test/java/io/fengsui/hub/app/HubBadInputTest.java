package io.fengsui.hub.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no request is refused with a clear word, and the next request is served. */
class HubBadInputTest {
    private TestTown town;

    @BeforeEach
    void start(@TempDir Path data) {
        town = new TestTown(data);
    }

    @AfterEach
    void stop() {
        town.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void jsonThatIsTooDeepIsNoJson(String opens) throws Exception {
        for (String path : List.of("/api/v1/reports", "/api/v1/alertmanager", "/api/v1/silences")) {
            HttpResponse<String> answer = post(path, opens.repeat(16_000 / opens.length()));
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("urn:fengsui:problem:bad-body").doesNotContain("Exception");
        }
        everybodyElseIsServed();
    }

    /** Which of both lengths holds is what a proxy and the hub could disagree on. */
    @Test
    void aBodyWithTwoLengthsCarriesNoSecondRequest() throws Exception {
        String hidden = "GET /api/v1/tickets HTTP/1.1\r\nhost: x\r\n\r\n";
        String body = "0\r\n\r\n" + hidden;
        List<String> lines = ask("POST /api/v1/reports HTTP/1.1\r\nhost: 127.0.0.1:" + town.hub.port()
                + "\r\ncontent-type: application/json\r\ncontent-length: " + body.length()
                + "\r\ntransfer-encoding: chunked\r\n\r\n" + body);
        assertThat(lines).filteredOn(line -> line.startsWith("HTTP/1.1 ")).hasSizeLessThanOrEqualTo(1);
        assertThat(lines).filteredOn(line -> line.startsWith("HTTP/1.1 2")).isEmpty();
        everybodyElseIsServed();
    }

    /** There is no WebSocket, so a foreign page cannot open one. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/stream", "/", "/api/v1/tickets"})
    void aWebSocketOfAForeignPageIsNotOpened(String path) throws Exception {
        List<String> lines = ask("GET " + path + " HTTP/1.1\r\nhost: 127.0.0.1:" + town.hub.port()
                + "\r\norigin: http://evil.example\r\nconnection: upgrade, close\r\nupgrade: websocket"
                + "\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        assertThat(lines.getFirst()).startsWith("HTTP/1.1 ").doesNotContain(" 101 ");
        assertThat(lines).noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("access-control-"));
        everybodyElseIsServed();
    }

    /** Each begins a request whose body never comes. */
    @Test
    void streamsWithoutNumberAreRefusedAndOthersAreServed() throws Exception {
        try (Http2Frames client = new Http2Frames(town.hub.port(), new byte[0])) {
            for (int i = 0; i < 1_500; i++) {
                assertThat(client.begin(2 * i + 1, "/api/v1/reports")).isTrue();
            }
            assertThat(client.resets(1_500)).isGreaterThanOrEqualTo(1_000);
            everybodyElseIsServed();
        }
    }

    /** CVE-2026-50560 and -47244: a client that says it takes no headers at all. */
    @Test
    void aClientThatTakesNoHeadersHurtsNobodyElse() throws Exception {
        byte[] maxHeaderListSize = {0, 6, 0, 0, 0, 1};
        try (Http2Frames client = new Http2Frames(town.hub.port(), maxHeaderListSize)) {
            client.get(1, "/api/v1/tickets");
            assertThat(client.next()).isIn(Http2Frames.HEADERS, Http2Frames.RST_STREAM, Http2Frames.GO_AWAY);
            for (int stream = 3; stream < 2_000; stream += 2) {
                client.get(stream, "/api/v1/tickets");
            }
            everybodyElseIsServed();
        }
    }

    @Test
    void whatASpreadsheetWouldRunIsText() throws Exception {
        String command = "=cmd|' /C calc'!A1";
        Place place = new Place(new Name(command, "@SUM(1)"), "g1", new Place.Position(112.8, 35.5));
        try (Timeline day = new Timeline(town, "2026-11-23")) {
            day.at("09:00")
                    .event("fire.smoke", "smoke", Source.camera("+cam", "-1+1"), place)
                    .until("09:01");
            HttpResponse<String> csv = get("/api/v1/export/tickets.csv");
            assertThat(csv.statusCode()).isEqualTo(200);
            String row = csv.body().lines().skip(1).findFirst().orElseThrow();
            assertThat(row).contains("cmd|").doesNotContainPattern("(^|,)\"[=+@-]");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sort=;drop%20table%20ticket", "sort=-openedAt;drop", "limit=1e9", "limit=99999999999999999999",
                "state=reported%27%20OR%20%271%27=%271", "unit=%27;--", "kind=%E2%80%AE", "cursor=%27%20OR%201=1"
            })
    void parametersThatAreNoneAreNamed(String query) throws Exception {
        HttpResponse<String> answer = get("/api/v1/tickets?" + query);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("urn:fengsui:problem:bad-");
        assertThat(town.count("SELECT COUNT(*) FROM ticket")).isZero();
    }

    private void everybodyElseIsServed() throws Exception {
        assertThat(get("/api/v1/tickets").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(uri(path))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + town.hub.port() + path);
    }

    /** All lines of what comes back on a connection of its own. */
    private List<String> ask(String bytes) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), town.hub.port())) {
            socket.setSoTimeout(2_000);
            socket.getOutputStream().write(bytes.getBytes(US_ASCII));
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
            }
        } catch (SocketException | SocketTimeoutException e) {
            // Nothing more comes.
        }
        return lines;
    }
}
