package io.fengsui.fieldsim.camera;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a simulated camera differs from the textbook.
 *
 * @param sessionTimeout announced in {@code Session: id;timeout=}, and kept: a session without a request for that long is cut
 * @param stallsAfter how long after PLAY the packets cease while RTSP is still answered; null for never
 * @param diesAfter how long after its first PLAY the camera goes dead; null for never
 */
public record Quirks(
        Set<Quirk> oddities,
        Duration sessionTimeout,
        @Nullable Duration stallsAfter,
        @Nullable Duration diesAfter) {
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(60);

    /** A camera without oddities. */
    public static final Quirks NONE = new Quirks(Set.of(), USUAL_TIMEOUT, null, null);

    public Quirks {
        if (sessionTimeout.toSeconds() < 1) {
            throw new IllegalArgumentException("a session lasts a second at least, not " + sessionTimeout);
        }
        oddities = Set.copyOf(oddities);
    }

    public static Quirks of(Quirk... oddities) {
        return new Quirks(Set.of(oddities), USUAL_TIMEOUT, null, null);
    }

    public Quirks withSessionTimeout(Duration timeout) {
        return new Quirks(oddities, timeout, stallsAfter, diesAfter);
    }

    public Quirks stallingAfter(Duration playing) {
        return new Quirks(oddities, sessionTimeout, playing, diesAfter);
    }

    public Quirks dyingAfter(Duration playing) {
        return new Quirks(oddities, sessionTimeout, stallsAfter, playing);
    }

    public boolean has(Quirk oddity) {
        return oddities.contains(oddity);
    }
}
