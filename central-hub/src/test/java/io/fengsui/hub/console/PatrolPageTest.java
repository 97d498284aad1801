package io.fengsui.hub.console;

import static io.fengsui.hub.console.TestingPage.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.hub.access.TokenCheck;
import io.fengsui.hub.evidence.mark.PictureMark;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody goes through the pictures of a patrol's round in a real browser, faster than the hub answers. */
@Tag("slow")
class PatrolPageTest {
    private static final Instant MADE = Instant.parse("2026-11-21T20:30:00Z");
    private static final String ROUND = "01939a00-0000-7000-8000-000000000009";

    @Test
    void eachKeyMarksTheNextPictureAndTimesAreTheTowns(@TempDir Path folder) throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        ConsoleSettings tokyo = new ConsoleSettings(
                ZoneId.of("Asia/Tokyo"),
                ConsoleSettings.DEFAULT.maxStreams(),
                ConsoleSettings.DEFAULT.heartbeat(),
                ConsoleSettings.DEFAULT.slowest(),
                ConsoleSettings.DEFAULT.shards());
        try (TestHub hub = new TestHub(folder, TokenCheck.none(), tokyo, 0)) {
            hub.write(town -> {
                town.fleet(MADE);
                town.event(ROUND, night(), SampleScenes.SPOTS.getFirst(), "edge-fengtai-01", 9, MADE.toEpochMilli());
            });
            try (Chromium page = Chromium.open(hub.uri("/patrols"), 1280, 800)) {
                until(page, "document.querySelectorAll('.tile').length", "4");
                assertThat(page.eval("document.querySelector('.round .actor').textContent"))
                        .as("of the town, which is not the browser's")
                        .contains("05:29:58");
                page.eval("""
                        for (const key of ['1', '2', '3']) {
                          document.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
                        }
                        document.getElementById('note').value = '看不清门牌'""");
                until(
                        page,
                        "[...document.querySelectorAll('.tile')].map(one => one.dataset.mark).join(' ')",
                        "fine wrong unclear ");
                assertThat(page.eval("document.getElementById('camera').textContent"))
                        .isEqualTo("cam-d");
                assertThat(page.eval("document.getElementById('note').value"))
                        .as("answers do not wipe what is typed")
                        .isEqualTo("看不清门牌");
                Map<String, PictureMark> marks = Objects.requireNonNull(
                        hub.queries.marks().of(List.of(ROUND)).get(ROUND));
                assertThat(marks.keySet()).containsExactly("cam-a", "cam-b", "cam-c");
                assertThat(page.complaints).isEmpty();
            }
        }
    }

    private static SampleScenes.Scene night() {
        SampleScenes.Scene any = SampleScenes.ALL.getFirst();
        return new SampleScenes.Scene(
                "patrol.round",
                "夜巡",
                "Night round",
                "info",
                any.source(),
                "",
                List.of(),
                Map.of(
                        "patrol", "night",
                        "patrol.zh", "夜巡",
                        "patrol.en", "Night round",
                        "cameras", "cam-a,cam-b,cam-c,cam-d",
                        "sheet-columns", "2"),
                List.of());
    }
}
