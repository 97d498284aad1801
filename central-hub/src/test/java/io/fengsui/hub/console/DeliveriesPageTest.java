package io.fengsui.hub.console;

import static io.fengsui.hub.console.TestingPage.enter;
import static io.fengsui.hub.console.TestingPage.narrow;
import static io.fengsui.hub.console.TestingPage.press;
import static io.fengsui.hub.console.TestingPage.shot;
import static io.fengsui.hub.console.TestingPage.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.hub.access.TokenCheck;
import io.fengsui.hub.notify.Delivery;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.hub.ticket.workflow.Role;
import io.fengsui.runtime.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody looks for what was told of a ticket, and has a dead letter sent again, in a real browser. */
@Tag("slow")
class DeliveriesPageTest {
    private static final String ROWS =
            "[...document.querySelectorAll('#list tr')].map(one => one.dataset.id).join(' ')";

    @TempDir
    private Path folder;

    private final Instant now = TimeSource.system().wall();

    @Test
    void saysWhatBecameOfEachMessageAndWhy() throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        try (TestHub hub = town(TokenCheck.none());
                Chromium page = Chromium.open(hub.uri("/deliveries"), 1280, 900)) {
            until(page, ROWS, "night again there lost digest");
            assertThat(row(page, "night")).contains("待发送", "发送", "免打扰时段结束后发送", "尚未发送");
            assertThat(row(page, "again"))
                    .contains("重试中", "下次", "已发送 2 次 · 失败 · status 500 <img", "20261121-0002", "command-centre", "hook");
            assertThat(row(page, "there")).contains("已送达", "成功 · status 204", "任庄水库");
            assertThat(row(page, "lost")).contains("未送达", "已发送 7 次 · 失败 · ConnectException: refused");
            assertThat(row(page, "digest")).contains("unit-fire", "mail", "另有 6 条");

            page.eval("document.querySelector('tr[data-id=lost] summary').focus()");
            press(page, "Enter");
            until(page, "document.querySelectorAll('tr[data-id=lost] li').length", "7");
            page.eval("Deliveries.again(); 0");
            page.eval("document.getElementById('language').click()");
            until(page, "document.querySelector('[data-word=deliveries]').textContent", "Messages");
            until(page, "document.querySelectorAll('tr[data-id=lost] details[open] li').length", "7");
            assertThat(row(page, "lost")).contains("dead letter", "7 tries · failed", "Send again");
            assertThat(page.eval("document.body.innerText"))
                    .doesNotContain("undefined")
                    .doesNotContain("NaN");
            shot(page, "deliveries-en");
            page.eval("document.getElementById('language').click()");
            page.eval("document.querySelector('tr[data-id=lost] summary').click()");
            shot(page, "deliveries-zh");
            narrow(page);
            assertThat(page.eval("document.documentElement.scrollWidth <= 390")).isEqualTo("true");
            shot(page, "deliveries-zh-390");
            assertThat(page.eval("String(window.struck)")).isEqualTo("undefined");
            assertThat(page.complaints).isEmpty();
        }
    }

    @Test
    void aDeadLetterOfATicketIsFoundAndSentAgain() throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        try (TestHub hub = town(TokenCheck.none());
                Chromium page = Chromium.open(hub.uri("/?ticket=" + SampleMessages.FIRST), 1280, 900)) {
            until(page, "document.querySelectorAll('.detail .links a').length", "2");
            page.eval("document.querySelectorAll('.detail .links a')[1].click()");
            until(page, ROWS, "there lost digest");
            assertThat(page.eval("document.getElementById('filter').ticket.value"))
                    .isEqualTo(SampleMessages.FIRST);
            assertThat(row(page, "digest")).contains("新工单 " + SampleMessages.FIRST + ":禁区有人逗留 <img");
            page.eval("document.querySelector('#states [data-state=dead]').focus()");
            press(page, "Enter");
            until(page, ROWS, "lost");
            assertThat(page.eval("document.activeElement.dataset.state")).isEqualTo("dead");
            assertThat(page.eval("location.search")).isEqualTo("?state=dead&ticket=" + SampleMessages.FIRST);

            page.eval("document.querySelector('tr[data-id=lost] .buttons button').focus()");
            press(page, "Enter");
            until(page, "document.getElementById('said').textContent", "已重新放入发送队列");
            until(page, "document.getElementById('none').hidden", "false");
            assertThat(page.eval("document.getElementById('none').textContent")).isEqualTo("没有符合条件的通知");
            Delivery again = hub.queries.outbox().find("lost").orElseThrow();
            assertThat(again.run().state()).isEqualTo(Delivery.State.WAITING);

            page.eval("document.querySelector('#states [data-state=\"\"]').click()");
            until(page, ROWS, "there lost digest");
            assertThat(row(page, "lost")).contains("重试中", "已发送 7 次").doesNotContain("重新发送");
            assertThat(hub.tasks
                            .take(new TaskInput.DeliveryTried(
                                    "lost", 8, Duration.ofMillis(12), "delivered", "status 202"))
                            .join())
                    .isTrue();
            until(page, "document.querySelector('tr[data-id=lost] .pill').textContent", "已送达");
            assertThat(row(page, "lost")).contains("已发送 8 次 · 成功 · status 202");

            page.eval("document.getElementById('clear').click()");
            until(page, ROWS, "night again there lost digest");
            page.eval("document.getElementById('filter').channel.value = 'mail';"
                    + " document.getElementById('filter').requestSubmit(); 0");
            until(page, ROWS, "digest");
            assertThat(page.complaints).isEmpty();
            page.eval("document.getElementById('filter').ticket.value = 'no such thing';"
                    + " document.getElementById('filter').requestSubmit(); 0");
            until(page, "document.getElementById('toast').textContent.startsWith('操作失败:ticket 的值')", "true");
        }
    }

    @Test
    void messagesAreSeenAndSentAgainByThoseOnlyWhoMay() throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        try (TestHub hub = town(TokenCheck.of("0123456789abcdef"));
                Chromium page = Chromium.open(hub.uri("/login"), 1280, 900)) {
            enter(page, hub, hub.signedIn("li", Role.DISPATCHER, ""), "/deliveries");
            until(page, ROWS, "night again there lost digest");
            assertThat(page.eval("document.querySelectorAll('#list button').length"))
                    .isEqualTo("0");

            enter(page, hub, hub.signedIn("fengtai", Role.SUPERVISOR, "", "140525"), "/deliveries");
            until(page, "document.getElementById('none').hidden", "false");
            assertThat(page.eval("document.getElementById('none').textContent")).contains("仅不限区域和单位的人员可查看");
            enter(
                    page,
                    hub,
                    hub.signedIn("fengtai", Role.SUPERVISOR, "", "140525"),
                    "/?ticket=" + SampleMessages.FIRST);
            until(page, "document.querySelectorAll('.detail .links a').length", "1");

            enter(page, hub, hub.signedIn("wang", Role.VIEWER, ""), "/?ticket=" + SampleMessages.FIRST);
            until(page, "document.querySelectorAll('.detail .facts').length", "1");
            assertThat(page.eval("document.getElementById('deliveries').hidden"))
                    .isEqualTo("true");
            assertThat(page.complaints).isEmpty();
        }
    }

    private static String row(Chromium page, String id) throws Exception {
        return page.eval("document.querySelector('tr[data-id=" + id + "]').innerText.replace(/\\s+/g, ' ')");
    }

    private TestHub town(TokenCheck token) throws Exception {
        TestHub hub = new TestHub(folder, token, ConsoleSettings.DEFAULT, 0);
        hub.write(town -> {
            town.fleet(now);
            town.ticket(1, SampleScenes.ALL.get(0), "accepted", now.minusSeconds(600));
            town.ticket(2, SampleScenes.ALL.get(1), "reported", now.minusSeconds(60_000));
        });
        SampleMessages.lay(hub, now);
        return hub;
    }
}
