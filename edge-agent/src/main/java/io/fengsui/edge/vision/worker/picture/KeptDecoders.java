package io.fengsui.edge.vision.worker.picture;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decoders of the cameras that are followed, so that a look costs only the access units that are new. When there are too
 * many, the one that was used longest ago is closed, and so is one that was not used for {@link #LONGEST_REST}: each holds
 * two to three megabytes. Its camera begins again at a keyframe. A decoder belongs to whoever took it until it is put
 * back. Thread-safe.
 */
public final class KeptDecoders {
    /** A camera that is followed is looked at every other second; one at which nobody looked for so long is followed no more. */
    public static final Duration LONGEST_REST = Duration.ofSeconds(15);

    private record Resting(RangeDecoder decoder, long sinceNanos) {}

    private final int max;
    /** By stream; who has rested longest comes first. */
    private final LinkedHashMap<String, Resting> idle = new LinkedHashMap<>();

    /** @param max decoders kept while nobody uses them */
    public KeptDecoders(int max) {
        this.max = max;
    }

    /** The decoder of a stream; null when there is none, or it is being used. */
    public synchronized @Nullable RangeDecoder take(String stream) {
        Resting resting = idle.remove(stream);
        return resting == null ? null : resting.decoder();
    }

    /** Keeps a decoder for the stream's next range. */
    public void put(String stream, RangeDecoder decoder, long nowNanos) {
        Resting other;
        Resting eldest = null;
        synchronized (this) {
            other = idle.remove(stream);
            idle.put(stream, new Resting(decoder, nowNanos));
            if (idle.size() > max) {
                eldest = idle.pollFirstEntry().getValue();
            }
        }
        if (other != null) {
            other.decoder().close();
        }
        if (eldest != null) {
            eldest.decoder().close();
        }
    }

    /** Closes those that have rested for too long; to be called now and then. */
    public void closeRested(long nowNanos) {
        RangeDecoder rested = rested(nowNanos);
        while (rested != null) {
            rested.close();
            rested = rested(nowNanos);
        }
    }

    private synchronized @Nullable RangeDecoder rested(long nowNanos) {
        Map.Entry<String, Resting> eldest = idle.firstEntry();
        if (eldest == null || nowNanos - eldest.getValue().sinceNanos() < LONGEST_REST.toNanos()) {
            return null;
        }
        idle.pollFirstEntry();
        return eldest.getValue().decoder();
    }

    /** How many are kept. */
    public synchronized int count() {
        return idle.size();
    }
}
