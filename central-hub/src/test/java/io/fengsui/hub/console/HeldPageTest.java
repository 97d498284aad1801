package io.fengsui.hub.console;

import static io.fengsui.hub.console.TestingPage.shot;
import static io.fengsui.hub.console.TestingPage.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.runtime.TimeSource;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alarms that wait for their ticket, where they can be seen: they were in a table, and on no page. */
class HeldPageTest {
    private final Instant now = TimeSource.system().wall();

    private void hold(TestHub hub) {
        hub.write(town -> {
            town.fleet(now);
            town.held("i-2", SampleScenes.ALL.get(2), "MAINTENANCE", now.minusSeconds(60), now.plusSeconds(7_200));
            town.held("i-1", SampleScenes.ALL.get(0), "WAITS_FOR_CAUSE", now.minusSeconds(5), now.plusSeconds(25));
        });
    }

    @Test
    void whatEndsFirstComesFirstPageByPage(@TempDir Path folder) throws Exception {
        try (TestHub hub = TestHub.open(folder)) {
            assertThat(page(hub, "").path("items")).isEmpty();
            hold(hub);
            JsonNode first = page(hub, "?limit=1");
            assertThat(first.at("/items/0/incident").asText()).isEqualTo("i-1");
            assertThat(first.at("/items/0/reason").asText()).isEqualTo("waits-for-cause");
            JsonNode second = page(hub, "?limit=1&cursor=" + first.path("next").asText());
            assertThat(second.at("/items/0/incident").asText()).isEqualTo("i-2");
            assertThat(second.at("/items/0/sourceName/zh").asText()).isEqualTo("3 号楼 0307 烟感");
            assertThat(second.path("next").isNull()).isTrue();
        }
    }

    /** It was promised a ticket of which the policy makes none. */
    @Test
    void saysOfWhatThereWillBeNoTicketWhateverHappens(@TempDir Path folder) throws Exception {
        try (TestHub hub = TestHub.open(folder)) {
            hold(hub);
            SampleScenes.Scene crowd = SampleScenes.ALL.stream()
                    .filter(scene -> scene.kind().equals("safety.crowd"))
                    .findFirst()
                    .orElseThrow();
            hub.write(town -> town.held("i-3", crowd, "MAINTENANCE", now.minusSeconds(60), now.plusSeconds(9_000)));
            assertThat(page(hub, "").findValues("opensTicket").toString()).isEqualTo("[true, true, false]");
        }
    }

    @Test
    @Tag("slow")
    void theyStandBesideTheSilencesWithWhyAndUntilWhen(@TempDir Path folder) throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        try (TestHub hub = TestHub.open(folder)) {
            hold(hub);
            try (Chromium page = Chromium.open(hub.uri("/silences"), 1280, 900)) {
                until(page, "document.querySelectorAll('#held tr').length", "2");
                String text = "document.querySelector('#held').innerText.replace(/\\s+/g, ' ')";
                assertThat(page.eval(text)).contains("水库大坝 1 号", "等待其上级设备的消息", "3 号楼 0307 烟感", "该处正在施工或检修");
                assertThat(page.eval(text)).contains("还有").doesNotContain("按工单策略不建单");
                hub.write(_ -> hub.database.writer().handle().execute("UPDATE gathered SET kind = 'safety.crowd'"));
                page.eval("Silences.lists(); 0");
                until(page, text + ".includes('按工单策略不建单')", "true");
                shot(page, "held-zh");
                page.eval("document.getElementById('language').click()");
                until(page, text + ".includes('work was announced there')", "true");
                hub.write(_ -> hub.database.writer().handle().execute("UPDATE gathered SET held_until = NULL"));
                page.eval("Silences.lists(); 0");
                until(page, "document.getElementById('held-part').hidden", "true");
                assertThat(page.complaints).isEmpty();
            }
        }
    }

    private static JsonNode page(TestHub hub, String query) throws Exception {
        return new ObjectMapper().readTree(hub.get("/api/v1/held" + query).body());
    }
}
