package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.config.HubConfig;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** One ladder for all grids and villages: the leader of where a ticket is. Monday, 23 November 2026. */
class HubLeaderLadderTest extends ToldTest {
    private static final String CONTACTS = """
            - {id: centre, channels: [hook], on: []}
            - {id: grid-leader, channels: [hook], on: [], leads: [g1]}
            - {id: village-leader, channels: [hook], on: [], leads: [v1]}
            - {id: town-leader, channels: [hook], on: [], leads: [t1]}
            """;
    private static final String LADDERS = """
            ladders:
              - id: leaders
                steps:
                  - {after: 1m, tell: [centre], tell-leader: grid}
                  - {after: 2m, tell: [centre], tell-leader: village}
            """;
    private static final String PLACES = """
            code,level,name,parent
            t1,town,凤台街道,
            v1,village,凤台社区,t1
            g1,grid,一网格,v1
            v2,village,北庄,t1
            g2,grid,二网格,v2
            t2,town,高都镇,
            g3,grid,三网格,t2
            """;

    private Timeline day() throws IOException {
        Files.writeString(folder.resolve("ladders.yaml"), LADDERS);
        Files.writeString(folder.resolve("places.csv"), PLACES);
        return day(CONTACTS, "ladders: ladders.yaml\nplaces: [places.csv]");
    }

    @Test
    void tellsTheLeaderOfTheTicketsAreaOrOfTheNextLargerOneThatHasAny() throws Exception {
        try (Timeline day = day()) {
            day.at("09:00").event("fire.smoke", "led", Source.sensor("s-1"), at("g1"));
            day.at("09:00:20").event("fire.smoke", "half", Source.sensor("s-2"), at("g2"));
            day.at("09:00:40").event("fire.smoke", "none", Source.sensor("s-3"), at("g3"));
            day.until("09:00:50");
            assertThat(preview(day, day.ticket("led")))
                    .contains("\"grid-leader\"")
                    .doesNotContain("\"centre\"");
            day.until("09:10");
            day.expect(day.between("09:01", "09:01:05")).notification("led", "grid-leader", "escalated", "now");
            day.expect(day.between("09:03", "09:03:05")).notification("led", "village-leader", "escalated", "now");
            day.expect(day.between("09:01:20", "09:01:25")).notification("half", "town-leader", "escalated", "now");
            day.expect(day.between("09:01:40", "09:01:45")).notification("none", "centre", "escalated", "now");
            assertThat(day.town.count("SELECT COUNT(*) FROM outbox WHERE notices LIKE '%\"escalated\"%'"))
                    .isEqualTo(6);
        }
    }

    @Test
    void aStepThatMightTellNobodyAndAnAreaThatIsNotThereAreErrorsWithTheirPlace() throws IOException {
        Files.writeString(folder.resolve("places.csv"), PLACES);
        Files.writeString(folder.resolve("ladders.yaml"), """
                ladders:
                  - {id: a, steps: [{after: 1m, tell-leader: village}]}
                  - {id: b, steps: [{after: 1m, tell: [centre], tell-leader: planet}]}
                """);
        Files.writeString(
                folder.resolve("notifications.yaml"), "contacts:\n  - {id: centre, on: [], leads: [t1, nowhere]}\n");
        Path file = Files.writeString(
                folder.resolve("central-hub.yaml"),
                "tickets: {places: [places.csv], notifications: notifications.yaml, ladders: ladders.yaml}\n");
        assertThat(HubConfig.check(file, name -> null).problems().toString())
                .contains("ladders.yaml:2", "nobody would be told", "ladders.yaml:3", "planet")
                .contains("notifications.yaml:2", "there is no area 'nowhere'");
    }

    private static Place at(String grid) {
        return new Place(Name.NONE, grid, null);
    }

    private static String preview(Timeline day, String ticket) throws Exception {
        return day.town
                .call("GET", "/api/v1/tickets/" + ticket + "/preview", "")
                .body();
    }
}
