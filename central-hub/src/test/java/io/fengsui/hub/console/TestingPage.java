package io.fengsui.hub.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What somebody does at a page and sees of it. */
final class TestingPage {
    private static final Map<String, Integer> KEYS = Map.of("Enter", 13, "ArrowDown", 40, "Backspace", 8);

    private TestingPage() {}

    static void until(Chromium page, String expression, String value) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(page.eval(expression)).isEqualTo(value));
    }

    /** Goes to a page as somebody who is signed in. */
    static void enter(Chromium page, TestHub hub, String[] session, String path) throws Exception {
        String[] cookie = session[1].split("=", 2);
        page.call("Network.setCookie", Map.of("url", hub.uri("/").toString(), "name", cookie[0], "value", cookie[1]));
        page.call("Page.navigate", Map.of("url", hub.uri(path).toString()));
        until(page, "location.pathname + location.search", path);
        until(page, "document.readyState", "complete");
    }

    /**
     * As from a keyboard, in the place of what stood there.
     *
     * @param field an expression of the page's language
     */
    static void type(Chromium page, String field, String text) throws Exception {
        page.eval("(() => { const field = " + field + "; field.focus(); field.select(); })()");
        page.call("Input.insertText", Map.of("text", text));
    }

    /** @param key a name, or one letter or digit, which is typed where something is typed */
    static void press(Chromium page, String key) throws Exception {
        Map<String, Object> down = new HashMap<>(Map.of("type", "keyDown", "key", key, "code", key));
        down.put("windowsVirtualKeyCode", KEYS.getOrDefault(key, (int) key.charAt(0)));
        if (key.equals("Enter")) {
            down.put("text", "\r");
        } else if (key.length() == 1) {
            down.put("text", key);
        }
        page.call("Input.dispatchKeyEvent", down);
        page.call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "code", key));
    }

    /** Of a phone, and as high as it takes to see all of a page in one picture. */
    static void narrow(Chromium page) throws Exception {
        resize(page, 390, 1800);
    }

    static void resize(Chromium page, int width, int height) throws Exception {
        page.call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    static void shot(Chromium page, String name) throws Exception {
        page.screenshot(Files.createDirectories(Path.of("target")).resolve("page-" + name + ".png"));
    }
}
