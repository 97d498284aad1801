package io.fengsui.hub.access;

import io.fengsui.hub.access.user.User;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often one caller may ask, by {@link RateSettings}: so that one program that runs wild leaves the hub's readers to the others. Whoever is signed in counts by name, everybody else by
 * address. Of at most {@value #MOST} callers it is known. Thread-safe, never blocks.
 */
public final class RateLimit {
    static final int MOST = 10_000;

    private static final double NANOS = 1e9;

    /** @param asked how many of the burst are used up */
    private record Bucket(double asked, long at) {}

    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST;
        }
    };

    private final RateSettings settings;

    public RateLimit(RateSettings settings) {
        this.settings = settings;
    }

    /** Zero when this may be answered; otherwise how long to wait until something may. */
    public synchronized Duration take(@Nullable User user, String address, long steadyNanos) {
        String caller = user == null ? "address/" + Guesses.network(address) : "user/" + user.name();
        Bucket old = buckets.getOrDefault(caller, new Bucket(0, steadyNanos));
        double left = Math.max(0, old.asked() - (steadyNanos - old.at()) / NANOS * settings.perSecond());
        if (left + 1 > settings.burst()) {
            buckets.put(caller, new Bucket(left, steadyNanos));
            return Duration.ofNanos((long) Math.ceil((left + 1 - settings.burst()) / settings.perSecond() * NANOS));
        }
        buckets.put(caller, new Bucket(left + 1, steadyNanos));
        return Duration.ZERO;
    }
}
