package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.hub.notify.send.TestReceiver;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import io.fengsui.protocol.wire.WireRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A storm: a few tickets one by one, everything else as a digest, and nothing lost. Monday, 23 November 2026. */
class HubStormTest extends ToldTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Place PLACE = new Place(Name.NONE, "g1", new Place.Position(1, 1));

    private Timeline day() throws IOException {
        Files.writeString(folder.resolve("correlation.yaml"), """
                storms:
                  - {kinds: [safety.*], level: village, most: 2, within: 1h}
                """);
        return day("- {id: centre, channels: [hook], on: [opened, storm]}", "correlation: correlation.yaml");
    }

    private static void storm(Timeline day, String minute, int count) {
        for (int i = 0; i < count; i++) {
            day.at(minute + ":0" + i)
                    .event("safety.intrusion", minute + i, Source.camera("cam-" + minute + i, ""), PLACE);
        }
    }

    @Test
    void tellsTheBudgetOneByOneAndTheRestOnceInTenMinutes() throws Exception {
        try (Timeline day = day()) {
            storm(day, "07:00", 7);
            day.until("07:00:59");
            assertThat(day.town.count("SELECT COUNT(*) FROM ticket")).isEqualTo(2);
            delivered(day, 2);
            day.until("07:01:10");
            delivered(day, 3);
            storm(day, "07:02", 9);
            storm(day, "07:05", 4);
            day.until("07:11:00");
            assertThat(receiver.got).hasSize(3);
            day.until("07:11:10");
            delivered(day, 4);

            List<JsonNode> bodies = bodies();
            assertThat(bodies)
                    .extracting(body -> body.at("/data/notices").size())
                    .containsExactly(1, 1, 5, 13);
            assertThat(bodies.get(3).at("/data/notices"))
                    .allSatisfy(
                            notice -> assertThat(notice.path("notice").asText()).isEqualTo("storm"));
            assertThat(bodies.get(3).at("/data/reason").asText()).isEqualTo("group-interval");
            assertThat(day.town.count("SELECT COUNT(*) FROM ticket")).isEqualTo(2);
            assertThat(day.town.count("SELECT SUM(event_count) FROM ticket")).isEqualTo(20);
        }
    }

    /** Whatever went on counted for a day: two people who sat in a square since the morning swallowed all of the evening's. */
    @Test
    void countsOnlyTheTicketsThatWereOpenedWithinItsTime() throws Exception {
        try (Timeline day = day()) {
            storm(day, "07:00", 3);
            day.until("07:30");
            assertThat(tickets(day)).isEqualTo(2);
            storm(day, "08:02", 3);
            day.until("08:03");
            assertThat(tickets(day)).as("they still go on").isEqualTo(4);
            storm(day, "08:30", 3);
            day.until("08:31");
            assertThat(tickets(day)).isEqualTo(4);
        }
    }

    /** Without grids all the world was one place: a crowd in one town took the budget of the other. */
    @Test
    void twoTownsWithoutGridsShareNoStorm() throws Exception {
        try (Timeline day = day()) {
            day.until("07:00");
            for (String site : List.of("fengtai", "gaodu")) {
                for (int i = 0; i < 3; i++) {
                    String key = site + i;
                    tell(day, site, Source.camera("cam-" + key, ""), key, Place.UNKNOWN);
                }
            }
            assertThat(tickets(day)).as("by site").isEqualTo(4);
            for (double longitude : new double[] {112.8, 113.4}) {
                for (int i = 0; i < 3; i++) {
                    String key = "at-" + longitude + "-" + i;
                    Place place = new Place(Name.NONE, "", new Place.Position(longitude + i / 1000.0, 35.5));
                    tell(day, "site-1", Source.camera("cam-" + key, ""), key, place);
                }
            }
            assertThat(tickets(day)).as("by position").isEqualTo(8);
        }
    }

    private static void tell(Timeline day, String site, Source source, String key, Place place) {
        Event event = day.town.begun(
                "safety.intrusion", key, Lane.URGENT, new Event.Origin("edge-1", site, source, "", place));
        assertThat(day.town.hub.shards().appendVolatile("edge-1", WireRecords.encode(event)))
                .isTrue();
        day.town.settle();
    }

    @Test
    void aContactSaysHowOftenAndHowMuchAtOnce() throws Exception {
        Files.writeString(folder.resolve("correlation.yaml"), """
                storms:
                  - {kinds: [safety.*], level: village, most: 2, within: 1h}
                """);
        String contact = "- {id: centre, channels: [hook], on: [storm],"
                + " digest: {most: 4, storm-wait: 20s, storm-interval: 2m}}";
        try (Timeline day = day(contact, "correlation: correlation.yaml")) {
            storm(day, "07:00", 9);
            day.until("07:00:19");
            assertThat(day.town.count("SELECT COUNT(*) FROM outbox WHERE state = 'delivered'"))
                    .isZero();
            day.until("07:00:30");
            delivered(day, 1);
            storm(day, "07:01", 5);
            day.until("07:02:30");
            delivered(day, 2);

            List<JsonNode> bodies = bodies();
            assertThat(bodies)
                    .extracting(body -> body.at("/data/notices").size())
                    .containsExactly(4, 4);
            assertThat(bodies)
                    .extracting(body -> body.at("/data/omitted").asInt())
                    .containsExactly(3, 1);
            assertThat(day.town.count("SELECT SUM(event_count) FROM ticket")).isEqualTo(14);
        }
    }

    private void delivered(Timeline day, int messages) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            day.town.hub.tick();
            return day.town.count("SELECT COUNT(*) FROM outbox WHERE state = 'delivered'") == messages;
        });
    }

    private List<JsonNode> bodies() throws IOException {
        List<JsonNode> bodies = new ArrayList<>();
        for (TestReceiver.Got got : receiver.got) {
            bodies.add(JSON.readTree(got.body()));
        }
        return bodies;
    }
}
