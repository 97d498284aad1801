package io.fengsui.hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.hub.access.TokenCheck;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.ticket.workflow.Role;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where another ticket stands for an incident now: each unit sees what was told while the ticket was its own. */
class ReturnRightsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant OPENED = Instant.parse("2026-11-21T08:00:00Z");
    private static final String FIRST = "20261121-0001";
    private static final String NEXT = "20261121-0002";

    @Test
    void aUnitKeepsSightOfWhatItsTicketWasAboutAndSeesNothingOfTheNext(@TempDir Path folder) throws Exception {
        try (TestHub hub = new TestHub(
                folder, TokenCheck.of("0123456789abcdef"), ConsoleSettings.DEFAULT, 0, new AreaBook(List.of()))) {
            hub.write(town -> {
                town.fleet(OPENED);
                SampleScenes.Scene scene = SampleScenes.ALL.getFirst();
                town.ticket(1, scene, "closed", OPENED);
                town.joined(FIRST, 3, scene, "same-thing", OPENED.plusSeconds(60));
                town.ticket(2, scene, "reported", OPENED.plusSeconds(3_600));
                Handle handle = hub.database.writer().handle();
                handle.execute("UPDATE ticket SET unit = 'fire' WHERE number = 1");
                handle.execute("UPDATE ticket SET unit = 'water', incident_id = 'inc-1' WHERE number = 2");
                handle.execute("UPDATE event SET incident_id = 'inc-1' WHERE incident_id = 'inc-2'");
                handle.execute("UPDATE incident SET ticket_id = ? WHERE id IN ('inc-1', 'inc-3')", NEXT);
                handle.execute("DELETE FROM incident WHERE id = 'inc-2'");
            });
            String[] fire = hub.signedIn("fire-1", Role.UNIT, "fire");
            String[] water = hub.signedIn("water-1", Role.UNIT, "water");

            JsonNode first = json(hub, "/api/v1/tickets/" + FIRST, fire);
            assertThat(first.path("events").findValuesAsText("id"))
                    .contains(event(1), event(3))
                    .doesNotContain(event(2));
            int pictures = 0;
            for (JsonNode event : first.path("events")) {
                for (JsonNode picture : event.path("evidence")) {
                    assertThat(hub.get(picture.path("url").asText(), fire).statusCode())
                            .isEqualTo(200);
                    pictures++;
                }
            }
            assertThat(pictures).isEqualTo(2);
            assertThat(hub.get("/api/v1/events/" + event(1), fire).statusCode()).isEqualTo(200);
            assertThat(json(hub, "/api/v1/events", fire).path("items").findValuesAsText("id"))
                    .contains(event(1))
                    .doesNotContain(event(2));

            assertThat(hub.get("/api/v1/tickets/" + NEXT, fire).statusCode()).isEqualTo(404);
            assertThat(hub.get("/api/v1/events/" + event(2), fire).statusCode()).isEqualTo(404);

            assertThat(hub.get("/api/v1/tickets/" + FIRST, water).statusCode()).isEqualTo(404);
            assertThat(json(hub, "/api/v1/tickets/" + NEXT, water)
                            .path("events")
                            .findValuesAsText("id"))
                    .contains(event(1), event(2));
            assertThat(hub.get("/api/v1/events/" + event(1), water).statusCode())
                    .isEqualTo(200);
        }
    }

    /** A flood's ticket lost the events of what had joined it before its newest 200 facts, and the next one showed them again. */
    @Test
    void whatJoinedAndWhatFollowsIsKnownHoweverMuchCameAfter(@TempDir Path folder) throws Exception {
        try (TestHub hub = TestHub.open(folder)) {
            hub.write(town -> {
                town.fleet(OPENED);
                SampleScenes.Scene scene = SampleScenes.ALL.getFirst();
                town.ticket(1, scene, "closed", OPENED);
                town.joined(FIRST, 3, scene, "same-thing", OPENED.plusSeconds(60));
                town.ticket(2, scene, "reported", OPENED.plusSeconds(3_600));
                Handle handle = hub.database.writer().handle();
                handle.execute("UPDATE event SET incident_id = 'inc-1' WHERE incident_id = 'inc-2'");
                handle.execute("UPDATE ticket SET incident_id = 'inc-1' WHERE number = 2");
                handle.execute("UPDATE incident SET ticket_id = ? WHERE id IN ('inc-1', 'inc-3')", NEXT);
                handle.execute("DELETE FROM incident WHERE id = 'inc-2'");
                fact(handle, FIRST, "opened", "{\"event\":\"" + event(1) + "\"}");
                fact(handle, NEXT, "follows", "{\"ticket\":\"" + FIRST + "\"}");
                for (int i = 0; i < 250; i++) {
                    fact(handle, FIRST, "commented", "{}");
                    fact(handle, NEXT, "commented", "{}");
                }
            });
            JsonNode first = json(hub, "/api/v1/tickets/" + FIRST, new String[] {"accept", "application/json"});
            assertThat(first.path("events"))
                    .extracting(event -> event.path("id").asText())
                    .containsExactlyInAnyOrder(event(1), event(3));
            JsonNode next = json(hub, "/api/v1/tickets/" + NEXT, new String[] {"accept", "application/json"});
            assertThat(next.path("events"))
                    .extracting(event -> event.path("id").asText())
                    .containsExactly(event(2));
            assertThat(next.path("facts").findValuesAsText("kind")).contains("follows");
            assertThat(next.path("facts").findValuesAsText("version"))
                    .extracting(Long::valueOf)
                    .isSorted()
                    .hasSizeBetween(200, 203);
        }
    }

    private static void fact(Handle handle, String ticket, String kind, String detail) {
        handle.execute(
                "INSERT INTO ticket_fact SELECT ?, MAX(version) + 1, 1, 'hub', ?, '', '', '', ?, X'00', X'00'"
                        + " FROM ticket_fact WHERE ticket_id = ?",
                ticket,
                kind,
                detail,
                ticket);
    }

    private static String event(int number) {
        return "01939a00-0000-7000-8000-%012d".formatted(number);
    }

    private static JsonNode json(TestHub hub, String path, String[] who) throws Exception {
        return JSON.readTree(hub.get(path, who).body());
    }
}
