package io.fengsui.hub.console;

import static io.fengsui.hub.console.TestingPage.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.runtime.TimeSource;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the console's strip says of each edge, in a real browser. */
@Tag("slow")
class FleetStripPageTest {
    @Test
    void saysWhichClockIsWrongByHowMuchAndNothingOfTheOthers(@TempDir Path folder) throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        Instant now = TimeSource.system().wall();
        try (TestHub hub = TestHub.open(folder)) {
            hub.write(town -> {
                town.fleet(now);
                clock(hub, "edge-fengtai-01", -7_200_400);
                clock(hub, "edge-gaodu-01", 4_900);
                clock(hub, "edge-bagong-02", 90_000); // away
            });
            try (Chromium page = Chromium.open(hub.uri("/"), 1440, 900)) {
                String off = "[...document.querySelectorAll('#edges .blind')].map(one => one.textContent).join()";
                until(page, off, "时钟慢 7200 秒");
                page.eval("document.getElementById('language').click()");
                until(page, off, "clock 7200 s slow");
                hub.write(town -> {
                    clock(hub, "edge-fengtai-01", 20);
                    clock(hub, "edge-gaodu-01", 61_000);
                    town.change("edge", "edge-gaodu-01", "changed", now.toEpochMilli());
                    town.change("edge", "edge-fengtai-01", "changed", now.toEpochMilli());
                });
                until(page, off, "clock 61 s fast");
                assertThat(page.complaints).isEmpty();
            }
        }
    }

    private static void clock(TestHub hub, String edge, long millis) {
        hub.database.writer().handle().execute("UPDATE edge SET clock_offset_millis = ? WHERE id = ?", millis, edge);
    }
}
