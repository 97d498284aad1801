package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.Place;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What storms and announced work take, and what a ticket shows of all that told of it: Monday, 23 November 2026. */
class HubTogetherTest extends ToldTest {
    private static final String RULES = """
            same-thing:
              - {kinds: [fire.*], metres: 150, within: 10m}
            storms:
              - {kinds: [safety.*], level: village, most: 3, within: 10m}
            maintenance:
              - {kinds: [security.*], days: [monday], from: "22:00", to: "04:00"}
              - {kinds: [vehicle.*], days: [monday], from: "00:00", to: "24:00"}
            """;

    private Timeline day() throws IOException {
        Files.writeString(folder.resolve("correlation.yaml"), RULES);
        return day("- {id: centre, channels: [hook], on: [opened]}", "correlation: correlation.yaml");
    }

    /** A ticket had the events of its first incident only: what the camera saw and the caller said was nowhere on it. */
    @Test
    void aTicketHasTheEventsOfAllThatToldOfItAndWhatTheCallerSaid() throws Exception {
        try (Timeline day = day()) {
            day.at("09:00")
                    .event("fire.smoke", "sensor", Source.sensor("s-1"), at("", 112.8, 35.5))
                    .at("09:01")
                    .event("fire.flame", "picture", Source.camera("cam-1", ""), at("", 112.8005, 35.5005))
                    .at("09:01")
                    .event("fire.flame", "far", Source.camera("cam-2", ""), at("", 112.9, 35.5))
                    .until("09:02");
            HttpResponse<String> report = day.town.call("POST", "/api/v1/reports", """
                    {"kind": "fire.smoke", "text": "楼道冒烟", "reporter": "张三", "phone": "13800000000",
                     "longitude": 112.8004, "latitude": 35.5}""");
            assertThat(report.statusCode()).as(report.body()).isEqualTo(202);
            day.town.settle();

            JsonNode ticket = ticket(day, "sensor");
            assertThat(ticket.path("events"))
                    .extracting(event -> event.at("/source/type").asText())
                    .containsExactly("person", "camera", "sensor");
            assertThat(ticket.at("/events/0/attributes").toString()).contains("楼道冒烟", "张三", "13800000000");
            assertThat(ticket.path("events"))
                    .extracting(event -> event.path("ticket").asText())
                    .containsOnly(ticket.path("id").asText());
            assertThat(ticket(day, "far").path("events")).hasSize(1);

            // Of a storm the newest are told, and the first.
            for (int i = 0; i < 30; i++) {
                intrusion(day, "09:10:%02d".formatted(i), "g1", i);
            }
            day.until("09:11");
            JsonNode storm = ticket(day, "g1-2");
            assertThat(storm.path("eventCount").asInt()).isEqualTo(28);
            assertThat(storm.path("events"))
                    .extracting(event -> event.path("dedupKey").asText())
                    .hasSize(21)
                    .startsWith("g1-29", "g1-28")
                    .endsWith("g1-10", "g1-2");
        }
    }

    /**
     * When the sensor told of something new, what it had told before went from the ticket that was done to the new one, as
     * that one's first event, and so did its picture's.
     */
    @Test
    void aTicketThatIsDoneKeepsWhatWasToldOfItAndTheNextHasItsOwn() throws Exception {
        Source camera = Source.camera("cam-1", "");
        Place here = at("", 112.8, 35.5);
        try (Timeline day = day()) {
            day.at("09:00").event("fire.flame", "picture", camera, here);
            day.at("09:01").event("fire.smoke", "sensor", Source.sensor("s-1"), here);
            day.at("09:02").ends("sensor");
            day.at("09:03").step("picture", "void").until("09:04");
            String done = day.ticket("picture");
            assertThat(day.ticket("sensor")).isEqualTo(done);
            day.at("09:06").event("fire.smoke", "sensor", Source.sensor("s-1"), here);
            day.at("09:07").event("fire.flame", "picture", camera, here).until("09:08");
            assertThat(day.ticket("sensor")).isEqualTo(day.ticket("picture")).isNotEqualTo(done);

            assertThat(began(get(day, done))).containsExactly("09:01", "09:00");
            assertThat(began(ticket(day, "sensor"))).containsExactly("09:07", "09:06");
        }
    }

