package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.shard.input.OperatorCommand;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** Alerts that Alertmanager tells, and time that passes over them. */
final class TestingAlerts {
    /** Of a status and a number. */
    static final String ALERT = """
            {"status": "%1$s", "fingerprint": "f%2$d",
             "labels": {"alertname": "PumpDown", "kind": "water.pump.down", "severity": "critical", "instance": "%2$d号泵房"},
             "annotations": {"summary": "泵停了"}, "startsAt": "2026-11-21T09:58:00+08:00"}""";
    /** The hub looks more often than a pause that would count as its own absence. */
    private static final Duration STEP = Duration.ofMinutes(10);

    private TestingAlerts() {}

    static void pass(TestTown town, int hours) {
        step(town, hours * 6);
    }

    static void step(TestTown town, int times) {
        for (int time = 0; time < times; time++) {
            town.time.advance(STEP);
            settle(town);
        }
    }

    static void settle(TestTown town) {
        town.hub.tick();
        town.hub
                .shard()
                .ring()
                .submit(new OperatorCommand("none", "settle", "", "test", -1))
                .join();
    }

    static int tickets(TestTown town) {
        return town.count("SELECT COUNT(*) FROM ticket WHERE source_id = 'alertmanager'");
    }

    static int timers(TestTown town) {
        return town.count("SELECT COUNT(*) FROM timer WHERE kind = 'alert'");
    }

    static List<String> facts(TestTown town) {
        return town
                .rows(
                        "SELECT f.kind, f.detail FROM ticket_fact f JOIN ticket t ON t.id = f.ticket_id WHERE f.kind LIKE 'condition-%' AND t.source_id = 'alertmanager' ORDER BY t.id, f.version")
                .stream()
                .map(row -> row.get("kind")
                        + (String.valueOf(row.get("detail")).contains("\"reason\":\"absence\"") ? " absence" : ""))
                .toList();
    }

    static void tell(TestTown town, String status) throws Exception {
        post(town, ALERT.formatted(status, 1));
    }

    static void post(TestTown town, String alerts) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + town.hub.port() + "/api/v1/alertmanager"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"version\": \"4\", \"alerts\": [" + alerts + "]}"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        }
    }
}
