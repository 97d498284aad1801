package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.Place;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Work that people announce at their desks, in a hub whose files say nothing of what belongs together. */
class HubWorksTest extends WorksDay {
    @Test
    void opensNoTicketUntilTheWorkIsOverAndThenOneOfWhatStillHolds() throws Exception {
        try (Timeline day = day()) {
            day.at("08:00");
            announce(day, UNTIL_TEN);
            day.at("08:30")
                    .event("health.camera.offline", "brief", CAMERA, Place.UNKNOWN)
                    .at("08:40")
                    .ends("brief")
                    .at("09:00")
                    .event("health.camera.offline", "stays", CAMERA, Place.UNKNOWN)
                    .at("09:00")
                    .event("fire.smoke", "smoke", CAMERA, Place.UNKNOWN)
                    .at("09:00")
                    .event("health.camera.offline", "elsewhere", Source.camera("cam-x", ""), Place.UNKNOWN)
                    .at("09:30:00")
                    .hubIsAwayUntil("09:31")
                    .until("09:59");
            assertThat(tickets(day)).as("smoke, and another camera").isEqualTo(2);
            assertThat(json(day, "GET", "/api/v1/held", "")
                            .at("/items/0/reason")
                            .asText())
                    .isEqualTo("maintenance");
            day.until("10:01");
            assertThat(tickets(day)).isEqualTo(3);
            assertThat(day.ticket("stays")).isNotNull();
        }
    }

    /** What was held is decided once more also by a hub that was away when the work was over, and knows of none any more. */
    @Test
    void whatWasHeldBecomesATicketThoughTheHubWasAwayAtTheEnd() throws Exception {
        try (Timeline day = day()) {
            day.at("08:00");
            announce(day, UNTIL_TEN);
            day.at("09:00")
                    .event("health.camera.offline", "stays", CAMERA, Place.UNKNOWN)
                    .at("09:30:00")
                    .hubIsAwayUntil("10:30")
                    .until("10:31");
            assertThat(day.ticket("stays")).isNotNull();
            assertThat(json(day, "GET", "/api/v1/held", "").path("items")).isEmpty();
        }
    }

    @Test
    void decidesAtOnceOnWhatWasHeldWhenTheWorkIsEndedBeforeItsTime() throws Exception {
        try (Timeline day = day()) {
            day.at("08:00");
            String first = announce(day, UNTIL_TEN);
            String other = announce(day, UNTIL_TEN);
            day.at("09:00")
                    .event("health.camera.offline", "stays", CAMERA, Place.UNKNOWN)
                    .until("09:05");
            assertThat(json(day, "DELETE", "/api/v1/maintenance/" + first, "")
                            .path("state")
                            .asText())
                    .isEqualTo("over");
            day.until("09:06");
            assertThat(tickets(day)).as("the other work goes on").isZero();
            JsonNode ended = json(day, "DELETE", "/api/v1/maintenance/" + other, "");
            assertThat(ended.path("endedBy").asText()).isNotEmpty();
            day.until("09:07");
            assertThat(tickets(day)).isEqualTo(1);
            assertThat(day.ticket("stays")).isNotNull();
        }
    }

    @Test
    void whatIsAnnouncedForLaterHoldsNothingBackBeforeAndSilencesNobody() throws Exception {
        try (Timeline day = day()) {
            day.at("08:00");
            announce(day, UNTIL_TEN.replace("\"until\"", "\"from\": \"2026-11-23T01:00:00Z\", \"until\""));
            assertThat(json(day, "GET", "/api/v1/maintenance?state=coming", "").path("items"))
                    .hasSize(1);
            assertThat(json(day, "GET", "/api/v1/silences", "").path("items")).isEmpty();
            day.at("08:30").event("health.camera.offline", "before", CAMERA, Place.UNKNOWN);
            day.until("08:31");
            assertThat(tickets(day)).isEqualTo(1);
            assertThat(day.town.count("SELECT COUNT(*) FROM outbox")).isEqualTo(1);
        }
    }

    /** Nobody said of it for two days that it holds, as nobody needs to: it was late at the end, and had no ticket ever. */
    @Test
    void whatHadToWaitForLongerThanWouldBeLateHasItsTicketAllTheSame() throws Exception {
        try (Timeline day = day()) {
            day.at("08:00");
            announce(day, UNTIL_TEN.replace("11-23", "11-25"));
            day.at("09:00")
                    .event("health.camera.offline", "stays", CAMERA, Place.UNKNOWN)
                    .until("2026-11-25T09:59");
            assertThat(tickets(day)).isZero();
            day.until("2026-11-25T10:01");
            assertThat(tickets(day)).isOne();
        }
    }

