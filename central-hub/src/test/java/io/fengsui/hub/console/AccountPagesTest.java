package io.fengsui.hub.console;

import static io.fengsui.hub.console.TestingPage.enter;
import static io.fengsui.hub.console.TestingPage.narrow;
import static io.fengsui.hub.console.TestingPage.press;
import static io.fengsui.hub.console.TestingPage.shot;
import static io.fengsui.hub.console.TestingPage.type;
import static io.fengsui.hub.console.TestingPage.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.hub.access.TokenCheck;
import io.fengsui.hub.access.user.Scope;
import io.fengsui.hub.grid.unit.Router;
import io.fengsui.hub.ticket.workflow.Role;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages for people and their accounts in a real browser, as somebody of the command centre goes through them. */
@Tag("slow")
class AccountPagesTest {
    private static final String PASSWORD = "晋城-beacon-17";
    private static final String NEXT = "another-word-98";
    private static final String EVIL = "<img src=x onerror=\"window.struck=1\">";

    @TempDir
    private Path folder;

    @Test
    void fromTheSetUpCodeToTheAudit() throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        try (TestHub hub = hub()) {
            String code = hub.reception.setUp().make(TimeSource.system().wall());
            try (Chromium page = Chromium.open(hub.uri("/"), 1280, 800)) {
                until(page, "location.pathname", "/setup");
                until(page, "document.readyState", "complete");
                shot(page, "setup");
                fill(page, Map.of("code", "0000-0000-0000-0000", "user", "zhang.wei", "password", PASSWORD));
                until(page, "document.getElementById('wrong').textContent.includes('初始化码错误')", "true");
                assertThat(page.eval("document.getElementById('wrong').textContent"))
                        .contains("the set-up code is wrong");
                fill(
                        page,
                        Map.of(
                                "code",
                                code.toLowerCase(java.util.Locale.ROOT),
                                "user",
                                "zhang.wei",
                                "password",
                                PASSWORD));
                until(page, "location.pathname", "/");
                until(page, "document.getElementById('who').textContent", "zhang.wei · 管理员");

                page.eval("document.getElementById('admin').click()");
                until(page, "location.pathname", "/users");
                until(page, "document.querySelectorAll('#users tr').length", "1");
                create(page, "li", "dispatcher", "");
                until(page, "document.querySelectorAll('#users tr').length", "2");
                create(page, "li", "viewer", "");
                until(page, "document.getElementById('toast').textContent", "操作失败:已有同名用户");
                create(page, "xiaofang", "unit", "fire");
                until(page, "document.querySelectorAll('#users tr').length", "3");
                assertThat(page.eval("document.getElementById('new-user').elements.role.value"))
                        .isEqualTo("viewer");
                shot(page, "users-zh");

                page.eval("document.getElementById('language').click()");
                until(page, "document.querySelector('[data-word=users]').textContent", "Users and audit");
                until(
                        page,
                        "[...document.querySelectorAll('#users button')].some(b => b.textContent === 'Disable')",
                        "true");
                assertThat(page.eval("document.body.textContent"))
                        .doesNotContain(PASSWORD)
                        .doesNotContain("undefined");
                assertThat(page.eval("document.getElementById('new-user').elements.role.value"))
                        .as("nobody becomes an admin by leaving a field alone")
                        .isEqualTo("viewer");
                shot(page, "users-en");
                button(page, "xiaofang", 1);
                until(page, "document.querySelector('tr[data-name=xiaofang]').className", "off");
                // The list is fetched anew after each change, and empty until it is there.
                until(page, "document.querySelector('#audit').textContent.includes('POST /api/v1/users')", "true");
                assertThat(page.eval("document.querySelector('#audit').textContent"))
                        .contains("POST /api/v1/users")
                        .contains("zhang.wei")
                        .contains("set-up");
                button(page, "zhang.wei", 1);
                until(page, "document.getElementById('toast').textContent.includes('last admin')", "true");

                button(page, "li", 2);
                until(page, "document.getElementById('reset').open", "true");
                assertThat(page.eval("document.querySelector('#reset input').type"))
                        .isEqualTo("password");
                shot(page, "users-reset");
                page.eval("document.querySelector('#reset input').value = '" + NEXT + "'");
                page.eval("document.querySelector('#reset form').requestSubmit()");
                until(page, "document.getElementById('reset').open", "false");
                until(
                        page,
                        "document.querySelector('#audit').textContent.includes('dispatcher -> dispatcher password')",
                        "true");
                assertThat(page.eval("document.body.textContent")).doesNotContain(NEXT);
            }
        }
    }

    @Test
    void areasAndUnitsAreShownAndChosenByTheirNames() throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        try (TestHub hub = new TestHub(
                folder,
                TokenCheck.of("0123456789abcdef"),
                ConsoleSettings.DEFAULT,
                0,
                new Router(NamesRestTest.TOWN, NamesRestTest.UNITS))) {
            String[] root = hub.signedIn("root", Role.ADMIN, "");
            String[] wang = hub.signedIn("wang", Role.UNIT, "fire", "140502", "140525-gone");
            try (Chromium page = Chromium.open(hub.uri("/login"), 1280, 900)) {
                enter(page, hub, root, "/users");
                until(page, said("wang"), "凤台街道 140502×|140525-gone×|消防大队 fire×");
                shot(page, "users-names-zh");

                type(page, "document.querySelector('#new-user [name=areas]')", "高都");
                until(
                        page,
                        "document.querySelector('#pick-areas li').innerText.replace(/\\s+/g, ' ')",
                        "高都镇 140525 晋城");
                press(page, "ArrowDown");
                press(page, "Enter");
                type(page, "document.querySelector('#new-user [name=unit]')", "水务");
                until(page, "String(document.querySelectorAll('#pick-units li').length)", "1");
                shot(page, "users-pick-zh");
                page.eval("document.querySelector('#pick-units li').click()");
                create(page, "chen", "dispatcher", "");
                until(page, said("chen"), "高都镇 140525×|水务所 water-1×");
                assertThat(page.eval("document.querySelectorAll('#new-user .picked-one').length"))
                        .isEqualTo("0");

                type(page, "document.querySelector('tr[data-name=chen] td:nth-child(4) input')", "fire");
                until(page, "String(document.querySelectorAll('#pick-units-chen li').length)", "1");
                page.eval("document.querySelector('#pick-units-chen li').click()");
                type(page, "document.querySelector('tr[data-name=chen] td:nth-child(3) input')", "凤台街道");
                button(page, "chen", 0);
                until(page, said("chen"), "高都镇 140525×|凤台街道 140502×|消防大队 fire×");
                assertThat(hub.reception
                                .door()
                                .users()
                                .find("chen")
                                .orElseThrow()
                                .account()
                                .user()
                                .scope())
                        .isEqualTo(new Scope(List.of("140525", "140502"), "fire"));

                type(page, "document.querySelector('tr[data-name=chen] td:nth-child(3) input')", "没有这里");
                button(page, "chen", 0);
                until(page, "document.getElementById('toast').textContent.startsWith('操作失败:没有区域或单位 没有这里')", "true");

                page.eval("document.getElementById('language').click()");
                until(page, said("wang"), "Fengtai 140502×|140525-gone×|Fire brigade fire×");
                type(page, "document.querySelector('tr[data-name=wang] td:nth-child(3) input')", "town");
                shot(page, "users-names-en");

                enter(page, hub, wang, "/");
                until(
                        page,
                        "document.getElementById('who').textContent",
                        "wang · unit · Fire brigade fire · Fengtai 140502 · 140525-gone");
                shot(page, "header-names-en");
                page.eval("document.getElementById('language').click()");
                until(
                        page,
                        "document.getElementById('who').textContent",
                        "wang · 处置单位 · 消防大队 fire · 凤台街道 140502 · 140525-gone");
                assertThat(page.eval("document.documentElement.scrollWidth <= 1280"))
                        .isEqualTo("true");
                shot(page, "header-names-zh");
                narrow(page);
                shot(page, "header-names-zh-390");
                assertThat(page.eval("document.documentElement.scrollWidth <= 390"))
                        .isEqualTo("true");
                assertThat(page.complaints)
                        .as("but for the refusal, and advice on forms")
                        .filteredOn(one -> !one.contains("\"source\":\"recommendation\""))
                        .allMatch(one -> one.contains("400"));
            }
        }
    }

    @Test
    void aDispatcherSignsInChangesThePasswordAndSignsOut() throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        try (TestHub hub = hub()) {
            String body = "{\"name\": \"li\", \"role\": \"dispatcher\", \"password\": \"" + PASSWORD + "\"}";
            String[] token = {"authorization", "Bearer 0123456789abcdef", "content-type", "application/json"};
            assertThat(hub.post("/api/v1/users", body, token).statusCode()).isEqualTo(201);
            try (Chromium page = Chromium.open(hub.uri("/"), 1280, 800)) {
                until(page, "location.pathname", "/login");
                until(page, "document.readyState", "complete");
                shot(page, "login");
                fill(page, Map.of("user", "li", "password", "not the password"));
                until(page, "document.getElementById('wrong').hidden", "false");
                assertThat(page.eval("document.getElementById('wrong').textContent"))
                        .contains("用户名或密码错误");
                fill(page, Map.of("user", EVIL, "password", "not the password"));
                until(page, "document.querySelector('button').disabled", "false");
                fill(page, Map.of("user", "li", "password", PASSWORD));
                until(page, "location.pathname", "/");
                until(page, "document.getElementById('who').textContent", "li · 受理派遣");
                assertThat(page.eval("document.getElementById('admin').hidden")).isEqualTo("true");
                assertThat(page.eval("document.cookie")).as("not for scripts").isEmpty();

                page.eval("document.getElementById('own-password').click()");
                until(page, "location.pathname", "/password");
                until(page, "document.readyState", "complete");
                shot(page, "password");
                fill(page, Map.of("current", PASSWORD, "password", NEXT, "again", NEXT + "x"));
                until(page, "document.getElementById('wrong').textContent.includes('differ')", "true");
                fill(page, Map.of("current", "not the password", "password", NEXT, "again", NEXT));
                until(page, "document.getElementById('wrong').textContent.includes('当前密码错误')", "true");
                fill(page, Map.of("current", PASSWORD, "password", NEXT, "again", NEXT));
                until(page, "location.pathname", "/");
                until(page, "document.getElementById('who').textContent", "li · 受理派遣");

                page.eval("document.getElementById('out').click()");
                until(page, "location.pathname", "/login");
                page.call("Page.navigate", Map.of("url", hub.uri("/").toString()));
                until(page, "location.pathname", "/login");
                until(page, "document.readyState", "complete");
                fill(page, Map.of("user", "li", "password", NEXT));
                until(page, "location.pathname", "/");
                assertThat(page.eval("String(window.struck)")).isEqualTo("undefined");
            }
        }
    }

    private TestHub hub() throws IOException {
        return new TestHub(folder, TokenCheck.of("0123456789abcdef"), ConsoleSettings.DEFAULT, 0);
    }

    /** Types into the fields and sends the form, as a click on its button does. */
    private static void fill(Chromium page, Map<String, String> fields) throws Exception {
        for (Map.Entry<String, String> field : fields.entrySet()) {
            page.eval("document.getElementById('" + field.getKey() + "').value = '"
                    + field.getValue().replace("'", "\\'") + "'");
        }
        page.eval("document.querySelector('button[type=submit]').click()");
    }

    private static void create(Chromium page, String name, String role, String unit) throws Exception {
        page.eval("""
                (() => { const form = document.getElementById('new-user');
                  form.elements.name.value = '%s'; form.elements.role.value = '%s'; form.elements.unit.value = '%s';
                  form.elements.password.value = '%s'; form.requestSubmit(); })()""".formatted(name, role, unit, PASSWORD));
    }

    /** Areas and unit of a user, as the page shows them. */
    private static String said(String user) {
        return "[...document.querySelectorAll('tr[data-name=" + user
                + "] .picked-one')].map(one => one.textContent).join('|')";
    }

    private static void button(Chromium page, String user, int index) throws Exception {
        page.eval("document.querySelector('tr[data-name=\"" + user + "\"]').querySelectorAll('.buttons button')["
                + index + "].click()");
    }
}
