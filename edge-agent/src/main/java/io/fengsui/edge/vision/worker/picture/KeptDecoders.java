package io.fengsui.edge.vision.worker.picture;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decoders of the cameras that are followed, so that a look costs only the access units that are new. When there are too
 * many, the one that was used longest ago is closed; its camera begins again at a keyframe. A decoder belongs to whoever
 * took it until it is put back. Thread-safe.
 */
public final class KeptDecoders {
    private final int max;
    private final Map<String, RangeDecoder> idle = new LinkedHashMap<>();

    /** @param max decoders kept while nobody uses them */
    public KeptDecoders(int max) {
        this.max = max;
    }

    /** The decoder of a stream; null when there is none, or it is being used. */
    public synchronized @Nullable RangeDecoder take(String stream) {
        return idle.remove(stream);
    }

    /** Keeps a decoder for the stream's next range. */
    public void put(String stream, RangeDecoder decoder) {
        RangeDecoder other;
        RangeDecoder eldest = null;
        synchronized (this) {
            other = idle.put(stream, decoder);
            if (idle.size() > max) {
                Iterator<RangeDecoder> all = idle.values().iterator();
                eldest = all.next();
                all.remove();
            }
        }
        if (other != null) {
            other.close();
        }
        if (eldest != null) {
            eldest.close();
        }
    }
}
