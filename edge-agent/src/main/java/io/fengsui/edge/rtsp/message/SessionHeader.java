package io.fengsui.edge.rtsp.message;

import java.time.Duration;
import java.util.Locale;

/** Id and timeout of a session (RFC 2326, 12.37); 60 s if nothing or nonsense is said. */
public record SessionHeader(String id, Duration timeout) {
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    private static final int MIN_SECONDS = 4;
    private static final int MAX_SECONDS = 3600;

    public static SessionHeader parse(String value) {
        String[] parts = value.split(";");
        Duration timeout = DEFAULT_TIMEOUT;
        for (String part : parts) {
            String text = part.strip().toLowerCase(Locale.ROOT);
            if (text.startsWith("timeout=")) {
                timeout = seconds(text.substring("timeout=".length()));
            }
        }
        return new SessionHeader(parts.length == 0 ? "" : parts[0].strip(), timeout);
    }

    private static Duration seconds(String text) {
        try {
            int value = Integer.parseInt(text.strip());
            return value >= MIN_SECONDS && value <= MAX_SECONDS ? Duration.ofSeconds(value) : DEFAULT_TIMEOUT;
        } catch (NumberFormatException e) {
            return DEFAULT_TIMEOUT;
        }
    }
}
