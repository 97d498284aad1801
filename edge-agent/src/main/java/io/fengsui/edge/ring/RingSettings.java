package io.fengsui.edge.ring;

import java.time.Duration;

/**
 * Size of the ring.
 *
 * @param slots a power of two
 * @param urgentReserve slots at the end that only urgent slots may take
 * @param idle how long the consumer waits for a slot before it does its upkeep
 */
public record RingSettings(int slots, int urgentReserve, Duration idle) {
    public static final RingSettings DEFAULT = new RingSettings(4096, 1024, Duration.ofSeconds(1));

    public RingSettings {
        if (slots < 2 || slots > 1 << 20 || Integer.bitCount(slots) != 1) {
            throw new IllegalArgumentException("a ring has a power of two of slots up to 1048576, not " + slots);
        }
        if (urgentReserve < 0 || urgentReserve >= slots) {
            throw new IllegalArgumentException("the reserve is within 0.." + (slots - 1) + ", not " + urgentReserve);
        }
        if (idle.toMillis() < 1) {
            throw new IllegalArgumentException("the idle time is 1 ms or more, not " + idle);
        }
    }
}
