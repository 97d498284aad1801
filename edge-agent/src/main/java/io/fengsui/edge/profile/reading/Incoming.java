package io.fengsui.edge.profile.reading;

import io.fengsui.edge.profile.TopicPattern;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * A message as it came.
 *
 * @param zone of times without one
 */
@SuppressWarnings("ArrayRecordComponent") // read once; never compared
public record Incoming(String topic, byte[] payload, boolean isRetained, Instant at, ZoneId zone) {
    /** Largest payload that is looked at. */
    public static final int MAX_PAYLOAD = 256 << 10;

    List<String> levels() {
        return TopicPattern.levels(topic);
    }
}
