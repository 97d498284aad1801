package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is told, in virtual time, by a real receiver: Monday, 23 November 2026. */
class HubNotifyTest extends ToldTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Timeline day(String contacts) throws IOException {
        return day(contacts, "");
    }

    @Test
    void tellsAtOnceWhatIsWantedAndOnlyThat() throws IOException {
        try (Timeline day = day("- {id: centre, channels: [hook], on: [opened, deadline-passed], kinds: [fire.*]}")) {
            day.at("09:00")
                    .event("fire.smoke", "smoke")
                    .at("09:00:10")
                    .event("safety.intrusion", "gate")
                    .until("09:00:50");
            day.expect(day.between("09:00", "09:00:01")).notification("smoke", "centre", "opened", "now");
            day.until("09:02");
            day.expect(day.between("09:01", "09:01:05")).notification("smoke", "centre", "deadline-passed", "now");
            assertThat(day.town.count("SELECT COUNT(*) FROM outbox")).isEqualTo(2);
            delivered(day, 2);
            assertThat(receiver.got)
                    .allSatisfy(
                            got -> assertThat(got.header("webhook-signature")).startsWith("v1,"));
        }
    }

    @Test
    void gathersWhatComesInQuietHoursIntoOneMessageAtTheirEnd() throws IOException {
        try (Timeline day = day("""
                - {id: unit, channels: [hook], on: [opened], quiet: {from: "22:00", to: "07:00"}}""")) {
            day.at("01:00")
                    .event("fire.smoke", "one")
                    .at("03:00")
                    .event("fire.smoke", "two")
                    .until("06:59:59");
            assertThat(receiver.got).isEmpty();
            day.until("07:00");
            day.expect(day.between("07:00", "07:00")).notification("one", "unit", "opened", "quiet_hours");
            delivered(day, 1);
            assertThat(body(0).at("/data/notices")).hasSize(2);
            assertThat(body(0).path("type").asText()).isEqualTo("io.fengsui.ticket.several");
        }
    }

    @Test
    void tellsNoMoreOftenThanTheContactWants() throws IOException {
        try (Timeline day = day("- {id: unit, channels: [hook], on: [opened], limit: {most: 2, within: 1h}}")) {
            for (int minute = 0; minute < 10; minute++) {
                day.at("09:0" + minute).event("fire.smoke", "fire" + minute);
            }
            day.until("09:59:59");
            assertThat(day.town.count("SELECT COUNT(*) FROM outbox")).isEqualTo(3);
            delivered(day, 2);
            day.until("10:00");
            delivered(day, 3);
            assertThat(body(2).at("/data/notices")).hasSize(8);
            assertThat(body(2).at("/data/reason").asText()).isEqualTo("limit");
        }
    }

    @Test
    void triesAgainWhileTheReceiverFailsAlsoAfterAKillAndThenLetsSomebodySendItOnceMore() throws Exception {
        receiver.answer(500, 500, 500, 500, 500, 500, 500);
        try (Timeline day = day("- {id: centre, channels: [hook], on: [opened]}")) {
            day.at("09:00").event("fire.smoke", "smoke").until("09:00");
            tried(day, 1);
            day.until("09:00:40");
            tried(day, 2);
            day.at("09:00:50").hubIsAwayUntil("09:10").until("09:10:01");
            tried(day, 3);
            for (String later : List.of("09:50", "12:10", "21:10", "2026-11-25T00:00")) {
                int before = receiver.got.size();
                day.until(later);
                tried(day, before + 1);
            }
            assertThat(day.town.one(String.class, "SELECT state FROM outbox")).isEqualTo("dead");
            assertThat(receiver.got)
                    .hasSize(7)
                    .extracting(got -> got.header("webhook-id"))
                    .containsOnly(day.town.one(String.class, "SELECT id FROM outbox"));
            day.until("2026-11-26T00:00");
            assertThat(receiver.got).hasSize(7);

            String id = day.town.one(String.class, "SELECT id FROM outbox");
            assertThat(day.town
                            .call("POST", "/api/v1/deliveries/" + id + "/resend", "")
                            .statusCode())
                    .isEqualTo(200);
            day.town.hub.tick();
            delivered(day, 8);
            JsonNode log = JSON.readTree(
                    day.town.call("GET", "/api/v1/deliveries/" + id, "").body());
            assertThat(log.path("state").asText()).isEqualTo("delivered");
            assertThat(log.path("log")).hasSize(8);
            assertThat(log.path("lastTry")).isEqualTo(log.path("log").path(7));
            assertThat(day.town.call("GET", "/api/v1/deliveries?state=dead", "").body())
                    .contains("\"items\":[]");
            JsonNode found = JSON.readTree(day.town
                    .call("GET", "/api/v1/deliveries?ticket=" + day.ticket("smoke"), "")
                    .body());
            assertThat(found.path("items").findValuesAsText("id")).containsExactly(id);
        }
    }

    @Test
    void forgetsMessagesThatWereDeliveredLongAgo() throws IOException {
        try (Timeline day = day("- {id: centre, channels: [hook], on: [opened], group: {wait: 30s}}")) {
            day.at("09:00").event("fire.smoke", "smoke");
            day.at("09:00:10").event("fire.flame", "flame").until("09:01");
            delivered(day, 1);
            assertThat(day.town.count("SELECT COUNT(*) FROM outbox")).isEqualTo(1);
            assertThat(day.town.rows("SELECT ticket_id FROM outbox_also"))
                    .as("of which it tells besides")
                    .containsExactly(Map.of("ticket_id", day.ticket("flame")));
            day.town.time.advance(Duration.ofDays(401));
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                day.town.hub.tick();
                return day.town.count("SELECT COUNT(*) FROM outbox") == 0;
            });
            assertThat(day.town.count("SELECT COUNT(*) FROM delivery_try")).isZero();
            assertThat(day.town.count("SELECT COUNT(*) FROM outbox_also")).isZero();
        }
    }

    private JsonNode body(int index) throws IOException {
        return JSON.readTree(receiver.got.get(index).body());
    }

    private void delivered(Timeline day, int count) {
        day.town.hub.tick();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> day.town.count("SELECT COUNT(*) FROM delivery_try WHERE outcome = 'delivered'")
                                == receiver.got.size() - failed(day)
                        && receiver.got.size() >= count);
        assertThat(receiver.got).hasSize(count);
    }

    private static int failed(Timeline day) {
        return day.town.count("SELECT COUNT(*) FROM delivery_try WHERE outcome <> 'delivered'");
    }

    private void tried(Timeline day, int count) {
        day.town.hub.tick();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> day.town.count("SELECT COUNT(*) FROM delivery_try") == count);
    }
}
