package io.fengsui.hub.access;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows guessing down: an address gets {@value #PER_ADDRESS} wrong tries a minute; an account with five wrong tries in a
 * row answers again after a pause that doubles up to a minute. Nobody is locked out for good, or an outsider could lock
 * everybody out (ASVS 6.3.1). Tries within a pause are not looked at and do not make it longer. Of addresses and names at
 * most {@value #MOST} each are remembered. Thread-safe.
 */
public final class Guesses {
    static final int PER_ADDRESS = 30;
    static final int FREE = 5;
    private static final int MOST = 10_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration FORGOTTEN = Duration.ofMinutes(15);

    private record Failures(int count, Instant since, Instant last) {
        Failures another(Instant now) {
            return new Failures(count + 1, since, now);
        }
    }

    private final Map<String, Failures> byAddress = bounded();
    private final Map<String, Failures> byName = bounded();

    private static Map<String, Failures> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
                return size() > MOST;
            }
        };
    }

    /** How long this address and name have to wait; zero when a try may be looked at. */
    public synchronized Duration pause(String address, String name, Instant now) {
        Failures here = byAddress.get(address);
        Duration wait = Duration.ZERO;
        if (here != null && here.count() >= PER_ADDRESS) {
            wait = positive(Duration.between(now, here.since().plus(WINDOW)));
        }
        Failures there = byName.get(name);
        if (there != null && there.count() >= FREE) {
            Duration pause = Duration.ofSeconds(1L << Math.min(there.count() - FREE, 6));
            pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
            Duration left = positive(Duration.between(now, there.last().plus(pause)));
            wait = left.compareTo(wait) > 0 ? left : wait;
        }
        return wait;
    }

    private static Duration positive(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    public synchronized void failed(String address, String name, Instant now) {
        byAddress.merge(
                address,
                new Failures(1, now, now),
                (old, first) -> old.since().plus(WINDOW).isBefore(now) ? first : old.another(now));
        byName.merge(
                name,
                new Failures(1, now, now),
                (old, first) -> old.last().plus(FORGOTTEN).isBefore(now) ? first : old.another(now));
    }

    /** The right password: the account's count starts anew, the address's does not. */
    public synchronized void succeeded(String name) {
        byName.remove(name);
    }
}