    /** Work on a box takes its line away, too: what it held became a ticket as soon as it was back, and while they worked. */
    @Test
    void whatItsEdgeSpeaksForWhileSomebodyWorksThereGoesOnWaiting() throws Exception {
        try (Timeline day = day()) {
            day.until("08:30");
            Event first = begun(day, "health.camera.offline", "first");
            Event second = begun(day, "health.camera.offline", "second");
            day.until("2026-11-24T08:55");
            ReturnDay.tell(day, first);
            assertThat(tickets(day)).as("told a day late").isZero();
            announce(day, UNTIL_TEN.replace("11-23", "11-24"));
            ReturnDay.tell(day, second);
            day.until("2026-11-24T09:00");
            assertThat(day.town.hub.shards().renew("edge-1", List.of(first.id(), second.id())))
                    .isTrue();
            day.town.settle();
            assertThat(tickets(day)).isZero();
            assertThat(json(day, "GET", "/api/v1/held", "").path("items")).hasSize(2);
            day.at("2026-11-24T09:30:00").hubIsAwayUntil("2026-11-24T09:31").until("2026-11-24T09:59");
            assertThat(tickets(day)).isZero();
            day.until("2026-11-24T10:01");
            assertThat(tickets(day)).isEqualTo(2);
        }
    }

    @Test
    void everyKindIsNoKind() throws Exception {
        try (Timeline day = day()) {
            day.until("08:00");
            JsonNode refused = json(day, "POST", "/api/v1/maintenance", """
                    {"kinds": ["*"], "areas": [], "until": "2026-11-23T02:00:00Z", "comment": "换杆"}""");
            assertThat(refused.path("status").asInt()).as(refused.toString()).isEqualTo(400);
            announce(day, UNTIL_TEN.replace("health.*", "*"));
        }
    }

    /** What nothing was known of was as severe as it was now to whoever asked later, and its next flicker had a ticket. */
    @Test
    void announcedWorkMakesNothingWorseThanItsTicketWas() throws Exception {
        try (Timeline day = day()) {
            day.at("08:00").event("fire.smoke", "smoke");
            day.at("08:10").step("smoke", "void").until("08:20");
            announce(day, UNTIL_TEN);
            day.at("08:30").becomes("smoke", Severity.MINOR);
            day.at("08:40").becomes("smoke", Severity.MAJOR).until("08:41");
            assertThat(tickets(day)).isOne();
        }
    }

    /** What was known when work was announced last stood for what happened when none was. */
    @Test
    void nothingIsBelievedOfATimeWithoutAnyWork() throws Exception {
        try (Timeline day = day()) {
            day.until("08:00");
            announce(day, UNTIL_TEN);
            day.at("08:30").event("fire.smoke", "smoke");
            day.at("10:30").hubIsAwayUntil("10:31");
            day.at("10:40").becomes("smoke", Severity.CRITICAL);
            day.at("10:50").step("smoke", "void").until("10:51");
            assertThat(day.town.count("SELECT COUNT(*) FROM gathered WHERE is_open = 1"))
                    .isZero();
            announce(day, UNTIL_TEN.replace("T02", "T04"));
            day.at("11:00").becomes("smoke", Severity.MAJOR);
            day.at("11:10").becomes("smoke", Severity.CRITICAL).until("11:11");
            assertThat(tickets(day)).isOne();
        }
    }

    /** Its rows went with time, it waited for ever, and a few hundred like it kept all others from being looked at. */
    @Test
    void whatWaitsIsKeptUntilItIsLookedAtOnceMore() throws Exception {
        Files.writeString(
                folder.resolve("correlation.yaml"),
                "maintenance: [{kinds: [health.*], from: \"2026-11-23T08:00\", to: \"2028-11-23T08:00\"}]\n");
        try (Timeline day = day("- {id: centre, channels: [hook], on: [opened]}", "correlation: correlation.yaml")) {
            day.at("09:00").event("health.camera.offline", "brief", CAMERA, Place.UNKNOWN);
            day.at("09:01").ends("brief").until("2028-11-20T08:00");
            day.until("2028-11-21T08:00");
            assertThat(day.town.count("SELECT COUNT(*) FROM gathered WHERE held_until IS NOT NULL"))
                    .isOne();
            day.until("2028-11-23T08:01");
            assertThat(day.town.count("SELECT COUNT(*) FROM gathered WHERE held_until IS NOT NULL"))
                    .isZero();
        }
    }
}