    /** By the clock of the town. */
    private static List<String> began(JsonNode ticket) {
        return ticket.path("events").findValuesAsText("occurredAt").stream()
                .map(at -> Instant.parse(at).atZone(ZoneId.of("Asia/Shanghai")).toLocalTime())
                .map(LocalTime::toString)
                .toList();
    }

    private static JsonNode ticket(Timeline day, String key) throws Exception {
        return get(day, day.ticket(key));
    }

    private static JsonNode get(Timeline day, String ticket) throws Exception {
        return new ObjectMapper()
                .readTree(day.town.call("GET", "/api/v1/tickets/" + ticket, "").body());
    }

    /** After a budget of intrusions an alarm button at the same place went into a stranger's ticket, told as a digest. */
    @Test
    void aStormTakesNothingOfAnotherKindAndNothingWorseThanItsTicketsAre() throws IOException {
        try (Timeline day = day()) {
            for (String grid : List.of("g1", "g2")) {
                for (int i = 0; i < 3; i++) {
                    intrusion(day, "07:00:0" + i, grid, i);
                }
            }
            day.at("07:00:10").event("safety.alarm-button", "button", Source.sensor("button-1"), at("g1", 1, 1));
            day.until("07:01");
            assertThat(tickets(day)).isEqualTo(7);

            for (String key : List.of("g1-1", "g2-0", "g2-1", "g2-2")) {
                day.at("07:02").becomes(key, Severity.MINOR);
            }
            intrusion(day, "07:03", "g1", 3);
            for (int i = 3; i < 7; i++) {
                intrusion(day, "07:03:0" + i, "g2", i);
            }
            day.at("07:04").becomes("g1-1", Severity.MAJOR);
            day.at("07:04").becomes("g1-3", Severity.MINOR);
            intrusion(day, "07:05", "g1", 4);
            day.until("07:06");
            assertThat(List.of(day.ticket("g1-0"), day.ticket("g1-1"), day.ticket("g1-2"), day.ticket("g1-3")))
                    .as("two are severe enough, and the budget is three")
                    .doesNotHaveDuplicates();
            assertThat(day.ticket("g1-4")).as("the last that is severe enough").isEqualTo(day.ticket("g1-2"));
            assertThat(List.of(day.ticket("g2-2"), day.ticket("g2-3"), day.ticket("g2-4"), day.ticket("g2-5")))
                    .as("three mild ones are nobody's budget but their own")
                    .doesNotHaveDuplicates();
            assertThat(day.ticket("g2-6")).isEqualTo(day.ticket("g2-5"));
            assertThat(tickets(day)).isEqualTo(11);
        }
    }

    private static void intrusion(Timeline day, String time, String grid, int number) {
        String key = grid + "-" + number;
        day.at(time).event("safety.intrusion", key, Source.camera("cam-" + key, ""), at(grid, 1, 1));
    }

    /** From 22:00 to 04:00 could not be written, and neither could the end of a day. */
    @Test
    void announcedWorkMayGoOnOverMidnight() throws IOException {
        try (Timeline day = day()) {
            day.at("21:59").event("security.door", "before");
            day.at("23:00").event("security.door.forced", "evening");
            day.at("23:30").event("vehicle.seen", "all-day");
            day.at("2026-11-24T03:59").event("security.window", "morning");
            day.until("2026-11-24T03:59:30");
            assertThat(day.ticket("before")).isNotNull();
            assertThat(day.ticket("all-day")).isNotNull();
            assertThat(tickets(day)).isEqualTo(2);
            day.until("2026-11-24T04:00:30");
            assertThat(tickets(day)).isEqualTo(4);
            day.at("2026-11-24T22:30").event("security.roof", "tuesday").until("2026-11-24T22:31");
            assertThat(tickets(day)).isEqualTo(5);
        }
    }
}
