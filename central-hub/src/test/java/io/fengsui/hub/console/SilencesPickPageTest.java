package io.fengsui.hub.console;

import static io.fengsui.hub.console.SilencesForm.CHOSEN;
import static io.fengsui.hub.console.SilencesForm.chip;
import static io.fengsui.hub.console.SilencesForm.silences;
import static io.fengsui.hub.console.SilencesForm.submit;
import static io.fengsui.hub.console.SilencesForm.toast;
import static io.fengsui.hub.console.SilencesForm.town;
import static io.fengsui.hub.console.SilencesForm.type;
import static io.fengsui.hub.console.TestingPage.narrow;
import static io.fengsui.hub.console.TestingPage.press;
import static io.fengsui.hub.console.TestingPage.shot;
import static io.fengsui.hub.console.TestingPage.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.hub.access.TokenCheck;
import io.fengsui.hub.notify.silence.Silence;
import io.fengsui.runtime.TimeSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody of the command centre finds by its name what to silence, in a real browser. */
@Tag("slow")
class SilencesPickPageTest {
    @TempDir
    private Path folder;

    private final Instant now = TimeSource.system().wall();

    @Test
    void areasKindsAndSourcesAreChosenByTheirNames() throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        try (TestHub hub = town(folder, now, TokenCheck.none());
                Chromium page = Chromium.open(hub.uri("/silences"), 1280, 900)) {
            until(page, "document.getElementById('new-silence').hidden", "false");
            type(page, "areas", "凤台");
            until(page, "document.querySelector('#pick-areas li').innerText.replace(/\\s+/g, ' ')", "凤台街道 140502 晋城");
            shot(page, "silences-pick-zh");
            press(page, "ArrowDown");
            press(page, "Enter");
            until(page, chip("140502"), "凤台街道 140502×");
            assertThat(page.eval("document.getElementById('pick-areas').hidden"))
                    .isEqualTo("true");
            type(page, "areas", "140525");
            press(page, "Enter");
            until(page, chip("140525"), "高都镇 140525×");
            press(page, "Backspace");
            assertThat(page.eval(CHOSEN)).isEqualTo(" 140502 ");

            type(page, "sources", "cam");
            until(page, "String(document.querySelectorAll('#pick-sources li').length)", "5");
            assertThat(page.eval("document.querySelector('#pick-sources').lastChild.innerText"))
                    .as("by its id, before it is there")
                    .contains("cam", "尚未见过");
            press(page, "Enter");
            toast(page, "操作失败:“cam”不明确,请从列表中选择");
            page.eval("document.querySelectorAll('#pick-sources li')[0].click()");
            until(page, chip("cam-fire-lane"), "消防通道 cam-fire-lane×");
            type(page, "sources", "cam-new");
            until(page, "String(document.querySelectorAll('#pick-sources li').length)", "1");
            press(page, "ArrowDown");
            press(page, "Enter");
            until(page, chip("cam-new"), "cam-new(尚未见过)×");
            shot(page, "silences-chosen-zh");
            submit(page, Map.of("kinds", "烟感报警", "comment", "安装"));
            until(page, "document.querySelectorAll('#current tr').length", "1");
            Silence made = silences(hub).getFirst();
            assertThat(made.matcher().areas()).containsExactly("140502");
            assertThat(made.matcher().sources()).containsExactly("cam-fire-lane", "cam-new");
            assertThat(made.matcher().kinds()).extracting(one -> one.text()).containsExactly("fire.smoke");
            assertThat(page.eval(CHOSEN)).as("the form is empty again").isEqualTo("  ");
            assertThat(page.eval("document.querySelector('#current tr').innerText"))
                    .contains("烟感报警 fire.smoke", "凤台街道 140502", "消防通道 cam-fire-lane 或 cam-new");

            type(page, "areas", "没有这里");
            press(page, "Enter");
            until(page, chip("没有这里"), "没有这里×");
            submit(page, Map.of("comment", "x"));
            until(page, "document.getElementById('toast').textContent.startsWith('操作失败:areas:没有区域 没有这里')", "true");
            page.eval("document.querySelector('.picked-one button').click()");
            assertThat(page.eval(CHOSEN)).isEqualTo("  ");
            page.eval("document.getElementById('language').click()");
            type(page, "areas", "town");
            type(page, "sources", "Fengtai");
            until(page, "String(document.querySelectorAll('#pick-sources li').length > 2)", "true");
            shot(page, "silences-pick-en");
            narrow(page);
            shot(page, "silences-pick-en-390");
            assertThat(page.eval("document.documentElement.scrollWidth <= 390")).isEqualTo("true");
            assertThat(page.complaints).as("but for the refusal").allMatch(one -> one.contains("422"));
        }
    }
}
