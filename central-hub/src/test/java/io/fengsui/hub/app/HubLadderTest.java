package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.hub.shard.input.OperatorCommand;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Ladders in virtual time: Monday, 23 November 2026. */
class HubLadderTest extends ToldTest {
    private static final String CONTACTS = """
            - {id: duty, channels: [hook], on: []}
            - {id: deputy, channels: [hook], on: []}
            - {id: chief, channels: [hook], on: []}
            - {id: day-shift, channels: [hook], on: [opened], duty: {unit: fire, person: 早班}}
            - {id: night-shift, channels: [hook], on: [opened], duty: {unit: fire, person: 晚班}}
            """;
    private static final String LADDERS = """
            ladders:
              - id: fire
                kinds: [fire.*]
                steps:
                  - {after: 1m, tell: [duty]}
                  - {after: 2m, tell-in-turn: [deputy, chief]}
                  - {after: 3m, tell: [duty, chief]}
                again: 1
              - {id: shifts, kinds: [water.*], steps: [{after: 1m, tell: [day-shift, night-shift]}]}
            """;
    private static final String UNITS = """
            units:
              - id: fire
                name: {zh: 消防}
                answers: [{kinds: [fire.*]}]
                duty:
                  - {person: 早班, from: "08:00", to: "20:00"}
                  - {person: 晚班, from: "20:00", to: "08:00"}
            """;

    private Timeline day() throws IOException {
        Files.writeString(folder.resolve("ladders.yaml"), LADDERS);
        Files.writeString(folder.resolve("units.yaml"), UNITS);
        return day(CONTACTS, "ladders: ladders.yaml\nunits: units.yaml");
    }

    @Test
    void goesUpStepByStepAndOnceAgainAndThenRests() throws IOException {
        try (Timeline day = day()) {
            day.at("09:00").event("fire.smoke", "smoke").until("09:30");
            day.expect(day.between("09:01", "09:01:05")).fact("smoke", "escalated", "\"level\":\"1\"", "\"duty\"");
            day.expect(day.between("09:01", "09:01:05")).notification("smoke", "duty", "escalated", "now");
            day.expect(day.between("09:03", "09:03:05")).notification("smoke", "deputy", "escalated", "now");
            day.expect(day.between("09:06", "09:06:05")).fact("smoke", "escalated", "duty,chief");
            // the second round: the next in turn
            day.expect(day.between("09:09", "09:09:10")).notification("smoke", "chief", "escalated", "now");
            assertThat(escalated(day, "duty")).isEqualTo(4);
            assertThat(escalated(day, "deputy")).isEqualTo(1);
            assertThat(escalated(day, "chief")).isEqualTo(3);
            assertThat(day.town.one(String.class, "SELECT ended FROM escalation"))
                    .isEqualTo("exhausted");
        }
    }

    @Test
    void stopsWhenSomebodyTakesTheTicket() throws IOException {
        try (Timeline day = day()) {
            day.at("09:00")
                    .event("fire.smoke", "smoke")
                    .at("09:02")
                    .step("smoke", "accept")
                    .until("09:30");
            assertThat(escalated(day, "duty")).isEqualTo(1);
            assertThat(escalated(day, "deputy")).isZero();
            assertThat(day.town.one(String.class, "SELECT ended FROM escalation"))
                    .isEqualTo("accepted");
            assertThat(day.town.count("SELECT COUNT(*) FROM timer WHERE kind = 'ladder'"))
                    .isZero();
        }
    }

    @Test
    void standsStillWhileTheTicketIsSuspended() throws IOException {
        try (Timeline day = day()) {
            OperatorCommand.Details wait = new OperatorCommand.Details("supervisor", "", "", day.instant("10:00"));
            day.at("09:00")
                    .event("fire.smoke", "smoke")
                    .at("09:00:20")
                    .step("smoke", "suspend", wait)
                    .until("10:00:39");
            assertThat(escalated(day, "duty")).isZero();
            day.until("10:00:41");
            assertThat(escalated(day, "duty")).isEqualTo(1);
        }
    }

