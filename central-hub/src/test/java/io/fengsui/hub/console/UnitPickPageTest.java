package io.fengsui.hub.console;

import static io.fengsui.hub.console.TestingPage.press;
import static io.fengsui.hub.console.TestingPage.shot;
import static io.fengsui.hub.console.TestingPage.type;
import static io.fengsui.hub.console.TestingPage.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.hub.access.TokenCheck;
import io.fengsui.hub.grid.unit.Router;
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
        Instant now = TimeSource.system().wall();
        Router router = new Router(NamesRestTest.TOWN, NamesRestTest.UNITS);
        try (TestHub hub = new TestHub(folder, TokenCheck.none(), ConsoleSettings.DEFAULT, 0, router)) {
            hub.write(town -> {
                town.fleet(now);
                town.ticket(1, SampleScenes.ALL.get(0), "filed", now.minusSeconds(60));
                town.ticket(2, SampleScenes.ALL.get(1), "filed", now.minusSeconds(30));
            });
            try (Chromium page = Chromium.open(hub.uri("/?ticket=20261121-0001"), 1440, 1000)) {
                until(page, "document.querySelectorAll('.steps .pick input').length", "1");
                type(page, FIELD, "消防");
                until(page, "String(document.querySelectorAll('#pick-ticket-unit li').length)", "1");
                shot(page, "unit-pick");
                press(page, "ArrowDown");
                press(page, "Enter");
                until(page, CHOSEN, "fire");
                hub.write(town -> town.change("ticket", "20261121-0002", "changed", now.toEpochMilli()));
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
