package io.fengsui.edge.decide.health;

import io.fengsui.edge.decide.event.Slot.StateChange;
import io.fengsui.protocol.value.Moment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * When each watched sensor was heard last, as it is kept for a restart: written seldom, so that it may be a minute old.
 * Confined to {@code decide}.
 */
public final class LastReadings {
    private static final String PREFIX = "sensor/";
    private static final Duration MOST_STALE = Duration.ofSeconds(60);
    private static final int PARTS_OF_PATIENCE = 20;

    private final Map<String, Long> writtenNanos = new HashMap<>();

    /** What was kept of one sensor. */
    public record Kept(String sensor, Instant at) {}

    /** What must be written of a sensor that was heard now; empty when that can wait. */
    Optional<StateChange> change(String sensor, Duration patience, Moment now) {
        Duration part = patience.dividedBy(PARTS_OF_PATIENCE);
        Duration stale = part.compareTo(MOST_STALE) < 0 ? part : MOST_STALE;
        Long written = writtenNanos.get(sensor);
        if (written != null && now.steadyNanos() - written < stale.toNanos()) {
            return Optional.empty();
        }
        writtenNanos.put(sensor, now.steadyNanos());
        byte[] value = ByteBuffer.allocate(Long.BYTES)
                .putLong(now.wall().toEpochMilli())
                .array();
        return Optional.of(new StateChange(PREFIX + sensor, value));
    }

    public static boolean isOne(StateChange change) {
        return change.key().startsWith(PREFIX);
    }

    /** Reads what was written; empty when it is not understood. */
    public static Optional<Kept> read(StateChange change) {
        if (!isOne(change) || change.value().length != Long.BYTES) {
            return Optional.empty();
        }
        long millis = ByteBuffer.wrap(change.value()).getLong();
        return Optional.of(new Kept(change.key().substring(PREFIX.length()), Instant.ofEpochMilli(millis)));
    }
}
