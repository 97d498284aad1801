package io.fengsui.hub.console.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.hub.console.http.Bodies;
import io.fengsui.hub.correlate.report.ReportEvent;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The webhook of Prometheus Alertmanager, version 4. A label {@code kind} names the kind of event, {@code grid} the
 * grid; severity goes by the customary labels. Pure.
 */
final class AlertForm {
    private static final int MAX_ALERTS = 500;
    private static final int MAX_TEXT = 1_000;
    private static final int MAX_LABELS = 40;
    private static final String KIND = "it.alert";

    /** One alert, ready to be told. */
    record Alert(String fingerprint, Instant began, boolean isOver, Map<String, String> report) {}

    private AlertForm() {}

    static List<Alert> alerts(JsonNode body) {
        JsonNode alerts = body.path("alerts");
        if (!alerts.isArray()
                || alerts.size() > MAX_ALERTS
                || !body.path("version").asText("4").equals("4")) {
            throw Bodies.bad(
                    "应为 Alertmanager webhook 第 4 版,最多 " + MAX_ALERTS + " 条告警",
                    "expected the webhook of Alertmanager, version 4, with at most " + MAX_ALERTS + " alerts");
        }
        List<Alert> found = new ArrayList<>();
        alerts.forEach(one -> found.add(alert(one)));
        return found;
    }

    private static Alert alert(JsonNode one) {
        JsonNode labels = one.path("labels");
        String fingerprint = one.path("fingerprint").asText("");
        if (!labels.isObject() || fingerprint.isEmpty() || fingerprint.length() > 64 || labels.size() > MAX_LABELS) {
            throw Bodies.bad(
                    "每条告警须有 labels(最多 " + MAX_LABELS + " 个)和 fingerprint",
                    "each alert has labels, at most " + MAX_LABELS + " of them, and a fingerprint");
        }
        Map<String, String> report = new TreeMap<>();
        labels.properties()
                .forEach(label -> report.put(
                        "label." + label.getKey(), cut(label.getValue().asText(""))));
        report.put("summary", cut(one.path("annotations").path("summary").asText("")));
        report.put(
                "description", cut(one.path("annotations").path("description").asText("")));
        report.put(ReportEvent.KIND, labels.path("kind").asText(KIND));
        report.put(ReportEvent.SEVERITY, severity(labels.path("severity").asText("")));
        report.put(ReportEvent.FROM, ReportEvent.ALERTMANAGER);
        report.put(ReportEvent.DEDUP, "alert/" + fingerprint);
        report.put(ReportEvent.GRID, labels.path("grid").asText(""));
        report.put(
                ReportEvent.PLACE_ZH,
                cut(labels.path("instance").asText(labels.path("alertname").asText(""))));
        Instant began = time(one.path("startsAt").asText(""));
        report.put(ReportEvent.OCCURRED, began.toString());
        return new Alert(fingerprint, began, one.path("status").asText("").equals("resolved"), report);
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw Bodies.bad("startsAt 不是时间", "startsAt is no time");
        }
    }

    private static String severity(String label) {
        return switch (label.toLowerCase(Locale.ROOT)) {
            case "critical", "page", "emergency", "disaster" -> "critical";
            case "error", "high", "major" -> "major";
            case "minor", "average" -> "minor";
            case "info", "none" -> "info";
            default -> "warning";
        };
    }

    private static String cut(String text) {
        String plain = text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", " ");
        return plain.length() <= MAX_TEXT ? plain : plain.substring(0, MAX_TEXT);
    }
}
