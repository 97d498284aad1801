package io.fengsui.hub.console;

import static io.fengsui.hub.console.TestingPage.press;
import static io.fengsui.hub.console.TestingPage.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.runtime.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dispatcher says with one key what a ticket was, in a real browser; what becomes of it is HubFiguresTest's. */
@Tag("slow")
class VerdictPageTest {
    private static final String TICKET = "20261121-0001";

    @Test
    void oneKeySaysWhatItWasUnlessSomethingIsTyped(@TempDir Path folder) throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        Instant now = TimeSource.system().wall();
        try (TestHub hub = TestHub.open(folder)) {
            hub.write(town -> {
                town.fleet(now);
                town.ticket(1, SampleScenes.ALL.get(0), "reported", now.minusSeconds(60));
            });
            try (Chromium page = Chromium.open(hub.uri("/"), 1440, 1000)) {
                until(page, "document.querySelectorAll('.row').length", "1");
                press(page, "1");
                page.eval("document.querySelector('.row').click(); 0");
                until(page, "Detail.ticket && Detail.ticket.id", TICKET);
                List<String> verdicts = List.of("true", "false", "duplicate", "test");
                for (int key = 1; key <= 4; key++) {
                    press(page, Integer.toString(key));
                    int told = key;
                    await().atMost(Duration.ofSeconds(30))
                            .untilAsserted(() -> assertThat(given(hub)).isEqualTo(verdicts.subList(0, told)));
                }
                page.eval("document.querySelector('.steps input.note').focus(); 0");
                press(page, "2");
                until(page, "document.querySelector('.steps input.note').value", "2");
                press(page, "5");
                page.eval("document.activeElement.blur(); 0");
                press(page, "1");
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(given(hub)).hasSize(5).endsWith("true"));
                assertThat(page.complaints).isEmpty();
            }
        }
    }

    private static List<String> given(TestHub hub) {
        return hub.taken.stream()
                .filter(TaskInput.VerdictGiven.class::isInstance)
                .map(TaskInput.VerdictGiven.class::cast)
                .filter(one -> one.ticket().equals(TICKET))
                .map(TaskInput.VerdictGiven::verdict)
                .toList();
    }
}
