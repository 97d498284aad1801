package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.Place;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What lives hang on is not held back by work that does not name its source. */
class HubLivesTest extends WorksDay {
    /** Whoever announced work on fire alarms, or on all of safety, held back every fire and every call for help. */
    @Test
    void whatLivesHangOnHasItsTicketUnlessTheWorkNamesItsSource() throws Exception {
        try (Timeline day = day()) {
            day.until("08:00");
            JsonNode refused = json(day, "POST", "/api/v1/maintenance", """
                    {"kinds": ["fire.*", "safety.help", "safety.crowd"], "until": "2026-11-23T02:00:00Z", "comment": "检测"}""");
            assertThat(refused.path("status").asInt()).isEqualTo(400);
            assertThat(refused.at("/zh/detail").asText())
                    .contains("fire.* safety.help ", "来源(sources)")
                    .doesNotContain("crowd");
            assertThat(refused.at("/en/detail").asText()).contains("lives hang on fire.* safety.help,");
            announce(day, """
                    {"kinds": ["fire.*"], "sources": ["smoke-1"], "until": "2026-11-23T02:00:00Z", "comment": "检测"}""");
            announce(day, """
                    {"kinds": ["safety.*"], "until": "2026-11-23T02:00:00Z", "comment": "演练"}""");
            day.at("08:10").event("fire.smoke", "tested", Source.sensor("smoke-1"), Place.UNKNOWN);
            day.at("08:11").becomes("tested", Severity.CRITICAL);
            day.at("08:12").event("safety.intrusion", "drill", CAMERA, Place.UNKNOWN);
            day.until("08:13");
            assertThat(tickets(day)).isZero();
            day.at("08:14").event("fire.smoke", "fire", Source.sensor("smoke-2"), Place.UNKNOWN);
            day.at("08:15").event("safety.help", "help", Source.sensor("button-1"), Place.UNKNOWN);
            day.until("08:16");
            assertThat(tickets(day)).isEqualTo(2);
            assertThat(day.ticket("fire")).isNotNull();
            assertThat(day.ticket("help")).isNotNull();
            assertThat(json(day, "GET", "/api/v1/maintenance?state=running", "").findValues("notHeld"))
                    .extracting(JsonNode::toString)
                    .containsExactlyInAnyOrder("[\"safety.alarm-button\",\"safety.help\",\"safety.drowning\"]", "[]");
        }
    }

    @Test
    void whatBecomesCriticalWhileItWaitsHasItsTicketAtOnceThoughItIsOverWithThatWord() throws Exception {
        try (Timeline day = day()) {
            day.until("08:00");
            announce(day, """
                    {"kinds": ["water.*", "safety.*"], "until": "2026-11-23T02:00:00Z", "comment": "检修"}""");
            day.at("08:10").event("water.leak", "leak", CAMERA, Place.UNKNOWN);
            day.at("08:11").event("safety.intrusion", "pond", CAMERA, Place.UNKNOWN);
            day.until("08:20");
            assertThat(tickets(day)).isZero();
            day.at("08:21").becomes("leak", Severity.CRITICAL).until("08:22");
            assertThat(day.ticket("leak")).isNotNull();
            assertThat(tickets(day)).isOne();
            day.at("08:30")
                    .becomes("leak", Severity.MAJOR)
                    .at("08:31")
                    .ends("leak")
                    .until("08:32");
            assertThat(tickets(day)).isOne();
            Event burst = begun(day, "water.leak", "burst");
            ReturnDay.tell(day, burst);
            day.until("08:40");
            assertThat(tickets(day)).isOne();
            ReturnDay.tell(day, day.town.ended(day.town.becomes(burst, Severity.CRITICAL)));
            assertThat(tickets(day)).isEqualTo(2);
            assertThat(json(day, "GET", "/api/v1/held", "").path("items")).hasSize(1);
        }
    }

    /** Rows that were made before stay as they are: they hold back nothing of that any more, and say so. */
    @Test
    void workOnFireThatWasAnnouncedBeforeHoldsNoFireBackAnyMore() throws Exception {
        try (Timeline day = day()) {
            day.until("08:00");
            Map<String, String> before = Map.of(
                    "purpose",
                    "maintenance",
                    "kinds",
                    "fire.*",
                    "author",
                    "li",
                    "comment",
                    "检测",
                    "until",
                    "2026-11-23T02:00:00Z");
            assertThat(day.town
                            .hub
                            .shard()
                            .ring()
                            .take(new TaskInput.SilencePut("old", before))
                            .join())
                    .isTrue();
            day.at("08:10").event("fire.smoke", "fire", CAMERA, Place.UNKNOWN);
            day.at("08:11").hubIsAwayUntil("08:12");
            day.at("08:20").event("fire.flame", "again", CAMERA, Place.UNKNOWN).until("08:21");
            assertThat(tickets(day)).isEqualTo(2);
            assertThat(json(day, "GET", "/api/v1/maintenance", "")
                            .at("/items/0/notHeld")
                            .toString())
                    .isEqualTo("[\"fire.*\"]");
        }
    }
}
