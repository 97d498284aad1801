package io.fengsui.hub.access;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows guessing down: an address gets {@value #PER_ADDRESS} wrong tries a minute; an account with five wrong tries in a
 * row answers again after a pause that doubles up to a minute. A try counts as wrong from its beginning until it is known
 * to be right, so that many at once are no way around. Where somebody has signed in before, only wrong tries from there
 * slow them down: an outsider cannot keep them out (ASVS 6.3.1). Tries within a pause are not looked at and do not make
 * it longer. Of addresses, names and places at most {@value #MOST} each are remembered. Thread-safe.
 */
public final class Guesses {
    static final int PER_ADDRESS = 30;
    static final int FREE = 5;
    private static final int MOST = 10_000;
    private static final int LONGEST_NAME = 64;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration FORGOTTEN = Duration.ofMinutes(15);

    private record Failures(int count, Instant since, Instant last) {
        Failures another(Instant now) {
            return new Failures(count + 1, since, now);
        }

        Failures oneLess() {
            return new Failures(count - 1, since, last);
        }
    }

    private final Map<String, Failures> byAddress = bounded();
    private final Map<String, Failures> byName = bounded();
    /** Names with the addresses from which they have signed in. */
    private final Map<String, Boolean> homes = bounded();

    private static <T> Map<String, T> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > MOST;
            }
        };
    }

    /** How long this address and name have to wait; zero when a try may be looked at, which counts as wrong until it is right. */
    public synchronized Duration begin(String address, String name, Instant now) {
        String network = network(address);
        String account = account(network, name);
        Duration wait = pause(network, account, now);
        if (wait.isZero()) {
            Failures first = new Failures(1, now, now);
            byAddress.merge(
                    network, first, (old, one) -> old.since().plus(WINDOW).isBefore(now) ? one : old.another(now));
            byName.merge(
                    account, first, (old, one) -> old.last().plus(FORGOTTEN).isBefore(now) ? one : old.another(now));
        }
        return wait;
    }

    private Duration pause(String network, String account, Instant now) {
        Failures here = byAddress.get(network);
        Duration wait = Duration.ZERO;
        if (here != null && here.count() >= PER_ADDRESS) {
            wait = positive(Duration.between(now, here.since().plus(WINDOW)));
        }
        Failures there = byName.get(account);
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

    /** It was the right password: the account's count starts anew, and the address has one wrong try less. */
    public synchronized void succeeded(String address, String name) {
        String network = network(address);
        byName.remove(account(network, name));
        byAddress.computeIfPresent(network, (key, old) -> old.oneLess());
        homes.put(home(network, name), true);
    }

    private String account(String network, String name) {
        String cut = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
        String home = home(network, cut);
        return homes.containsKey(home) ? home : cut;
    }

    private static String home(String network, String name) {
        return name + "\n" + network;
    }

    /** Of an IPv6 address the first 64 bits: whoever has one has all of them. */
    static String network(String address) {
        String[] groups = address.split(":", 6);
        return groups.length < 6 ? address : String.join(":", groups[0], groups[1], groups[2], groups[3]);
    }
}
