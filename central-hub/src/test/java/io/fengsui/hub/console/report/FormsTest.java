package io.fengsui.hub.console.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.hub.console.http.Json;
import io.fengsui.hub.console.http.ProblemException;
import io.fengsui.hub.correlate.report.ReportEvent;
import io.fengsui.hub.shard.input.TaskInput;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What others write becomes a report or is refused with a problem, whatever it is. */
class FormsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");
    private static final String ID = "01939a00-0000-7000-8000-000000000001";

    @ParameterizedTest
    @CsvSource({
        "critical, critical",
        "page, critical",
        "HIGH, major",
        "minor, minor",
        "none, info",
        "whatever, warning",
        "'', warning"
    })
    void knowsTheCustomarySeverities(String label, String severity) throws JsonProcessingException {
        JsonNode body = Json.parse("""
                {"alerts": [{"fingerprint": "f", "startsAt": "2026-11-23T09:00:00+08:00", "status": "resolved",
                  "labels": {"alertname": "Down", "severity": "%s"}}]}""".formatted(label));
        AlertForm.Alert alert = AlertForm.alerts(body).getFirst();
        assertThat(alert.report()).containsEntry("severity", severity).containsEntry("kind", "it.alert");
        assertThat(alert.began()).isEqualTo(Instant.parse("2026-11-23T01:00:00Z"));
        assertThat(alert.isOver()).isTrue();
    }

    @Test
    void takesNoEventFromTheFuture() {
        Map<String, String> report = Map.of(
                "kind",
                "fire.smoke",
                "severity",
                "major",
                "from",
                "person",
                "dedup",
                "d",
                "occurred",
                "2099-01-01T00:00:00Z");
        assertThat(ReportEvent.of(new TaskInput.Reported(ID, 1, false, report), NOW)
                        .times()
                        .occurred()
                        .wall())
                .isEqualTo(NOW);
        assertThatThrownBy(() -> ReportEvent.of(new TaskInput.Reported(ID, 1, false, Map.of()), NOW))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @FuzzTest(maxDuration = "10s")
    void neverFailsOtherwise(FuzzedDataProvider data) {
        JsonNode body;
        try {
            body = Json.parse(data.consumeRemainingAsString());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return;
        }
        try {
            assertThat(AlertForm.alerts(body)).isNotNull();
        } catch (ProblemException e) {
            assertThat(e.problem().zh()).isNotEmpty();
        }
        try {
            assertThat(ReportForm.report(body, ID)).containsKey("kind");
        } catch (ProblemException e) {
            assertThat(e.problem().en()).isNotEmpty();
        }
    }
}
