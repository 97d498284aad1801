package io.fengsui.hub.console;

import static io.fengsui.hub.console.TestingPage.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.runtime.TimeSource;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures of a week in a real browser. */
@Tag("slow")
class FiguresPageTest {
    @Test
    void showsTheFiguresByUnitAndByDayInBothLanguages(@TempDir Path folder) throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        try (TestHub hub = TestHub.open(folder)) {
            Instant now = TimeSource.system().wall();
            hub.write(town -> {
                town.fleet(now);
                for (int i = 1; i <= 20; i++) {
                    town.ticket(
                            i,
                            SampleScenes.ALL.get(i % SampleScenes.ALL.size()),
                            SampleTown.state(i),
                            now.minus(Duration.ofHours(20L * i)));
                }
                hub.database.writer().handle().execute("UPDATE ticket SET verdict = 'false' WHERE number = 3");
            });
            try (Chromium page = Chromium.open(hub.uri("/figures"), 1440, 1000)) {
                until(page, "document.querySelectorAll('#groups tr').length", "1");
                assertThat(page.eval("document.querySelector('#groups').textContent"))
                        .contains("无承办单位20");
                until(page, "document.querySelector('#verdicts').textContent.includes('100 %')", "true");
                String heads = "document.querySelector('#groups').parentNode.tHead.textContent";
                assertThat(page.eval(heads)).contains("按期结案率应结案", "返工率返工次数", "延期率延期次数");
                assertThat(page.eval("document.querySelector('#groups').parentNode.tHead.rows[0].cells.length"))
                        .isEqualTo(page.eval("document.querySelector('#groups').rows[0].cells.length"));
                assertThat(page.eval("document.querySelectorAll('#heat td.hour').length / 24"))
                        .isEqualTo(page.eval("document.querySelectorAll('#heat tr').length"));
                page.eval("[...document.querySelectorAll('#by button')].find(b => b.textContent === '按日').click()");
                until(page, "[31, 32].includes(document.querySelectorAll('#groups tr').length)", "true");
                assertThat(page.eval("[...document.querySelectorAll('#groups tr')]"
                                + ".reduce((sum, one) => sum + Number(one.cells[1].textContent), 0)"))
                        .isEqualTo("20");
                page.eval(
                        "[...document.querySelectorAll('#days button')].find(b => b.textContent.includes('7')).click()");
                until(page, "[8, 9].includes(document.querySelectorAll('#groups tr').length)", "true");
                // Seven days of seven-hour steps; what is taken home is what is shown.
                String csv = page.eval("document.querySelector('[data-export]').href");
                assertThat(URI.create(csv).getPath()).isEqualTo("/api/v1/export/tickets.csv");
                assertThat(hub.get(csv.substring(csv.indexOf("/api"))).body().lines())
                        .hasSize(1
                                + Integer.parseInt(page.eval("[...document.querySelectorAll('#groups tr')]"
                                        + ".reduce((sum, one) => sum + Number(one.cells[1].textContent), 0)")));
                page.screenshot(Files.createDirectories(Path.of("target")).resolve("page-figures-zh.png"));
                page.eval("document.getElementById('language').click()");
                until(page, "document.querySelector('[data-word=staysInState]').textContent", "Time in each state");
                assertThat(page.eval(heads)).contains("Closed on time", "Reworked", "Extended");
                assertThat(page.eval("document.body.textContent"))
                        .doesNotContain("undefined")
                        .doesNotContain("NaN");
                assertThat(page.complaints).isEmpty();
            }
        }
    }
}
