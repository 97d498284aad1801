package io.fengsui.hub.console;

import static io.fengsui.hub.console.TestingPage.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.protocol.Severity;
import io.fengsui.protocol.link.Answer;
import io.fengsui.protocol.link.Question;
import io.fengsui.runtime.TimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changed rules are tried on an edge's recordings in a real browser. */
@Tag("slow")
class ReplayPageTest {
    private static final String RULES = """
            rules:
              - {id: river-high, kind: water.level.high, severity: major, threshold: {quantity: level, above: 2.6, for: 30s}}
            """;

    private final LinkedBlockingQueue<Question.Matter> asked = new LinkedBlockingQueue<>();
    private final CompletableFuture<Answer.Finding> answer = new CompletableFuture<>();

    private static Answer.Replayed replayed(Instant now) {
        return new Answer.Replayed(
                now.minus(Duration.ofDays(7)),
                now,
                120_400,
                61_000,
                1,
                List.of(new Answer.Replayed.Rule("river-high", 14, 31), new Answer.Replayed.Rule("smoke", 2, 2)),
                List.of(
                        new Answer.Replayed.Difference(
                                false, now.minus(Duration.ofHours(9)), "river-high", "river-1", Severity.MAJOR),
                        new Answer.Replayed.Difference(
                                true, now.minus(Duration.ofHours(2)), "river-high", "river-1", Severity.CRITICAL)),
                15);
    }

    @Test
    void showsHowOftenRulesWouldHaveFiredAndEachDifferenceInBothLanguages(@TempDir Path folder) throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        try (TestHub hub = TestHub.open(folder)) {
            Instant now = TimeSource.system().wall();
            hub.write(town -> town.fleet(now));
            hub.edges = (edge, matter, patience, progress) -> {
                asked.add(matter);
                progress.accept(new Answer.Progress(0.25));
                return answer;
            };
            try (Chromium page = Chromium.open(hub.uri("/replays"), 1440, 900)) {
                until(page, "document.querySelectorAll('#ask [name=edge] option').length > 1", "true");
                page.eval("document.querySelector('#ask [name=rules]').value = " + quoted(RULES));
                page.eval("document.querySelector('#ask [name=since]').value = '12h'");
                page.eval("document.querySelector('#start').click()");
                until(page, "document.querySelector('#state').textContent", "25 %");
                assertThat(asked.poll(1, TimeUnit.SECONDS))
                        .isInstanceOfSatisfying(Question.ReplayRules.class, question -> {
                            assertThat(question.yaml()).isEqualTo(RULES);
                            assertThat(question.since()).isBetween(now.minus(Duration.ofHours(13)), now);
                        });
                answer.complete(replayed(now));
                until(page, "document.querySelector('#total').textContent", "新规则将触发 16 次,当时触发 33 次");
                assertThat(page.eval("[...document.querySelectorAll('#rules tr')].map(r => r.textContent).join('|')"))
                        .isEqualTo("river-high1431-17|smoke220");
                assertThat(page.eval("document.querySelectorAll('#differences tr').length"))
                        .isEqualTo("2");
                assertThat(page.eval("document.querySelector('#material').textContent"))
                        .contains("120400 帧", "1 段记录损坏");
                page.screenshot(Files.createDirectories(Path.of("target")).resolve("page-replays-zh.png"));
                page.eval("document.getElementById('language').click()");
                until(page, "document.querySelector('#total').textContent", "Would have fired 16, was 33");
                assertThat(page.eval("document.querySelector('#more').textContent"))
                        .isEqualTo("15 more differences are not listed");
                assertThat(page.eval("document.querySelector('#ask [name=since]').value"))
                        .isEqualTo("12h");
                assertThat(page.eval("document.body.textContent"))
                        .doesNotContain("undefined")
                        .doesNotContain("NaN");
                page.screenshot(Path.of("target").resolve("page-replays-en.png"));
                assertThat(page.complaints).isEmpty();
            }
        }
    }

    @Test
    void saysWhyAnEdgeDidNotAnswer(@TempDir Path folder) throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        try (TestHub hub = TestHub.open(folder)) {
            hub.write(town -> town.fleet(TimeSource.system().wall()));
            hub.edges = (edge, matter, patience, progress) -> CompletableFuture.completedFuture(
                    new Answer.Nothing("the rules are not good: rules:2:5: unknown key"));
            try (Chromium page = Chromium.open(hub.uri("/replays"), 1440, 900)) {
                until(page, "document.querySelectorAll('#ask [name=edge] option').length > 1", "true");
                page.eval("document.querySelector('#ask [name=rules]').value = 'rules: []'");
                page.eval("document.querySelector('#start').click()");
                until(page, "document.querySelector('#state').textContent", "操作失败:规则有误: rules:2:5: unknown key");
                assertThat(page.eval("document.querySelector('#result').hidden"))
                        .isEqualTo("true");
            }
        }
    }

    private static String quoted(String text) {
        return "'" + text.replace("\n", "\\n") + "'";
    }
}
