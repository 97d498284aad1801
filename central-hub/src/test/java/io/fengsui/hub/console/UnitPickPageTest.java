package io.fengsui.hub.console;

import static io.fengsui.hub.console.TestingPage.press;
import static io.fengsui.hub.console.TestingPage.shot;
import static io.fengsui.hub.console.TestingPage.type;
import static io.fengsui.hub.console.TestingPage.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.hub.access.TokenCheck;
import io.fengsui.hub.grid.unit.Router;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.runtime.TimeSource;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dispatcher hands a ticket to a unit whose name, not whose id, they know, in a real browser. */
@Tag("slow")
class UnitPickPageTest {
    private static final String FIELD = "document.querySelector('.steps .pick input')";
    private static final String CHOSEN = "Detail.unit.codes().join()";

    @Test
    void aTicketGoesToTheUnitThatWasFoundByItsName(@TempDir Path folder) throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        try (TestHub hub = filled(folder)) {
            try (Chromium page = Chromium.open(hub.uri("/?ticket=20261121-0001"), 1440, 1000)) {
                until(page, "document.querySelectorAll('.steps .pick input').length", "1");
                type(page, FIELD, "消防");
                until(page, "String(document.querySelectorAll('#pick-ticket-unit li').length)", "1");
                shot(page, "unit-pick");
                press(page, "ArrowDown");
                press(page, "Enter");
                until(page, CHOSEN, "fire");
                hub.write(town -> town.change(
                        "ticket",
                        "20261121-0002",
                        "changed",
                        TimeSource.system().wall().toEpochMilli()));
                step(page, "派遣");
                until(page, "Detail.ticket.state", "dispatched");
                assertThat(unit(hub, "20261121-0001")).isEqualTo("fire");
                assertThat(page.eval(CHOSEN)).as("the wish is carried out").isEmpty();

                page.eval("document.querySelector('.row[data-id=\"20261121-0002\"]').click()");
                until(page, "Detail.ticket.id", "20261121-0002");
                type(page, FIELD, "消防大队");
                step(page, "派遣");
                until(page, "Detail.ticket.state", "dispatched");
                assertThat(unit(hub, "20261121-0002"))
                        .as("typed, and not taken from the list")
                        .isEqualTo("fire");
                assertThat(page.complaints).isEmpty();
            }
        }
    }

    /** While the hub was asked who that is, the next ticket was opened: it got the step, or the wish. */
    @Test
    void aStepIsDoneToTheTicketForWhichItWasChosen(@TempDir Path folder) throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        try (TestHub hub = filled(folder);
                Chromium page = Chromium.open(hub.uri("/?ticket=20261121-0001"), 1440, 1000)) {
            until(page, "document.querySelectorAll('.steps .pick input').length", "1");
            until(page, "document.querySelectorAll('.row').length", "2");
            page.eval("(() => { const real = window.fetch; window.held = new Promise(go => { window.go = go; });"
                    + " window.fetch = (path, terms) => String(path).includes('/names?of=units')"
                    + " ? held.then(() => real(path, terms)) : real(path, terms); })()");
            type(page, FIELD, "消防大队");
            step(page, "派遣");
            page.eval("document.querySelector('.row[data-id=\"20261121-0002\"]').click(); 0");
            until(page, "Detail.ticket.id", "20261121-0002");
            page.eval("go(); 0");
            until(page, "Board.tickets.get('20261121-0001').state", "dispatched");
            assertThat(unit(hub, "20261121-0001")).isEqualTo("fire");
            assertThat(page.eval("Detail.ticket.id + ' ' + Detail.ticket.state + ' ' + Detail.ticket.unit"))
                    .isEqualTo("20261121-0002 filed ");
            assertThat(page.eval("document.querySelector('.detail-head h2').textContent"))
                    .isEqualTo(page.eval("Speech.name(Board.tickets.get('20261121-0002').title)"));
            assertThat(page.eval(CHOSEN)).as("what is wished for the other").isEmpty();
            assertThat(page.complaints).isEmpty();
        }
    }

    /** News took the keyboard from what was typed: its next digit was a verdict. */
    @Test
    void newsOfTheTicketLeavesTheKeyboardWhereItIs(@TempDir Path folder) throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        try (TestHub hub = filled(folder);
                Chromium page = Chromium.open(hub.uri("/?ticket=20261121-0001"), 1440, 1000)) {
            until(page, "document.querySelectorAll('.steps .pick input').length", "1");
            type(page, "document.querySelector('.steps input.note')", "消防车 ");
            news(hub);
            until(page, "Detail.ticket.eventCount", "7");
            press(page, "2");
            until(page, "document.querySelector('.steps input.note').value", "消防车 2");
            assertThat(page.eval("Detail.note")).isEqualTo("消防车 2");
            type(page, FIELD, "消防");
            until(page, "String(document.querySelectorAll('#pick-ticket-unit li').length)", "1");
            news(hub);
            until(page, "Detail.ticket.eventCount", "14");
            press(page, "ArrowDown");
            press(page, "Enter");
            until(page, CHOSEN, "fire");
            assertThat(hub.taken).noneMatch(TaskInput.VerdictGiven.class::isInstance);
            assertThat(page.complaints).isEmpty();
        }
    }

    private static TestHub filled(Path folder) throws Exception {
        Instant now = TimeSource.system().wall();
        TestHub hub = new TestHub(
                folder,
                TokenCheck.none(),
                ConsoleSettings.DEFAULT,
                0,
                new Router(NamesRestTest.TOWN, NamesRestTest.UNITS));
        hub.write(town -> {
            town.fleet(now);
            town.ticket(1, SampleScenes.ALL.get(0), "filed", now.minusSeconds(60));
            town.ticket(2, SampleScenes.ALL.get(1), "filed", now.minusSeconds(30));
        });
        return hub;
    }

    private static void news(TestHub hub) {
        long now = TimeSource.system().wall().toEpochMilli();
        hub.write(town -> {
            hub.database
                    .writer()
                    .handle()
                    .execute(
                            "UPDATE ticket SET event_count = CASE event_count WHEN 7 THEN 14 ELSE 7 END,"
                                    + " version = version + 1, updated_at = ? WHERE number = 1",
                            now);
            town.change("ticket", "20261121-0001", "changed", now);
        });
    }

    private static void step(Chromium page, String name) throws Exception {
        page.eval("[...document.querySelectorAll('.steps .step')].find(b => b.textContent === '" + name
                + "').click(); 0");
    }

    private static String unit(TestHub hub, String ticket) {
        return hub.database
                .reader()
                .withHandle(handle -> handle.createQuery("SELECT unit FROM ticket WHERE id = ?")
                        .bind(0, ticket)
                        .mapTo(String.class)
                        .one());
    }
}
