package io.fengsui.hub.console.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.hub.console.http.Bodies;
import io.fengsui.hub.correlate.report.ReportEvent;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The plain form of a report by a person, checked. Pure. */
final class ReportForm {
    private static final int MAX = 1_000;
    private static final Set<String> TEXTS = Set.of("kind", "severity", "text", "reporter", "phone", "grid", "subject");

    private ReportForm() {}

    /** @param id of the event, which stands for itself: two reports are one incident when correlation says so */
    static Map<String, String> report(JsonNode body, String id) {
        if (!body.isObject()
                || !body.path("kind").isTextual()
                || !body.path("text").isTextual()) {
            throw Bodies.bad(
                    "应为 {\"kind\": \"fire.smoke\", \"text\": \"…\"};可带 severity、reporter、phone、grid、place、longitude、latitude",
                    "expected {\"kind\": \"fire.smoke\", \"text\": \"…\"}; with severity, reporter, phone, grid, subject,"
                            + " place {zh, en}, longitude and latitude where known");
        }
        Map<String, String> report = new TreeMap<>();
        body.properties().forEach(field -> take(report, field.getKey(), field.getValue()));
        report.putIfAbsent(ReportEvent.SEVERITY, "major");
        report.put(ReportEvent.FROM, ReportEvent.PERSON);
        report.put(ReportEvent.DEDUP, "report/" + id);
        return report;
    }

    private static void take(Map<String, String> report, String key, JsonNode value) {
        if (TEXTS.contains(key) && value.isTextual() && value.textValue().length() <= MAX) {
            report.put(key, value.textValue());
        } else if (key.equals("longitude") && value.isNumber()) {
            report.put(ReportEvent.LONGITUDE, value.asText());
        } else if (key.equals("latitude") && value.isNumber()) {
            report.put(ReportEvent.LATITUDE, value.asText());
        } else if (key.equals("place") && value.isObject()) {
            report.put(ReportEvent.PLACE_ZH, value.path("zh").asText(""));
            report.put(ReportEvent.PLACE_EN, value.path("en").asText(""));
        } else {
            throw Bodies.bad(
                    "字段 " + key + " 未知、类型不符或超过 " + MAX + " 字",
                    "the field " + key + " is unknown, of another type or longer than " + MAX + " characters");
        }
    }
}
