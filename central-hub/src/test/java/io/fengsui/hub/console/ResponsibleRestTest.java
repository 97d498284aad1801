package io.fengsui.hub.console;

import static io.fengsui.hub.console.TestingPage.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import io.fengsui.runtime.TimeSource;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
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

    /** Whoever had a ticket open over the change of shifts called those who had gone home. */
    @Test
    @Tag("slow")
    void anOpenTicketShowsWhoComesOnDutyWhenTheyDo(@TempDir Path folder) throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        Instant now = TimeSource.system().wall();
        LocalTime change = LocalTime.ofInstant(now.plus(Duration.ofHours(2)), ConsoleSettings.DEFAULT.zone());
        Router router = new Router(
                AREAS,
                List.of(
                        unit("early", shift("早班", change.minusHours(4), change)),
                        unit("late", shift("晚班", change.minusHours(4), change))));
        try (TestHub hub = new TestHub(folder, TokenCheck.none(), ConsoleSettings.DEFAULT, 0, router)) {
            hub.write(town -> {
                town.fleet(now);
                town.ticket(1, SampleScenes.ALL.get(2), "filed", now);
                hub.database.writer().handle().execute("UPDATE ticket SET unit = 'early'");
            });
            JsonNode changes = responsible(hub, "20261121-0001").at("/unit/dutyChangesAt");
            assertThat(Instant.parse(changes.asText()))
                    .isBetween(now.plus(Duration.ofMinutes(119)), now.plus(Duration.ofMinutes(121)));
            try (Chromium page = Chromium.open(hub.uri("/"), 1280, 900)) {
                until(page, "document.querySelectorAll('.row').length", "1");
                page.eval(
                        "(() => { const real = window.setTimeout; window.later = [];"
                                + " window.setTimeout = (what, wait) => wait > 3600000 ? later.push(what) : real(what, wait); })()");
                page.eval("document.querySelector('.row').click(); 0");
                String duty = "[...document.querySelectorAll('.detail .facts dd')].map(one => one.textContent)"
                        + ".filter(one => one.includes('班 ')).join()";
                until(page, duty, "早班 1");
                until(page, "later.length", "1");
                // As when the shift changes: the ticket's version is what it was.
                hub.write(town -> hub.database.writer().handle().execute("UPDATE ticket SET unit = 'late'"));
                page.eval("later[0](); 0");
                until(page, duty, "晚班 1");
                assertThat(page.complaints).isEmpty();
            }
        }
    }

    private static Unit unit(String id, Shift shift) {
        return new Unit(id, new Name(id, id), "119", List.of(), List.of(shift));
    }

    private static Shift shift(String person, LocalTime from, LocalTime to) {
        return new Shift(person, "1", EnumSet.allOf(DayOfWeek.class), Set.of(), from, to);
    }

    private static JsonNode responsible(TestHub hub, String ticket) throws Exception {
        return new ObjectMapper()
                .readTree(hub.get("/api/v1/tickets/" + ticket).body())
                .path("responsible");
    }
}
