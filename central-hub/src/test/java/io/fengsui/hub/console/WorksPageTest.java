package io.fengsui.hub.console;

import static io.fengsui.hub.console.SilencesForm.silences;
import static io.fengsui.hub.console.SilencesForm.submit;
import static io.fengsui.hub.console.SilencesForm.toast;
import static io.fengsui.hub.console.SilencesForm.town;
import static io.fengsui.hub.console.TestingPage.enter;
import static io.fengsui.hub.console.TestingPage.narrow;
import static io.fengsui.hub.console.TestingPage.shot;
import static io.fengsui.hub.console.TestingPage.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.hub.access.TokenCheck;
import io.fengsui.hub.notify.silence.Silence;
import io.fengsui.hub.store.query.SilenceQueries;
import io.fengsui.hub.ticket.workflow.Role;
import io.fengsui.runtime.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody of the command centre announces work and ends it, in a real browser. */
@Tag("slow")
class WorksPageTest {
    @TempDir
    private Path folder;

    private final Instant now = TimeSource.system().wall();

    @Test
    void announcedWorkStandsInItsOwnListUntilItIsEnded() throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        try (TestHub hub = town(folder, now, TokenCheck.none());
                Chromium page = Chromium.open(hub.uri("/silences?ticket=20261121-0001"), 1280, 900)) {
            until(page, "document.querySelectorAll('#scopes .chip').length", "3");
            submit(page, Map.of("purpose", "maintenance", "comment", "换杆"));
            toast(page, "操作失败:请填写类别或来源:仅按区域会把当地其他警情一并压下");
            assertThat(page.eval(
                            "[document.getElementById('of-ticket').hidden, document.getElementById('about').hidden,"
                                    + " document.getElementById('new-silence').ticket.value].join()"))
                    .as("work is of no ticket")
                    .isEqualTo("true,true,");
            submit(page, Map.of("kinds", "health.*", "areas", "140502", "end", "12h"));
            until(page, "document.querySelectorAll('#works tr').length", "1");
            until(page, "document.getElementById('said').textContent.startsWith('已登记,至 ')", "true");
            assertThat(silences(hub)).isEmpty();
            Silence made = works(hub).getFirst();
            assertThat(made.matcher().areas()).containsExactly("140502");
            assertThat(Duration.between(made.from(), made.until()))
                    .as("by the page's clock, and the hub's")
                    .isBetween(Duration.ofHours(11), Duration.ofHours(13));
            assertThat(page.eval("document.querySelector('#works tr').innerText"))
                    .contains("生效中", "health.*", "凤台街道 140502", "换杆", "local", "还有");
            assertThat(page.eval("document.getElementById('none').hidden")).isEqualTo("false");
            shot(page, "works-zh");
            narrow(page);
            shot(page, "works-zh-390");
            assertThat(page.eval("document.documentElement.scrollWidth <= 390")).isEqualTo("true");
            page.eval("document.getElementById('language').click()");
            until(page, "document.getElementById('create').textContent", "Announce");
            assertThat(page.eval("document.body.innerText"))
                    .contains("Announced work: no tickets meanwhile")
                    .doesNotContain("undefined");
            page.eval("document.querySelector('#works button').click()");
            until(page, "document.querySelectorAll('#works-over tr').length", "1");
            until(
                    page,
                    "document.getElementById('said').textContent",
                    "The work is ended; what it held back is decided now");
            assertThat(works(hub).getFirst().state(TimeSource.system().wall())).isEqualTo(Silence.State.OVER);
            assertThat(page.complaints).isEmpty();
        }
    }

    @Test
    void workOnWhatLivesHangOnIsRefusedAndWhatWiderKindsDoNotHoldIsSaid() throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        try (TestHub hub = town(folder, now, TokenCheck.none());
                Chromium page = Chromium.open(hub.uri("/silences"), 1280, 900)) {
            until(page, "document.getElementById('new-silence').hidden", "false");
            submit(page, Map.of("purpose", "maintenance", "kinds", "fire.smoke", "comment", "检测"));
            toast(page, "操作失败:kinds:fire.smoke 关乎生命安全,不因施工检修而暂缓建单;确需检修其设备,请在来源(sources)中写明");
            assertThat(works(hub)).isEmpty();
            page.eval("document.getElementById('language').click(); Silences.pick.kinds.set([]); 0");
            submit(page, Map.of("purpose", "maintenance", "kinds", "fire.*", "comment", "test"));
            until(page, "document.getElementById('toast').textContent.includes('lives hang on fire.*')", "true");
            page.eval("document.getElementById('language').click(); Silences.pick.kinds.set([]); 0");
            submit(page, Map.of("purpose", "maintenance", "kinds", "safety.*", "comment", "演练"));
            until(page, "document.querySelectorAll('#works tr').length", "1");
            assertThat(page.eval("document.querySelector('#works tr').innerText"))
                    .contains("照常建单", "safety.alarm-button,safety.help,safety.drowning");
            shot(page, "works-lives-zh");
            narrow(page);
            assertThat(page.eval("document.documentElement.scrollWidth <= 390")).isEqualTo("true");
            // Some work of before.
            hub.write(_ -> hub.database.writer().handle().execute("UPDATE silence SET kinds = 'fire.smoke'"));
            page.eval("Silences.lists(); 0");
            until(page, "document.querySelector('#works tr').innerText.includes('照常建单 烟感报警')", "true");
            assertThat(page.complaints).hasSize(2).allMatch(one -> one.contains("status of 400"));
        }
    }

    @Test
    void whoIsConfinedAnnouncesAndEndsWorkInTheirOwnAreasOnly() throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        try (TestHub hub = town(folder, now, TokenCheck.of("0123456789abcdef"))) {
            String[] chief = hub.signedIn("chief", Role.SUPERVISOR, "");
            assertThat(hub.post(
                                    "/api/v1/maintenance",
                                    "{\"kinds\": [\"health.*\"], \"comment\": \"all\"}",
                                    chief[0],
                                    chief[1],
                                    "content-type",
                                    "application/json")
                            .statusCode())
                    .isEqualTo(201);
            String[] fengtai = hub.signedIn("fengtai", Role.DISPATCHER, "", "140502");
            assertThat(hub.post(
                                    "/api/v1/maintenance",
                                    "{\"kinds\": [\"health.*\"], \"comment\": \"x\"}",
                                    fengtai[0],
                                    fengtai[1],
                                    "content-type",
                                    "application/json")
                            .statusCode())
                    .isEqualTo(403);
            try (Chromium page = Chromium.open(hub.uri("/login"), 1280, 800)) {
                enter(page, hub, fengtai, "/silences");
                until(page, "document.querySelectorAll('#works tr').length", "1");
                assertThat(page.eval("document.querySelectorAll('#works button').length"))
                        .isEqualTo("0");
                submit(page, Map.of("purpose", "maintenance", "kinds", "health.*", "comment", "own"));
                until(page, "document.querySelectorAll('#works tr').length", "2");
                assertThat(page.eval("document.querySelectorAll('#works button').length"))
                        .isEqualTo("1");
                assertThat(page.complaints).isEmpty();
            }
        }
    }

    private static List<Silence> works(TestHub hub) {
        return hub.queries
                .silences()
                .newest(new SilenceQueries.Wanted(Silence.Purpose.MAINTENANCE, List.of()), Instant.EPOCH, null, 10);
    }
}
