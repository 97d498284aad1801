package io.fengsui.hub.console;

import static io.fengsui.hub.console.SilencesForm.CHOSEN;
import static io.fengsui.hub.console.SilencesForm.TOKYO;
import static io.fengsui.hub.console.SilencesForm.chip;
import static io.fengsui.hub.console.SilencesForm.silences;
import static io.fengsui.hub.console.SilencesForm.submit;
import static io.fengsui.hub.console.SilencesForm.toast;
import static io.fengsui.hub.console.SilencesForm.town;
import static io.fengsui.hub.console.TestingPage.enter;
import static io.fengsui.hub.console.TestingPage.narrow;
import static io.fengsui.hub.console.TestingPage.press;
import static io.fengsui.hub.console.TestingPage.shot;
import static io.fengsui.hub.console.TestingPage.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.hub.access.TokenCheck;
import io.fengsui.hub.notify.silence.Silence;
import io.fengsui.hub.ticket.workflow.Role;
import io.fengsui.runtime.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody of the command centre silences a ticket and announced work, and ends a silence, in a real browser. */
@Tag("slow")
class SilencesPageTest {
    private static final String EVIL = "<img src=x onerror=\"window.struck=1\">";

    @TempDir
    private Path folder;

    private final Instant now = TimeSource.system().wall();

