package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.Place;
import io.fengsui.protocol.wire.WireRecords;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** One true happening is one ticket, and nothing is lost: Monday, 23 November 2026, in virtual time. */
class HubGatherTest extends ToldTest {
    private static final String RULES = """
            same-thing:
              - {kinds: [fire.*], metres: 150, within: 10m}
            cause:
              kinds: [health.camera.offline]
              wait: 30s
              common: 3
              hangs-on:
                switch-7: [cam-a, cam-b, cam-c, cam-d]
            flapping:
              - {kinds: [water.level.*], times: 3, within: 6h}
            storms:
              - {kinds: [safety.*], level: village, most: 3, within: 10m}
            maintenance:
              - {kinds: [health.*], sources: [cam-w], from: "2026-11-23T08:00", to: "2026-11-23T10:00"}
            """;

    private Timeline day() throws IOException {
        Files.writeString(folder.resolve("correlation.yaml"), RULES);
        return day("- {id: centre, channels: [hook], on: [opened, deadline-passed]}", "correlation: correlation.yaml");
    }

    @Test
    void makesOneTicketOfWhatPictureAndSensorTellOfOneThing() throws IOException {
        try (Timeline day = day()) {
            day.at("09:00")
                    .event("fire.flame", "picture", Source.camera("cam-1", ""), at("", 112.8, 35.5))
                    .at("09:02")
                    .event("fire.smoke", "sensor", Source.sensor("s-1"), at("", 112.8005, 35.5005))
                    .at("09:03")
                    .event("fire.smoke", "far", Source.sensor("s-2"), at("", 112.81, 35.5))
                    .at("09:05")
                    .ends("picture")
                    .until("09:06");
            assertThat(tickets(day)).isEqualTo(2);
            assertThat(day.ticket("sensor")).isEqualTo(day.ticket("picture")).isNotEqualTo(day.ticket("far"));
            day.expect(day.between("09:02", "09:02")).fact("picture", "incident-joined", "same-thing");
            // The sensor still tells of it.
            day.expect(day.between("09:05", "09:06")).noFact("picture", "condition-cleared");
            day.at("09:10").ends("sensor").until("09:11");
            day.expect(day.between("09:10", "09:10")).fact("picture", "condition-cleared");
        }
    }

    /** Boxes of two sites and somebody on the phone: one fire. */
    @Test
    void makesOneTicketOfWhatTwoSitesAndAPersonTellOf() throws Exception {
        try (Timeline day = day()) {
            TestTown town = day.town;
            day.at("09:00")
                    .event("fire.flame", "picture", Source.camera("cam-1", ""), at("", 112.8, 35.5))
                    .until("09:01");
            Event.Origin elsewhere =
                    new Event.Origin("edge-2", "site-2", Source.sensor("s-9"), "", at("", 112.8006, 35.5));
            Event smoke = town.begun("fire.smoke", "elsewhere", Lane.URGENT, elsewhere);
            assertThat(town.hub.shards().appendVolatile("edge-2", WireRecords.encode(smoke)))
                    .isTrue();
            for (String longitude : new String[] {"112.8004", "112.83"}) {
                HttpResponse<String> report = day.town.call("POST", "/api/v1/reports", """
                        {"kind": "fire.smoke", "text": "楼道冒烟", "longitude": %s, "latitude": 35.5}""".formatted(longitude));
                assertThat(report.statusCode()).isEqualTo(202);
            }
            assertThat(tickets(day)).isEqualTo(2);
            assertThat(day.ticket("elsewhere")).isEqualTo(day.ticket("picture"));
            assertThat(town.count("SELECT event_count FROM ticket WHERE id = '" + day.ticket("picture") + "'"))
                    .isEqualTo(3);
        }
    }

    @Test
    void tellsOfADeadSwitchOnceWhetherItOrItsCamerasAreHeardOfFirst() throws IOException {
        try (Timeline day = day()) {
            day.at("09:00")
                    .event("health.camera.offline", "a", Source.camera("cam-a", ""), Place.UNKNOWN)
                    .at("09:00:01")
                    .event("health.camera.offline", "b", Source.camera("cam-b", ""), Place.UNKNOWN)
                    .at("09:00:10")
                    .event("health.switch.offline", "switch", Source.sensor("switch-7"), Place.UNKNOWN)
                    .at("09:00:20")
                    .event("health.camera.offline", "c", Source.camera("cam-c", ""), Place.UNKNOWN)
                    .until("09:02");
            assertThat(tickets(day)).isEqualTo(1);
            assertThat(day.ticket("a")).isEqualTo(day.ticket("switch")).isEqualTo(day.ticket("c"));
            assertThat(day.town.count("SELECT COUNT(*) FROM gathered WHERE reason = 'inhibited'"))
                    .isEqualTo(3);
        }
    }

    @Test
    void takesSeveralThatHangOnTheSameForOneFaultAndOneAloneForItself() throws IOException {
        try (Timeline day = day()) {
            for (String one : new String[] {"a", "b", "c", "d"}) {
                day.at("09:00:00").event("health.camera.offline", one, Source.camera("cam-" + one, ""), Place.UNKNOWN);
            }
            day.until("09:00:29");
            assertThat(tickets(day)).isZero();
            day.until("09:01");
            assertThat(tickets(day)).isEqualTo(1);
            day.at("09:05").event("health.switch.offline", "switch", Source.sensor("switch-7"), Place.UNKNOWN);
            day.until("09:06");
            assertThat(tickets(day)).isEqualTo(1);
            assertThat(day.ticket("switch")).isEqualTo(day.ticket("d"));
        }
    }

