package io.fengsui.hub.console;

import static io.fengsui.hub.console.TestingPage.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.hub.access.TokenCheck;
import io.fengsui.protocol.wire.v1.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser: it fills, follows, speaks both languages, and shows names as text only. */
@Tag("slow")
class ConsolePageTest {
    private static final String EVIL = "<img src=x onerror=\"window.struck=1\"><script>window.struck=1</script>";

    @Test
    void fillsFollowsAndTakesAStep(@TempDir Path folder) throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        Instant now = Instant.now();
        try (TestHub hub = TestHub.open(folder)) {
            hub.write(town -> {
                town.fleet(now);
                town.tickets(24, now);
            });
            try (Chromium page = Chromium.open(hub.uri("/"), 1600, 900)) {
                until(page, "document.querySelectorAll('.row').length", "24");
                assertThat(page.eval("document.getElementById('link').dataset.state"))
                        .isEqualTo("live");
                assertThat(page.eval("document.querySelector('.row .title').textContent"))
                        .isEqualTo("烟感报警");
                assertThat(page.eval("document.getElementById('edges-up').textContent"))
                        .isEqualTo("2");

                String before = page.eval("document.querySelector('.row').getBoundingClientRect().top");
                hub.write(town -> town.ticket(77, SampleScenes.ALL.get(0), "reported", now));
                until(page, "document.querySelectorAll('.row').length", "25");
                assertThat(page.eval("document.querySelector('.row').dataset.id"))
                        .isEqualTo("20261121-0077");
                assertThat(page.eval("document.querySelectorAll('.row.fresh').length"))
                        .isEqualTo("1");
                assertThat(page.eval("document.querySelector('.row').getBoundingClientRect().top"))
                        .isEqualTo(before);

                page.eval("document.querySelector('.row').click()");
                until(page, "document.querySelectorAll('.why li').length", "5");
                until(page, "document.querySelectorAll('.box').length", "1");
                page.eval("document.querySelector('.step').click()");
                until(page, "document.querySelector('.row .pill').textContent", "受理");
                until(page, "document.querySelector('.detail .pill').textContent", "受理");

                page.eval("document.getElementById('language').click()");
                until(page, "document.querySelector('.row .title').textContent", "Person dwelling in a forbidden zone");
                assertThat(page.eval("localStorage.getItem('language')")).isEqualTo("en");
                page.eval(
                        "[...document.querySelectorAll('#severities .chip')].find(c => c.textContent === 'Critical').click()");
                until(
                        page,
                        "[...document.querySelectorAll('.row')].every(r => r.dataset.severity === 'critical')",
                        "true");
                assertThat(page.complaints).isEmpty();
                page.screenshot(Files.createDirectories(Path.of("target")).resolve("console.png"));
            }
        }
    }

    /** The second hand and the arrow keys came between a ticket's leaving of the list and the next drawing. */
    @Test
    void staysWholeWhileATicketHasLeftTheListAndIsNotRedrawnYet(@TempDir Path folder) throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        Instant now = Instant.now();
        try (TestHub hub = TestHub.open(folder)) {
            hub.write(town -> {
                town.fleet(now);
                town.tickets(3, now);
            });
            try (Chromium page = Chromium.open(hub.uri("/"), 1600, 900)) {
                until(page, "document.querySelectorAll('.row').length", "3");
                page.eval(
                        "const gone = Board.sorted()[0]; Board.select(Board.sorted()[1].id);"
                                + " Board.forget(gone.id); Board.tick(); Board.move(-1);"
                                + " Board.upsert({ ...gone, id: 'new', version: gone.version + 1 }); Board.move(-1); Board.tick(); 0");
                until(page, "document.querySelectorAll('.row').length", "3");
                until(page, "document.querySelectorAll('.row.fresh').length", "1");
                assertThat(page.complaints).isEmpty();
            }
        }
    }

    @Test
    void saysWhatIsToldNextToWhomAndWhyThen(@TempDir Path folder) throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        Instant now = Instant.now();
        Instant noon = LocalDate.now(ZoneOffset.UTC).plusDays(1).atTime(4, 0).toInstant(ZoneOffset.UTC);
        try (TestHub hub = TestHub.open(folder)) {
            hub.write(town -> {
                town.fleet(now);
                String id = town.ticket(1, SampleScenes.ALL.get(0), "accepted", now.minusSeconds(600));
                town.timer("repeat/" + id + "/command-centre", "repeat", id + "/command-centre", noon);
            });
            try (Chromium page = Chromium.open(hub.uri("/"), 1600, 1100)) {
                until(page, "document.querySelectorAll('.row').length", "1");
                page.eval("document.querySelector('.row').click()");
                until(page, "document.querySelectorAll('#coming li').length", "1");
                assertThat(page.eval("document.querySelector('#coming').innerText.replace(/\\s+/g, ' ')"))
                        .contains("接下来的通知", "12:00:00", "未办结提醒", "通知 command-centre(hook)", "仍未办结");
                page.screenshot(Files.createDirectories(Path.of("target")).resolve("console-coming.png"));
                page.eval("document.getElementById('language').click()");
                until(page, "document.querySelector('#coming h3').textContent", "Next messages");
                assertThat(page.eval("document.querySelector('#coming li').innerText.replace(/\\s+/g, ' ')"))
                        .contains("reminder", "to command-centre (hook)", "not done");
                assertThat(page.complaints).isEmpty();
                page.screenshot(Path.of("target").resolve("console-coming-en.png"));
            }
        }
    }

    @Test
    void saysNothingOfWhatComesOnceATicketIsDoneAndAsksAgainAfterAFailure(@TempDir Path folder) throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        Instant now = Instant.now();
        try (TestHub hub = TestHub.open(folder)) {
            hub.write(town -> {
                town.fleet(now);
                String id = town.ticket(1, SampleScenes.ALL.get(0), "inspected", now.minusSeconds(600));
                town.timer("repeat/" + id + "/command-centre", "repeat", id + "/command-centre", now.plusSeconds(7200));
            });
            try (Chromium page = Chromium.open(hub.uri("/"), 1600, 1100)) {
                until(page, "document.querySelectorAll('.row').length", "1");
                page.eval("document.querySelector('.row').click()");
                until(page, "document.querySelectorAll('#coming li').length", "1");

                page.eval("window.realGet = Board.get; Board.get = path => path.endsWith('/preview')"
                        + " ? Promise.reject(new Error('away')) : realGet.call(Board, path);"
                        + " Detail.loadPreview(Detail.id).catch(() => {}); 0");
                until(page, "document.getElementById('coming').hidden", "true");
                page.eval("Board.get = realGet; 0");
                until(page, "document.querySelectorAll('#coming li').length", "1");

                page.eval(
                        "Detail.show({ waiting: [{ notice: 'opened', contact: 'c', channel: 'h', reason: 'group-wait',"
                                + " dueAt: '2026-11-24T00:00:00Z' }], coming: [], suspendedUntil: '2026-11-25T00:00:00Z' }); 0");
                assertThat(page.eval("document.getElementById('coming').textContent"))
                        .contains("此前不再产生新通知");
                page.eval("Detail.show({ waiting: [], coming: [], suspendedUntil: '2026-11-25T00:00:00Z' }); 0");
                assertThat(page.eval("document.getElementById('coming').textContent"))
                        .contains("此前不发通知");
                page.eval("Detail.loadPreview(Detail.id); 0");
                until(page, "document.querySelectorAll('#coming li').length", "1");

                page.eval("Board.get = path => path.endsWith('/preview')"
                        + " ? realGet.call(Board, path).then(one => new Promise(done => { window.answer = () => done(one); }))"
                        + " : realGet.call(Board, path); Detail.loadPreview(Detail.id); 0");
                until(page, "String(typeof window.answer)", "function");
                page.eval("document.querySelector('.step').click()");
                until(page, "document.querySelector('.detail .pill').textContent", "结案");
                until(page, "document.getElementById('coming').hidden", "true");
                page.eval("window.answer(); 0");
                assertThat(page.eval("new Promise(done => setTimeout(() => done(String(Detail.preview)), 50))"))
                        .isEqualTo("null");
                assertThat(page.eval("document.getElementById('coming').hidden"))
                        .isEqualTo("true");
                assertThat(page.complaints).isEmpty();
            }
        }
    }

    @Test
    void suspendsUntilATimeOfTheTownsClocksAndNotTheBrowsers(@TempDir Path folder) throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        ConsoleSettings tokyo = new ConsoleSettings(
                ZoneId.of("Asia/Tokyo"),
                ConsoleSettings.DEFAULT.maxStreams(),
                ConsoleSettings.DEFAULT.heartbeat(),
                ConsoleSettings.DEFAULT.slowest(),
                ConsoleSettings.DEFAULT.shards());
        try (TestHub hub = new TestHub(folder, TokenCheck.none(), tokyo, 0)) {
            hub.write(town -> {
                town.fleet(Instant.now());
                town.ticket(1, SampleScenes.ALL.get(0), "accepted", Instant.now());
            });
            try (Chromium page = Chromium.open(hub.uri("/?ticket=20261121-0001"), 1200, 800)) {
                until(page, "document.querySelectorAll('.detail .facts').length", "1");
                until(page, "Speech.zone", "Asia/Tokyo");
                assertThat(page.eval("""
                        (async () => {
                          const real = window.fetch;
                          let sent = null;
                          window.fetch = (path, request) => {
                            sent = request.body;
                            return Promise.reject(new Error('away'));
                          };
                          Detail.extras = { until: '2026-12-01T09:30' };
                          await Detail.command({ command: 'suspend', needs: ['until'], takes: [] });
                          window.fetch = real;
                          return JSON.parse(sent).until;
                        })()""")).isEqualTo("2026-12-01T00:30:00.000Z");
                assertThat(page.eval("(() => { Speech.zone = 'Europe/Berlin'; Speech.formats = {};"
                                + " return ['2026-03-29T01:30', '2026-03-29T03:30', '2026-10-25T12:00']"
                                + ".map(one => Speech.moment(one).toISOString().slice(5, 16)).join(' '); })()"))
                        .as("on days on which clocks change")
                        .isEqualTo("03-29T00:30 03-29T01:30 10-25T11:00");
            }
        }
    }

    @Test
    void namesFromCamerasAndSensorsAreTextAndNeverMarkup(@TempDir Path folder) throws Exception {
        assumeTrue(Chromium.onPath() != null, "chromium is not installed");
        SampleScenes.Scene honest = SampleScenes.ALL.get(0);
        SampleScenes.Scene evil = new SampleScenes.Scene(
                honest.kind(),
                EVIL,
                EVIL,
                honest.severity(),
                honest.source(),
                EVIL,
                honest.seen(),
                Map.of("note", EVIL),
                List.of(Reason.newBuilder()
                        .setStage(EVIL)
                        .setCode(EVIL)
                        .setDetail(EVIL)
                        .build()));
        try (TestHub hub = TestHub.open(folder)) {
            hub.write(town -> {
                town.fleet(Instant.now());
                town.edge("edge-evil", EVIL, EVIL, Instant.now(), true);
                town.ticket(1, evil, "reported", Instant.now());
            });
            try (Chromium page = Chromium.open(hub.uri("/"), 1200, 800)) {
                until(page, "document.querySelectorAll('.row').length", "1");
                page.eval("document.querySelector('.row').click()");
                until(page, "document.querySelectorAll('.why li').length", "1");
                assertThat(page.eval("document.querySelector('.row .title').textContent"))
                        .isEqualTo(EVIL);
                assertThat(page.eval("document.querySelector('.why .text').textContent"))
                        .isEqualTo(EVIL);
                assertThat(page.eval("document.querySelectorAll('script').length"))
                        .isEqualTo("4");
                assertThat(page.eval("String(window.struck)")).isEqualTo("undefined");
                assertThat(page.eval("fetch('http://192.0.2.1/').then(() => 'went', () => 'refused')"))
                        .isEqualTo("refused");
            }
        }
    }
}
