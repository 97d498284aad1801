package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.hub.shard.input.OperatorCommand;
import io.fengsui.protocol.Severity;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Told again of what is not done, and what comes next: Monday, 23 November 2026. */
class HubRepeatTest extends ToldTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVERY_HOUR =
            "- {id: centre, channels: [hook], on: [opened], group: {wait: 0s, interval: 0s, repeat: 1h}}";

    private static final Pattern TICKET = Pattern.compile("\"ticket\":\"([^\"]+)\"");

    private static int repeats(Timeline day) {
        return day.town.count("SELECT COUNT(*) FROM outbox WHERE notices LIKE '%\"still-open\"%'");
    }

    @Test
    void tellsAgainAfterAnHourWithoutAWordAsLongAsItIsNotDone() throws IOException {
        try (Timeline day = day(EVERY_HOUR, "")) {
            day.at("09:00").event("fire.smoke", "smoke");
            day.at("10:59:58").hubIsAwayUntil("11:00:03");
            day.at("12:00:01").hubIsAwayUntil("12:00:02");
            day.at("12:30").step("smoke", "accept").until("12:59");
            day.expect(day.between("10:00", "10:00")).notification("smoke", "centre", "still-open", "now");
            day.expect(day.between("11:00:03", "11:00:03")).notification("smoke", "centre", "still-open", "now");
            day.expect(day.between("12:00:03", "12:00:04")).notification("smoke", "centre", "still-open", "now");
            assertThat(repeats(day)).isEqualTo(3);
            day.at("13:30").step("smoke", "void").until("18:00");
            assertThat(repeats(day)).isEqualTo(4);
            assertThat(day.town.count("SELECT COUNT(*) FROM timer WHERE kind = 'repeat'"))
                    .isZero();
        }
    }

    @Test
    void everyWordBeginsTheTimeAnewAndWhatWaitsOrIsSilencedIsNotToldAgain() throws Exception {
        String contact = EVERY_HOUR.replace("[opened]", "[opened, moved]");
        try (Timeline day = day(contact, "")) {
            OperatorCommand.Details wait = new OperatorCommand.Details("supervisor", "", "", day.instant("15:30"));
            day.at("09:00").event("fire.smoke", "smoke");
            day.at("09:40").step("smoke", "accept").until("10:39");
            assertThat(repeats(day)).isZero();
            day.until("10:41");
            assertThat(repeats(day)).isEqualTo(1);
            day.at("11:00").step("smoke", "suspend", wait).until("15:29");
            assertThat(repeats(day)).isEqualTo(1);
            day.until("16:31");
            assertThat(repeats(day)).isEqualTo(2);
            day.town.call("POST", "/api/v1/silences", """
                    {"ticket": "%s", "comment": "演练"}""".formatted(day.ticket("smoke")));
            day.until("20:00");
            assertThat(repeats(day)).isEqualTo(2);
        }
    }

    @Test
    void thePreviewSaysWhatIsToldNextToWhomAndWhyThen() throws Exception {
        Files.writeString(folder.resolve("ladders.yaml"), """
                ladders:
                  - {id: fire, kinds: [fire.*], steps: [{after: 2m, tell-in-turn: [chief, unit]}, {after: 5m, tell: [unit]}]}
                """);
        String contacts = """
                - {id: centre, channels: [hook], on: [opened, deadline-near, deadline-passed],
                   group: {wait: 10s, interval: 3m, repeat: 2h}}
                - {id: unit, channels: [hook], on: [deadline-passed], quiet: {from: "22:00", to: "07:00"}}
                - {id: chief, channels: [hook], on: []}
                """;
        try (Timeline day = day(contacts, "ladders: ladders.yaml")) {
            day.at("02:00").event("fire.smoke", "smoke").until("02:00:05");
            JsonNode preview = preview(day);
            assertThat(lines(preview.path("waiting"), "dueAt"))
                    .containsExactly("opened centre 2026-11-22T18:00:10Z group-wait");
            assertThat(lines(preview.path("coming"), "dueAt"))
                    .as(preview.toString())
                    .containsExactly(
                            // warned at half of a minute, by the message after the interval
                            "deadline-near centre 2026-11-22T18:03:10Z group-interval",
                            "escalated chief 2026-11-22T18:02:00Z now",
                            "still-open centre 2026-11-22T20:00:20Z group-wait",
                            // of the whole, 24 hours
                            "deadline-near centre 2026-11-23T06:00:10Z group-wait");
            day.until("02:00:50");
            assertThat(lines(preview(day).path("coming"), "at"))
                    .contains(
                            "deadline-passed centre 2026-11-22T18:01:00Z joined",
                            "deadline-passed unit 2026-11-22T18:01:00Z quiet-hours");
            day.until("02:02");
            assertThat(lines(preview(day).path("coming"), "dueAt"))
                    .contains("escalated unit 2026-11-22T23:00:00Z joined");
            day.town.call("POST", "/api/v1/silences", """
                    {"kinds": ["fire.*"], "comment": "演练", "until": "2026-11-22T19:00:00Z"}""");
            assertThat(lines(preview(day).path("coming"), "at"))
                    .contains("escalated unit 2026-11-22T18:07:00Z silenced");
            day.at("02:03")
                    .step(
                            "smoke",
                            "suspend",
                            new OperatorCommand.Details("supervisor", "", "", day.instant("2026-11-24T02:00")))
                    .until("02:03:01");
            assertThat(preview(day).path("coming")).isEmpty();
            assertThat(preview(day).path("suspendedUntil").asText()).isEqualTo("2026-11-23T18:00:00Z");
        }
    }

    /** Each came as a message of its own: a contact with forty open tickets had forty reminders within a minute. */
    @Test
    void whatFallsDueTogetherIsOneMessageFromThenOn() throws IOException {
        try (Timeline day = day(EVERY_HOUR, "")) {
            day.at("09:00:00").event("fire.smoke", "smoke");
            day.at("09:00:07").event("water.leak", "leak");
            day.at("09:00:20").event("fire.flame", "flame");
            day.at("09:01:00").event("safety.help", "help").until("10:00:30");
            assertThat(reminders(day)).containsExactly("10:00:00 smoke leak flame");
            day.until("12:30");
            assertThat(reminders(day))
                    .containsExactly(
                            "10:00:00 smoke leak flame",
                            "10:01:00 help",
                            "11:00:00 smoke leak flame",
                            "11:01:00 help",
                            "12:00:00 smoke leak flame",
                            "12:01:00 help");
            day.at("12:40").hubIsAwayUntil("13:10").until("13:11");
            assertThat(reminders(day))
                    .hasSize(7)
                    .last()
                    .asString()
                    .startsWith("13:10:00")
                    .contains("help", "smoke");
        }
    }

    @Test
    void remindersOfDifferentGroupsAndThoseThatQuietHoursHoldBackGoApart() throws IOException {
        String contact = """
                - {id: centre, channels: [hook], on: [opened], group: {by: [category], wait: 0s, interval: 0s, repeat: 1h}}
                - {id: night, channels: [hook], on: [opened], limit: {most: 3, within: 1h},
                   group: {wait: 0s, interval: 0s, repeat: 1h}, quiet: {from: "09:30", to: "11:00", except: critical}}
                """;
        try (Timeline day = day(contact, "")) {
            day.at("09:00:00").event("fire.smoke", "smoke");
            day.at("09:00:01").event("fire.flame", "flame");
            day.at("09:00:02").event("water.leak", "leak");
            day.at("09:05").becomes("smoke", Severity.CRITICAL);
            day.at("09:05").becomes("flame", Severity.CRITICAL).until("11:30");
            assertThat(reminders(day, "centre"))
                    .containsExactly("10:00:00 smoke flame", "10:00:00 leak", "11:00:00 smoke flame", "11:00:00 leak");
            assertThat(reminders(day, "night"))
                    .containsExactly("10:00:00 smoke flame", "11:00:00 leak", "11:00:00 smoke flame");
        }
    }

    @Test
    void remindersThatDoNotFitIntoAMessageGoInTheNextAndNoneIsLeftOut() throws IOException {
        String contact = """
                - {id: centre, channels: [hook], on: [opened], group: {wait: 0s, interval: 0s, repeat: 1h}, digest: {most: 2}}
                """;
        try (Timeline day = day(contact, "")) {
            for (String key : List.of("a", "b", "c", "d", "e")) {
                day.at("09:00:00").event("fire.smoke", key);
            }
            day.until("10:30");
            assertThat(reminders(day)).hasSize(3);
            assertThat(String.join(" ", reminders(day)).split(" ")).contains("a", "b", "c", "d", "e");
        }
    }

    private static List<String> reminders(Timeline day) {
        return reminders(day, "centre");
    }

    /** When each message of reminders goes, and of what it tells. */
    private static List<String> reminders(Timeline day, String contact) {
        Map<String, String> keys = new HashMap<>();
        day.town
                .rows("SELECT ticket_id, dedup_key FROM incident")
                .forEach(row -> keys.put(String.valueOf(row.get("ticket_id")), String.valueOf(row.get("dedup_key"))));
        return day
                .town
                .rows(
                        "SELECT due_at, notices FROM outbox WHERE notices LIKE '%%\"still-open\"%%' AND contact = '%s' ORDER BY due_at, made_at, id"
                                .formatted(contact))
                .stream()
                .map(row -> LocalTime.ofInstant(
                                        Instant.ofEpochMilli(Long.parseLong(String.valueOf(row.get("due_at")))),
                                        ZoneId.of("Asia/Shanghai"))
                                .format(DateTimeFormatter.ISO_LOCAL_TIME)
                        + " "
                        + TICKET.matcher(String.valueOf(row.get("notices")))
                                .results()
                                .map(found -> keys.getOrDefault(found.group(1), ""))
                                .collect(Collectors.joining(" ")))
                .toList();
    }

    private static List<String> lines(JsonNode items, String when) {
        List<String> lines = new ArrayList<>();
        items.forEach(item -> lines.add(String.join(
                " ",
                item.path("notice").asText(),
                item.path("contact").asText(),
                item.path(when).asText(),
                item.path("reason").asText())));
        return lines;
    }

    private static JsonNode preview(Timeline day) throws Exception {
        HttpResponse<String> answer = day.town.call("GET", "/api/v1/tickets/" + day.ticket("smoke") + "/preview", "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}