    @Test
    void fromATicketToASilenceOfItAndItsEnd() throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        try (TestHub hub = town(folder, now, TokenCheck.none());
                Chromium page = Chromium.open(hub.uri("/"), 1280, 900)) {
            until(page, "document.querySelectorAll('.row').length", "3");
            page.eval("document.querySelector('.row').click()");
            until(page, "document.querySelector('.detail .links a').textContent", "静默此工单…");
            assertThat(page.eval("document.documentElement.scrollWidth <= 1280"))
                    .as("the header has room for all pages")
                    .isEqualTo("true");
            shot(page, "ticket-links");
            page.eval("document.querySelector('.detail .links a').click()");
            until(page, "location.pathname", "/silences");
            until(page, "document.querySelectorAll('#scopes .chip').length", "3");
            String ticket = page.eval("document.getElementById('new-silence').ticket.value");
            assertThat(page.eval("document.getElementById('about-ticket').textContent"))
                    .startsWith(ticket + " · ");
            assertThat(page.eval("document.activeElement.name")).isEqualTo("comment");
            assertThat(page.eval("document.getElementById('new-silence').end.value"))
                    .isEqualTo("done");

            shot(page, "silences-ticket");
            page.eval("document.querySelectorAll('#scopes .chip')[1].click()");
            assertThat(page.eval("[document.getElementById('new-silence').ticket.value, chosen(), end()].join('|')"
                            .replace("chosen()", CHOSEN)
                            .replace("end()", "document.getElementById('new-silence').end.value")))
                    .isEqualTo("|safety.intrusion  cam-reservoir-01|4h");
            until(page, chip("safety.intrusion"), "禁区有人停留 safety.intrusion×");
            until(page, chip("cam-reservoir-01"), "水库大坝 1 号 cam-reservoir-01×");
            page.eval("document.querySelectorAll('#scopes .chip')[0].click()");
            page.eval("document.getElementById('new-silence').comment.focus()");
            page.call("Input.insertText", Map.of("text", EVIL));
            press(page, "Enter");
            until(page, "document.querySelectorAll('#current tr').length", "1");
            Silence made = silences(hub).getFirst();
            assertThat(made.matcher().ticket()).isEqualTo(ticket);
            assertThat(Duration.between(made.from(), made.until())).isEqualTo(Silence.LONGEST);
            assertThat(made.word()).isEqualTo(new Silence.Word("local", EVIL));
            assertThat(page.eval("document.querySelector('#current tr').innerText"))
                    .contains("生效中", ticket, EVIL, "local", "或至工单办结");
            assertThat(page.eval("location.search")).isEmpty();

            page.eval("document.querySelector('#current a').click()");
            until(page, "document.querySelector('.detail .links a') !== null", "true");
            assertThat(page.eval("Detail.ticket.id")).isEqualTo(ticket);
            page.eval("history.back()");
            until(page, "document.querySelectorAll('#current tr button').length", "1");
            page.eval("document.querySelector('#current tr button').focus()");
            press(page, "Enter");
            until(page, "document.querySelectorAll('#over tr').length", "1");
            until(page, "document.getElementById('said').textContent", "静默已结束");
            assertThat(page.eval("document.getElementById('none').hidden")).isEqualTo("false");
            assertThat(page.eval("document.querySelector('#over tr').innerText"))
                    .contains("已结束", "local 提前结束");
            assertThat(silences(hub).getFirst().state(TimeSource.system().wall()))
                    .isEqualTo(Silence.State.OVER);
            assertThat(page.eval("String(window.struck)")).isEqualTo("undefined");
            assertThat(page.complaints).isEmpty();
        }
    }

    @Test
    void announcedWorkIsSilencedByTheClocksOfTheTownAndBadWishesAreTold() throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        try (TestHub hub = town(folder, now, TokenCheck.none());
                Chromium page = Chromium.open(hub.uri("/silences"), 1280, 900)) {
            until(page, "document.getElementById('new-silence').hidden", "false");
            LocalDateTime begin = LocalDateTime.ofInstant(now, TOKYO)
                    .truncatedTo(ChronoUnit.MINUTES)
                    .plusDays(2);
            submit(page, Map.of("comment", "施工"));
            toast(page, "操作失败:请填写工单、类别、区域或来源,不能静默全部");
            submit(
                    page,
                    Map.of(
                            "kinds",
                            "fire.*，water.leak",
                            "end",
                            "at",
                            "until",
                            begin.minusDays(3).toString()));
            toast(page, "操作失败:结束须晚于开始和现在,最长 30 天");
            submit(page, Map.of("until", begin.plusDays(33).toString(), "from", begin.toString()));
            toast(page, "操作失败:结束须晚于开始和现在,最长 30 天");
            submit(page, Map.of("until", begin.plusHours(6).toString(), "areas", "140502"));
            until(page, "document.querySelectorAll('#current tr').length", "1");
            Silence made = silences(hub).getFirst();
            assertThat(made.from())
                    .as("by the clocks of the town")
                    .isEqualTo(begin.atZone(TOKYO).toInstant());
            assertThat(made.until()).isEqualTo(begin.plusHours(6).atZone(TOKYO).toInstant());
            assertThat(made.matcher().kinds()).extracting(one -> one.text()).containsExactly("fire.*", "water.leak");
            assertThat(made.matcher().areas()).containsExactly("140502");
            assertThat(page.eval("document.querySelector('#current tr').innerText"))
                    .contains("未开始", "火情报警 fire.* 或 water.leak", "凤台街道 140502", "施工", "后开始");

            submit(page, Map.of("kinds", "", "areas", "", "ticket", "20261121-0003", "comment", "x"));
            toast(page, "操作失败:该工单已办结或作废,无须静默");
            assertThat(page.complaints).isEmpty();
            submit(page, Map.of("ticket", "20261121-0999"));
            toast(page, "操作失败:没有这个编号的工单");
            submit(page, Map.of("ticket", "", "kinds", "NOT A KIND"));
            toast(page, "操作失败:“NOT”不明确,请从列表中选择");
            assertThat(silences(hub)).hasSize(1);
            submit(page, Map.of("kinds", "fire.smoke", "end", "4h", "comment", "年度消防检测"));
            until(page, "document.querySelectorAll('#current tr').length", "2");
            until(page, "document.getElementById('toast').hidden", "true");

            shot(page, "silences-zh");
            page.eval("document.getElementById('language').click()");
            until(page, "document.querySelector('[data-word=silences]').textContent", "Silences");
            assertThat(page.eval("document.querySelector('#current tr').innerText"))
                    .contains("running", "Smoke fire.smoke", "left");
            assertThat(page.eval("document.body.innerText"))
                    .doesNotContain("undefined")
                    .doesNotContain("NaN");
            shot(page, "silences-en");
            page.eval("document.getElementById('language').click()");
            narrow(page);
            shot(page, "silences-zh-390");
            assertThat(page.eval("document.documentElement.scrollWidth <= 390")).isEqualTo("true");
        }
    }

    @Test
    void whoMayNotSilenceSeesNoneOfTheMeans() throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        try (TestHub hub = town(folder, now, TokenCheck.of("0123456789abcdef"))) {
            String[] chief = hub.signedIn("chief", Role.SUPERVISOR, "");
            for (String wish : List.of(
                    "{\"areas\": [\"140502\"], \"comment\": \"own\"}",
                    "{\"kinds\": [\"fire.*\"], \"comment\": \"all\"}")) {
                assertThat(hub.post("/api/v1/silences", wish, chief[0], chief[1], "content-type", "application/json")
                                .statusCode())
                        .isEqualTo(201);
            }
            try (Chromium page = Chromium.open(hub.uri("/login"), 1280, 800)) {
                enter(page, hub, hub.signedIn("wang", Role.VIEWER, ""), "/silences");
                until(page, "document.querySelectorAll('#current tr').length", "2");
                assertThat(page.eval("document.querySelectorAll('main button:not([hidden]), main form:not([hidden])')"
                                + ".length + document.querySelectorAll('#current button').length"))
                        .as("the form's own are in the hidden form")
                        .isEqualTo(page.eval("document.querySelectorAll('#new-silence[hidden] button').length"));
                enter(page, hub, hub.signedIn("wang", Role.VIEWER, ""), "/?ticket=20261121-0001");
                until(page, "document.querySelectorAll('.detail .facts').length", "1");
                assertThat(page.eval("document.querySelectorAll('.detail .links a').length"))
                        .isEqualTo("0");

                enter(page, hub, hub.signedIn("fengtai", Role.DISPATCHER, "", "140502"), "/silences");
                until(page, "document.querySelectorAll('#current tr').length", "2");
                assertThat(
                                page.eval(
                                        "[...document.querySelectorAll('#current tr')]"
                                                + ".filter(one => one.querySelector('button')).map(one => one.cells[2].textContent).join()"))
                        .as("ends what is within their reach only")
                        .isEqualTo("own");
                assertThat(page.eval("document.getElementById('confined').hidden"))
                        .isEqualTo("false");
                until(page, chip("140502"), "凤台街道 140502×");
                assertThat(page.complaints).isEmpty();
            }
        }
    }
}
