package io.fengsui.hub.console;

import io.fengsui.hub.access.TokenCheck;
import io.fengsui.hub.notify.silence.Silence;
import io.fengsui.hub.store.query.SilenceQueries;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** The form in which silences are made, and the town about which. */
final class SilencesForm {
    static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final ConsoleSettings FAR = new ConsoleSettings(
            TOKYO,
            ConsoleSettings.DEFAULT.maxStreams(),
            ConsoleSettings.DEFAULT.heartbeat(),
            ConsoleSettings.DEFAULT.slowest(),
            ConsoleSettings.DEFAULT.shards());

    /** Codes of what was chosen, of each list. */
    static final String CHOSEN = "LISTS.map(key => Silences.pick[key].codes().join()).join(' ')";

    private SilencesForm() {}

    /** Three tickets, the newest with a picture, the third done. */
    static TestHub town(Path folder, Instant now, TokenCheck token) throws Exception {
        TestHub hub = new TestHub(folder, token, FAR, 0, NamesRestTest.TOWN);
        hub.write(town -> {
            town.fleet(now);
            town.ticket(1, SampleScenes.ALL.get(0), "accepted", now.minusSeconds(600));
            town.ticket(2, SampleScenes.ALL.get(1), "reported", now.minusSeconds(1_200));
            town.ticket(3, SampleScenes.ALL.get(2), "closed", now.minusSeconds(7_200));
        });
        return hub;
    }

    static List<Silence> silences(TestHub hub) {
        return hub.queries
                .silences()
                .newest(new SilenceQueries.Wanted(Silence.Purpose.SILENCE, List.of()), Instant.EPOCH, null, 10);
    }

    /** What a chosen one says of itself; nothing while it is not there. */
    static String chip(String code) {
        return "(document.querySelector('.picked-one[data-code=\"" + code + "\"]') || {}).textContent";
    }

    static void type(Chromium page, String field, String text) throws Exception {
        TestingPage.type(page, "document.getElementById('new-silence').elements['" + field + "']", text);
    }

    static void submit(Chromium page, Map<String, String> fields) throws Exception {
        for (Map.Entry<String, String> field : fields.entrySet()) {
            page.eval(
                    "(() => { const field = document.getElementById('new-silence').elements['%s']; field.value = '%s';"
                                    .formatted(field.getKey(), field.getValue())
                            + " field.dispatchEvent(new Event('input', { bubbles: true })); })()");
        }
        page.eval("document.getElementById('toast').textContent = '';"
                + " document.getElementById('new-silence').requestSubmit(); 0");
    }

    static void toast(Chromium page, String text) {
        TestingPage.until(page, "document.getElementById('toast').textContent", text);
    }
}