    @Test
    void makesNoTicketOfACameraThatIsBackBeforeItsWaitIsOver() throws IOException {
        try (Timeline day = day()) {
            day.at("09:00")
                    .event("health.camera.offline", "a", Source.camera("cam-a", ""), Place.UNKNOWN)
                    .at("09:00:10")
                    .ends("a")
                    .at("09:20")
                    .event("health.camera.offline", "b", Source.camera("cam-b", ""), Place.UNKNOWN)
                    .until("09:21");
            assertThat(tickets(day)).isEqualTo(1);
            assertThat(day.town.count("SELECT COUNT(*) FROM gathered WHERE reason = 'over_meanwhile'"))
                    .isEqualTo(1);
            assertThat(day.town.count("SELECT COUNT(*) FROM incident")).isEqualTo(2);
        }
    }

    @Test
    void putsAFlappingSensorIntoOneTicketAndAStormIntoItsBudget() throws IOException {
        try (Timeline day = day()) {
            for (int hour = 1; hour < 6; hour++) {
                day.at("0" + hour + ":00")
                        .event("water.level.high", "level")
                        .at("0" + hour + ":10")
                        .ends("level");
            }
            day.until("06:00");
            assertThat(tickets(day)).isEqualTo(2);
            for (int i = 0; i < 8; i++) {
                day.at("07:00:0" + i).event("safety.intrusion", "i" + i, Source.camera("cam-" + i, ""), at("g1", 1, 1));
            }
            day.until("07:01");
            assertThat(day.town.count("SELECT COUNT(*) FROM ticket WHERE kind = 'safety.intrusion'"))
                    .isEqualTo(3);
            assertThat(day.town.count("SELECT SUM(event_count) FROM ticket WHERE kind = 'safety.intrusion'"))
                    .isEqualTo(8);
        }
    }

    @Test
    void holdsBackWhatHappensWhereSomebodyWorksUntilTheWorkIsOver() throws IOException {
        try (Timeline day = day()) {
            Source camera = Source.camera("cam-w", "");
            day.at("08:30")
                    .event("health.camera.offline", "brief", camera, Place.UNKNOWN)
                    .at("08:40")
                    .ends("brief")
                    .at("09:00")
                    .event("health.camera.offline", "stays", camera, Place.UNKNOWN)
                    .at("09:30:00")
                    .hubIsAwayUntil("09:31")
                    .until("09:59");
            assertThat(tickets(day)).isZero();
            day.until("10:01");
            assertThat(tickets(day)).isEqualTo(1);
            assertThat(day.ticket("stays")).isNotNull();
        }
    }

    @Test
    void tellsNobodyOfASilencedTicketUntilTheSilenceIsOver() throws Exception {
        try (Timeline day = day()) {
            day.at("09:00").event("fire.smoke", "smoke").until("09:00");
            HttpResponse<String> put = day.town.call("POST", "/api/v1/silences", """
                    {"ticket": "%s", "comment": "演练"}""".formatted(day.ticket("smoke")));
            assertThat(put.statusCode()).as(put.body()).isEqualTo(201);
            day.until("09:30");
            assertThat(day.town.count("SELECT COUNT(*) FROM outbox WHERE notices LIKE '%deadline-passed%'"))
                    .isZero();
            String id = put.body().replaceAll(".*\"id\":\"([^\"]*)\".*", "$1");
            assertThat(silences(day, "running,coming")).contains(id);
            assertThat(day.town.call("DELETE", "/api/v1/silences/" + id, "").body())
                    .contains("\"active\":false");
            assertThat(silences(day, "running,coming")).doesNotContain(id);
            assertThat(silences(day, "over")).contains(id);
            day.at("09:40").event("fire.smoke", "other").until("09:45");
            assertThat(day.town.count("SELECT COUNT(*) FROM outbox WHERE notices LIKE '%deadline-passed%'"))
                    .isEqualTo(1);
            for (String body : new String[] {
                "{\"comment\": \"everything\"}",
                "{\"kinds\": [\"fire.*\"], \"comment\": \"\"}",
                "{\"kinds\": [\"fire.*\"], \"comment\": \"y\", \"until\": \"2027-01-01T00:00:00Z\"}",
                "{\"kinds\": \"fire.*\"}"
            }) {
                assertThat(day.town.call("POST", "/api/v1/silences", body).statusCode())
                        .isEqualTo(400);
            }
        }
    }

    private static String silences(Timeline day, String state) throws Exception {
        return day.town.call("GET", "/api/v1/silences?state=" + state, "").body();
    }

    @Test
    void followsASeverityUpAndDown() throws IOException {
        try (Timeline day = day()) {
            day.at("09:00")
                    .event("water.level.high", "level")
                    .at("09:01")
                    .becomes("level", Severity.CRITICAL)
                    .at("09:02")
                    .becomes("level", Severity.MINOR)
                    .until("09:03");
            day.expect(day.between("09:01", "09:01")).fact("level", "severity-raised", "critical");
            day.expect(day.between("09:02", "09:02")).fact("level", "severity-lowered", "\"minor\"");
            assertThat(day.town.one(String.class, "SELECT severity FROM ticket"))
                    .isEqualTo("minor");
        }
    }
}
