package io.fengsui.hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.hub.access.TokenCheck;
import io.fengsui.hub.grid.place.Area;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.grid.place.AreaLevel;
import io.fengsui.hub.grid.unit.Router;
import io.fengsui.hub.grid.unit.Shift;
import io.fengsui.hub.grid.unit.Unit;
import io.fengsui.protocol.value.Name;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom somebody who reads a ticket calls: leaders were read from files of places, and shown nowhere. */
class ResponsibleRestTest {
    private static final AreaBook AREAS = new AreaBook(List.of(
            new Area("140502", AreaLevel.TOWN, new Name("凤台街道", "Fengtai"), "", "王主任", null),
            new Area("140502-010", AreaLevel.VILLAGE, new Name("凤台社区", "Fengtai community"), "140502", "", null),
            new Area("140502-010-11", AreaLevel.GRID, new Name("三号院", "Courtyard 3"), "140502-010", "张网格", null)));
    private static final List<Unit> UNITS = List.of(new Unit(
            "fire",
            new Name("消防大队", "Fire brigade"),
            "119",
            List.of(),
            List.of(new Shift(
                    "李队",
                    "13800000000",
                    EnumSet.allOf(DayOfWeek.class),
                    Set.of(),
                    LocalTime.MIDNIGHT,
                    LocalTime.MIDNIGHT))));

    @Test
    void aTicketSaysItsUnitWithThoseOnDutyAndTheLeadersOfItsArea(@TempDir Path folder) throws Exception {
        Instant now = Instant.parse("2026-11-21T08:00:00Z");
        try (TestHub hub =
                new TestHub(folder, TokenCheck.none(), ConsoleSettings.DEFAULT, 0, new Router(AREAS, UNITS))) {
            hub.write(town -> {
                town.fleet(now);
                town.ticket(1, SampleScenes.ALL.get(2), "filed", now);
                town.ticket(2, SampleScenes.ALL.get(0), "filed", now);
                hub.database.writer().handle().execute("UPDATE ticket SET unit = 'fire' WHERE number = 1");
                hub.database.writer().handle().execute("UPDATE ticket SET unit = 'gone' WHERE number = 2");
            });
            JsonNode known = responsible(hub, "20261121-0001");
            assertThat(known.at("/unit/name/zh").asText()).isEqualTo("消防大队");
            assertThat(known.at("/unit/phone").asText()).isEqualTo("119");
            assertThat(known.at("/unit/onDuty/0/person").asText()).isEqualTo("李队");
            assertThat(known.path("areas"))
                    .extracting(area -> area.path("level").asText() + " "
                            + area.path("leader").asText())
                    .containsExactly("grid 张网格", "village ", "town 王主任");
            JsonNode unknown = responsible(hub, "20261121-0002");
            assertThat(unknown.path("unit").isNull())
                    .as("a unit that is not there any more")
                    .isTrue();
            assertThat(unknown.path("areas")).isEmpty();
        }
    }

    private static JsonNode responsible(TestHub hub, String ticket) throws Exception {
        return new ObjectMapper()
                .readTree(hub.get("/api/v1/tickets/" + ticket).body())
                .path("responsible");
    }
}