    @Test
    void takesEachStepOnceWhenTheHubIsKilledAgainAndAgain() throws IOException {
        try (Timeline day = day()) {
            day.at("09:00").event("fire.smoke", "smoke");
            for (int minute = 1; minute < 8; minute++) {
                day.at("09:0" + minute + ":00").hubIsAwayUntil("09:0" + minute + ":02");
            }
            day.until("09:08");
            assertThat(day.history("smoke"))
                    .filteredOn(fact -> "escalated".equals(fact.get("kind")))
                    .hasSize(4);
            assertThat(escalated(day, "duty")).isEqualTo(3);
        }
    }

    @Test
    void isFiveStepsDeepAndNotSix() throws IOException {
        StringBuilder steps = new StringBuilder();
        for (int level = 1; level <= 5; level++) {
            steps.append("{after: ")
                    .append(level)
                    .append("m, tell: [level-")
                    .append(level)
                    .append("]}, ");
        }
        Files.writeString(
                folder.resolve("deep.yaml"), "ladders: [{id: deep, kinds: [fire.*], steps: [" + steps + "]}]\n");
        StringBuilder contacts = new StringBuilder();
        for (int level = 1; level <= 5; level++) {
            contacts.append("- {id: level-").append(level).append(", channels: [hook], on: []}\n");
        }
        try (Timeline day = day(contacts.toString(), "ladders: deep.yaml")) {
            day.at("09:00").event("fire.smoke", "smoke");
            day.at("09:09:59").hubIsAwayUntil("09:10:01").until("10:00");
            day.expect(day.between("09:01", "09:01")).notification("smoke", "level-1", "escalated", "now");
            day.expect(day.between("09:03", "09:03")).notification("smoke", "level-2", "escalated", "now");
            day.expect(day.between("09:06", "09:06")).notification("smoke", "level-3", "escalated", "now");
            day.expect(day.between("09:10:01", "09:10:02")).notification("smoke", "level-4", "escalated", "now");
            day.expect(day.between("09:15:01", "09:15:03")).notification("smoke", "level-5", "escalated", "now");
            assertThat(day.town.count("SELECT COUNT(*) FROM outbox")).isEqualTo(5);
        }
        Files.writeString(
                folder.resolve("deep.yaml"),
                "ladders: [{id: deep, steps: [" + steps + "{after: 6m, tell: [level-1]}]}]\n");
        assertThatThrownBy(() -> day(contacts.toString(), "ladders: deep.yaml")).hasMessageContaining("5 steps");
    }

    @Test
    void waitsWhileTheTicketIsSilenced() throws Exception {
        try (Timeline day = day()) {
            day.at("09:00").event("fire.smoke", "smoke").until("09:00:30");
            String body = """
                    {"ticket": "%s", "until": "%s", "comment": "演练"}""".formatted(day.ticket("smoke"), day.instant("09:30"));
            try (HttpClient client = HttpClient.newHttpClient()) {
                URI uri = URI.create("http://127.0.0.1:" + day.town.hub.port() + "/api/v1/silences");
                HttpRequest put = HttpRequest.newBuilder(uri)
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
                assertThat(client.send(put, HttpResponse.BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(201);
            }
            day.until("09:29:59");
            assertThat(escalated(day, "duty")).isZero();
            day.until("09:30:20");
            assertThat(escalated(day, "duty")).isEqualTo(1);
            day.until("09:32:30");
            assertThat(escalated(day, "deputy")).isEqualTo(1);
        }
    }

    @Test
    void tellsWhoIsOnDuty() throws IOException {
        try (Timeline day = day()) {
            day.at("09:00")
                    .event("water.leak", "leak")
                    .at("20:30")
                    .event("fire.smoke", "smoke")
                    .until("20:31");
            day.expect(day.between("09:00", "09:00")).notification("leak", "day-shift", "opened", "now");
            day.expect(day.between("20:30", "20:30")).notification("smoke", "night-shift", "opened", "now");
            assertThat(day.town.count("SELECT COUNT(*) FROM outbox WHERE contact LIKE '%-shift'"))
                    .isEqualTo(3);
            assertThat(escalated(day, "day-shift")).isEqualTo(1);
        }
    }
}
