package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people and Alertmanager tell becomes events and tickets like any other. */
class HubReportTest {
    private static final String ALERT = """
            {"version": "4", "status": "%1$s", "alerts": [{"status": "%1$s", "fingerprint": "f1",
             "labels": {"alertname": "PumpDown", "kind": "water.pump.down", "severity": "critical", "instance": "3号泵房"},
             "annotations": {"summary": "泵停了"}, "startsAt": "2026-11-21T09:58:00+08:00"}]}""";

    @TempDir
    Path data;

    /** What another database's test has otherwise. */
    TestTown town(Path folder) {
        return new TestTown(folder);
    }

    @Test
    void makesOneTicketOfAReportThatIsSentTwice() throws Exception {
        try (TestTown town = town(data)) {
            String body = """
                    {"kind": "fire.smoke", "text": "楼道冒烟", "reporter": "张三", "grid": "140502-001",
                     "place": {"zh": "3号楼", "en": "building 3"}, "longitude": 112.8, "latitude": 35.5}""";
            HttpResponse<String> first = post(town, "/api/v1/reports", body, "k-1");
            HttpResponse<String> again = post(town, "/api/v1/reports", body, "k-1");
            assertThat(first.statusCode()).isEqualTo(202);
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(town.count("SELECT COUNT(*) FROM event WHERE source_type = 'person'"))
                    .isEqualTo(1);
            assertThat(town.one(String.class, "SELECT title_zh FROM ticket")).contains("3号楼");
            assertThat(town.one(String.class, "SELECT grid FROM ticket")).isEqualTo("140502-001");
            post(town, "/api/v1/reports", body, "k-2");
            assertThat(town.count("SELECT COUNT(*) FROM event")).isEqualTo(2);
        }
    }

    @Test
    void makesAnAlertATicketAndClearsItWhenItIsResolved() throws Exception {
        try (TestTown town = town(data)) {
            assertThat(post(town, "/api/v1/alertmanager", ALERT.formatted("firing"), "")
                            .statusCode())
                    .isEqualTo(202);
            post(town, "/api/v1/alertmanager", ALERT.formatted("firing"), "");
            assertThat(town.count("SELECT COUNT(*) FROM event WHERE phase = 'begun'"))
                    .isEqualTo(1);
            assertThat(town.one(String.class, "SELECT severity FROM ticket WHERE kind = 'water.pump.down'"))
                    .isEqualTo("critical");
            post(town, "/api/v1/alertmanager", ALERT.formatted("resolved"), "");
            assertThat(town.count("SELECT COUNT(*) FROM ticket WHERE condition_cleared_at IS NOT NULL"))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"kind\": \"fire.smoke\"}",
                "{\"kind\": \"Fire\", \"text\": \"x\"}",
                "{\"kind\": \"fire.smoke\", \"text\": \"x\", \"longitude\": 999, \"latitude\": 1}",
                "{\"kind\": \"fire.smoke\", \"text\": \"x\", \"severity\": \"awful\"}",
                "{\"kind\": \"fire.smoke\", \"text\": \"x\", \"from\": \"hub\"}",
                "{\"kind\": \"fire.smoke\", \"text\": 5}",
                "{"
            })
    void refusesWhatIsNoReport(String body) throws Exception {
        try (TestTown town = town(data)) {
            assertThat(post(town, "/api/v1/reports", body, "").statusCode()).isEqualTo(400);
            assertThat(post(town, "/api/v1/alertmanager", body, "").statusCode())
                    .isEqualTo(400);
            assertThat(town.count("SELECT COUNT(*) FROM event")).isZero();
            assertThat(town.count("SELECT COUNT(*) FROM quarantine")).isZero();
        }
    }

    private static HttpResponse<String> post(TestTown town, String path, String body, String key)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + town.hub.port() + path))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!key.isEmpty()) {
            request.header("idempotency-key", key);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
