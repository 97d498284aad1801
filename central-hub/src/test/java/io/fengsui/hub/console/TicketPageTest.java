package io.fengsui.hub.console;

import static io.fengsui.hub.console.TestingPage.shot;
import static io.fengsui.hub.console.TestingPage.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ticket that several sources told of, in a real browser. */
@Tag("slow")
class TicketPageTest {
    private static final String EVIL = "<img src=x onerror=\"window.struck=1\">";

    /** Only the first incident's events were there: a picture of another's had no boxes, and nobody saw who joined or why. */
    @Test
    void saysWhatJoinedATicketAndWhyAndWhatEachSourceTold(@TempDir Path folder) throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        Instant now = Instant.now();
        SampleScenes.Scene level = SampleScenes.ALL.get(3);
        SampleScenes.Scene meter = new SampleScenes.Scene(
                "fire.smoke",
                level.zh(),
                level.en(),
                level.severity(),
                level.source(),
                "",
                List.of(),
                Map.of("text", "楼道冒烟 " + EVIL, "reporter", "张三", "phone", "13800000000"),
                List.of());
        try (TestHub hub = TestHub.open(folder)) {
            hub.write(town -> {
                town.fleet(now);
                String id = town.ticket(1, SampleScenes.ALL.get(2), "reported", now.minusSeconds(300));
                town.joined(id, 2, SampleScenes.ALL.get(0), "same-thing", now.minusSeconds(200));
                town.joined(id, 3, meter, "storm", now.minusSeconds(100));
            });
            try (Chromium page = Chromium.open(hub.uri("/?ticket=20261121-0001"), 1600, 1400)) {
                until(page, "document.querySelectorAll('.box').length", "1");
                assertThat(page.eval("document.querySelector('.others').innerText.replace(/\\s+/g, ' ')"))
                        .contains("level-bridge", "内容 = 楼道冒烟", "报告人 = 张三", "电话 = 13800000000", "传感器 smoke-0307");
                assertThat(page.eval("document.querySelector('.whose').textContent"))
                        .as("a smoke detector's ticket shows a camera's picture, and why the camera spoke")
                        .startsWith("摄像机 cam-reservoir-01 · safety.intrusion · ");
                String history = "[...document.querySelectorAll('.history')].pop().innerText.replace(/\\s+/g, ' ')";
                assertThat(page.eval(history))
                        .contains("并入同一事件 · 附近另有来源报同一件事", "摄像机 cam-reservoir-01 · safety.intrusion")
                        .contains("并入同一事件 · 同地同类警情过多", "传感器 level-bridge · fire.smoke");
                shot(page, "ticket-joined");
                page.eval("document.getElementById('language').click()");
                until(page, "document.querySelector('.others').parentNode.firstChild.textContent", "Also told by");
                assertThat(page.eval(history))
                        .contains("another source near by tells of the same thing", "so many of its kind at the place");
                assertThat(page.eval("String(window.struck)")).isEqualTo("undefined");
                assertThat(page.complaints).isEmpty();
            }
        }
    }

    @Test
    void leadsToTheTicketThatItFollows(@TempDir Path folder) throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        Instant now = Instant.now();
        SampleScenes.Scene scene = SampleScenes.ALL.getFirst();
        try (TestHub hub = TestHub.open(folder)) {
            hub.write(town -> {
                town.fleet(now);
                String before = town.ticket(1, scene, "void", now.minusSeconds(7_200));
                String after = town.ticket(2, scene, "reported", now.minusSeconds(300));
                town.fact(after, 2, now.minusSeconds(300).toEpochMilli(), "", "", "hub");
                hub.database
                        .writer()
                        .handle()
                        .execute(
                                "UPDATE ticket_fact SET kind = 'follows', note = '', detail = ? WHERE ticket_id = ? AND version = 2",
                                "{\"ticket\":\"" + before + "\"}",
                                after);
            });
            try (Chromium page = Chromium.open(hub.uri("/?ticket=20261121-0002"), 1600, 1400)) {
                String line =
                        "(document.querySelector('.history a.id') || document.body).parentNode.parentNode.innerText"
                                + ".replace(/\\s+/g, ' ')";
                String link = "document.querySelector('.history a.id')";
                until(page, "(" + link + " || document.body).textContent", "20261121-0001");
                assertThat(page.eval(line)).contains("再次发生,上一工单").endsWith("20261121-0001");
                shot(page, "ticket-follows");
                page.eval("document.getElementById('language').click()");
                until(page, "String(" + line + ".includes('came back after ticket'))", "true");
                page.eval(link + ".click()");
                until(page, "location.search", "?ticket=20261121-0001");
                until(page, "String(document.getElementById('detail').innerText.includes('20261121-0001'))", "true");
                until(page, "String(" + link + ")", "null");
                assertThat(page.complaints).isEmpty();
            }
        }
    }
}
