package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.hub.notify.send.TestReceiver;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
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
