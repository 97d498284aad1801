package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.hub.shard.input.OperatorCommand;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever should know of a ticket and was told nothing is reminded of it all the same: Monday, 23 November 2026. */
class HubReminderTest extends ToldTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REPEATING = "group: {wait: 0s, interval: 0s, repeat: 1h}";
    private static final String CENTRE = "- {id: centre, channels: [hook], on: [opened], " + REPEATING + "}\n";
    private static final String SHIFTS = """
            - {id: early, channels: [hook], on: [opened], duty: {unit: fire, person: 早班}, %1$s}
            - {id: late, channels: [hook], on: [opened], duty: {unit: fire, person: 晚班}, %1$s}
            """.formatted(REPEATING);
    private static final String UNITS = """
            units:
              - id: fire
                name: {zh: 消防}
                answers: [{kinds: [fire.*]}]
                duty:
                  - {person: 早班, from: "08:00", to: "20:00"}
                  - {person: 晚班, from: "20:00", to: "08:00"}
            """;

    private Timeline shifts() throws IOException {
        Files.writeString(folder.resolve("units.yaml"), UNITS);
        return day(SHIFTS, "units: units.yaml");
    }

    private static int reminders(Timeline day, String contact) {
        return day.town.count(
                "SELECT COUNT(*) FROM outbox WHERE contact = '" + contact + "' AND notices LIKE '%\"still-open\"%'");
    }

    @Test
    void whatWasOpenedWhileSilencedIsToldWhenTheSilenceEndsAndThenAsOften() throws Exception {
        try (Timeline day = day(CENTRE, "")) {
            ask(day, "POST", "/api/v1/silences", """
                    {"kinds": ["fire.*"], "comment": "演练", "until": "%s"}""".formatted(day.instant("12:00")));
            day.at("09:00").event("fire.smoke", "smoke");
            day.at("09:30").hubIsAwayUntil("09:30:05");
            day.at("11:59:58").hubIsAwayUntil("12:00:03").until("12:30");
            assertThat(day.town.count("SELECT COUNT(*) FROM outbox")).isEqualTo(1);
            day.expect(day.between("12:00:03", "12:00:04")).notification("smoke", "centre", "still-open", "now");
            day.until("14:30");
            assertThat(reminders(day, "centre")).isEqualTo(3);
        }
    }

    @Test
    void theFirstWordThatWasHeldBackDoesNotWaitForTheReminder() throws Exception {
        try (Timeline day = day(CENTRE.replace("1h", "12h"), "")) {
            ask(day, "POST", "/api/v1/silences", """
                    {"kinds": ["fire.*"], "comment": "演练", "until": "%s"}""".formatted(day.instant("10:00")));
            day.at("09:00").event("fire.smoke", "smoke").until("09:59");
            assertThat(reminders(day, "centre")).isZero();
            assertThat(coming(day, "centre")).isEqualTo("2026-11-23T02:00:00Z silence-ends");
            day.until("10:01");
            day.expect(day.between("10:00", "10:00")).notification("smoke", "centre", "still-open", "now");
            day.until("21:59");
            assertThat(reminders(day, "centre")).isEqualTo(1);
            day.until("22:01");
            assertThat(reminders(day, "centre")).isEqualTo(2);
        }
    }

    @Test
    void theFirstWordToTheNextShiftComesWhenItBeginsHoweverRarelyItIsReminded() throws IOException {
        Files.writeString(folder.resolve("units.yaml"), UNITS);
        try (Timeline day = day(SHIFTS.replace("1h", "8h"), "units: units.yaml")) {
            day.at("18:30").event("fire.smoke", "smoke").until("20:01");
            day.expect(day.between("20:00", "20:00")).notification("smoke", "late", "still-open", "now");
            assertThat(reminders(day, "early")).isZero();
        }
    }

    @Test
    void aSilenceThatSomebodyEndsDelaysAReminderByMinutesOnly() throws Exception {
        try (Timeline day = day(CENTRE, "")) {
            String silence = JSON.readTree(ask(day, "POST", "/api/v1/silences", """
                            {"kinds": ["fire.*"], "comment": "演练", "until": "%s"}""".formatted(day.instant("20:00"))))
                    .path("id")
                    .asText();
            day.at("09:00").event("fire.smoke", "smoke").until("11:02");
            ask(day, "DELETE", "/api/v1/silences/" + silence, "");
            day.until("11:10");
            day.expect(day.between("11:02", "11:07")).notification("smoke", "centre", "still-open", "now");
        }
    }

    @Test
    void theNextShiftIsRemindedWhenItBeginsAndTheOneBeforeNoMore() throws IOException {
        try (Timeline day = shifts()) {
            day.at("18:30").event("fire.smoke", "smoke").until("18:31");
            day.expect(day.between("18:30", "18:30")).notification("smoke", "early", "opened", "now");
            day.until("20:30");
            day.expect(day.between("19:30", "19:30")).notification("smoke", "early", "still-open", "now");
            day.expect(day.between("20:00", "20:00")).notification("smoke", "late", "still-open", "now");
            day.until("2026-11-24T08:30");
            assertThat(reminders(day, "early")).isEqualTo(2);
            day.expect(day.between("2026-11-24T08:00", "2026-11-24T08:00"))
                    .notification("smoke", "early", "still-open", "now");
            assertThat(reminders(day, "late")).isEqualTo(12);
        }
    }

    @Test
    void thePreviewNamesTheShiftThatWillBeRemindedAndTheEndOfASilence() throws Exception {
        try (Timeline day = shifts()) {
            day.at("18:30").event("fire.smoke", "smoke").until("19:45");
            assertThat(coming(day, "late")).isEqualTo("2026-11-23T12:00:00Z duty-begins");
            assertThat(coming(day, "early")).isEqualTo("2026-11-24T00:00:00Z duty-begins");
            ask(day, "POST", "/api/v1/silences", """
                    {"kinds": ["fire.*"], "comment": "演练", "until": "%s"}""".formatted(day.instant("21:15")));
            assertThat(coming(day, "late")).isEqualTo("2026-11-23T13:15:00Z silence-ends");
        }
    }

    @Test
    void whatWasOpenedBeforeAnybodyAskedForRemindersIsRemindedOfToo() throws IOException {
        try (Timeline day = day("- {id: centre, channels: [hook], on: [opened]}", "")) {
            day.at("00:01").event("fire.smoke", "smoke");
            day.at("00:01").event("fire.flame", "flame").until("00:02");
            day.at("00:03").step("flame", "void").until("00:04");
            assertThat(day.town.count("SELECT COUNT(*) FROM timer WHERE kind = 'repeat'"))
                    .isZero();
        }
        try (Timeline day = day(CENTRE, "")) {
            day.at("00:05").hubIsAwayUntil("00:06").until("03:00");
            assertThat(reminders(day, "centre")).isBetween(2, 3);
        }
    }

    @Test
    void whatIsTakenUpAgainAfterItWasDoneIsRemindedOfAgain() throws IOException {
        try (Timeline day = day(CENTRE, "")) {
            day.at("09:00").event("fire.smoke", "smoke");
            for (String step : List.of("accept", "verify", "file", "dispatch", "handle", "inspect", "close")) {
                day.at("09:10").step("smoke", step);
            }
            day.until("12:00");
            assertThat(reminders(day, "centre")).isZero();
            assertThat(day.town.count("SELECT COUNT(*) FROM timer WHERE kind = 'repeat'"))
                    .isZero();
            day.at("12:00").step("smoke", "rework").until("13:30");
            day.expect(day.between("13:00", "13:00")).notification("smoke", "centre", "still-open", "now");
        }
    }

    @Test
    void whatIsSuspendedIsRemindedOfWhenItGoesOn() throws IOException {
        try (Timeline day = day(CENTRE, "")) {
            day.at("09:00").event("fire.smoke", "smoke");
            day.at("09:10")
                    .step("smoke", "suspend", new OperatorCommand.Details("supervisor", "", "", day.instant("10:20")))
                    .until("10:30");
            assertThat(reminders(day, "centre")).isEqualTo(1);
        }
    }

    private static String coming(Timeline day, String contact) throws Exception {
        JsonNode preview = JSON.readTree(ask(day, "GET", "/api/v1/tickets/" + day.ticket("smoke") + "/preview", ""));
        for (JsonNode line : preview.path("coming")) {
            if (line.path("contact").asText().equals(contact)) {
                return line.path("at").asText() + " " + line.path("reason").asText();
            }
        }
        throw new AssertionError(preview.toString());
    }

    private static String ask(Timeline day, String method, String path, String body) throws Exception {
        HttpResponse<String> answer = day.town.call(method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
        return answer.body();
    }
}
