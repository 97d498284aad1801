package io.fengsui.hub.console;

import static io.fengsui.hub.console.TestingPage.resize;
import static io.fengsui.hub.console.TestingPage.shot;
import static io.fengsui.hub.console.TestingPage.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of tickets in a real browser, as wide as a desk and as narrow as a phone. */
@Tag("slow")
class PhonePageTest {
    /** What is wider than the page, but for what scrolls by itself. */
    private static final String TOO_WIDE = "[...document.querySelectorAll('body *')].filter(one =>"
            + " one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.chips, .pages, .edges'))"
            + ".map(one => one.tagName + '.' + one.className).join(' ')";

    /** Titles, places and states of rows that do not fit. */
    private static final String CUT =
            "[...document.querySelectorAll('.row .title, .row .where, .row .pill, .row .age, .row .severity')]"
                    + ".filter(one => getComputedStyle(one).display !== 'inline' && one.scrollWidth > one.clientWidth + 1)"
                    + ".map(one => one.textContent).join(' ')";

    /** At 390 pixels columns ran over one another, and a list of two rows stood above an empty half. */
    @Test
    void isReadableOnAPhoneAndATicketThatIsOpenedCoversTheList(@TempDir Path folder) throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        Instant now = Instant.now();
        try (TestHub hub = TestHub.open(folder)) {
            hub.write(town -> {
                town.fleet(now);
                town.tickets(14, now);
            });
            try (Chromium page = Chromium.open(hub.uri("/"), 1280, 900)) {
                for (String language : List.of("zh", "en")) {
                    resize(page, 1280, 900);
                    until(page, "document.querySelectorAll('.row').length", "14");
                    assertThat(page.eval("getComputedStyle(document.querySelector('.columns')).display"))
                            .isEqualTo("grid");
                    shot(page, "console-" + language + "-1280");
                    resize(page, 390, 844);
                    until(page, "getComputedStyle(document.querySelector('.columns')).display", "none");
                    assertThat(page.eval(TOO_WIDE))
                            .as("reaches beyond the screen")
                            .isEmpty();
                    assertThat(page.eval(CUT)).as("is cut off in a card").isEmpty();
                    shot(page, "console-" + language + "-390");
                    page.eval("document.querySelector('.row').scrollIntoView(); 0");
                    shot(page, "console-" + language + "-390-list");

                    page.eval("document.querySelectorAll('.row')[3].click()");
                    until(page, "document.querySelectorAll('.detail.open .facts').length", "1");
                    assertThat(page.eval(
                                    "(() => { const box = document.querySelector('.detail').getBoundingClientRect();"
                                            + " return [box.left, box.top, box.width, box.height].join(); })()"))
                            .isEqualTo("0,0,390,844");
                    assertThat(page.eval(TOO_WIDE)).isEmpty();
                    shot(page, "console-" + language + "-390-ticket");
                    page.eval("document.querySelector('.back').click()");
                    assertThat(page.eval("getComputedStyle(document.querySelector('.detail')).display"))
                            .isEqualTo("none");
                    assertThat(page.eval("document.activeElement.id")).isEqualTo("list");
                    page.eval("document.getElementById('language').click()");
                }
                resize(page, 1280, 900);
                assertThat(page.eval("document.querySelector('.detail').textContent"))
                        .isEqualTo("选择一张工单查看详情");
                assertThat(page.complaints).isEmpty();
            }
        }
    }
}
