package io.fengsui.protocol;

import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Names one event for ever. A UUID of version 7 (RFC 9562 section 5.7): sorts by the time it was made. */
public record EventId(UUID value) implements Comparable<EventId> {
    public EventId {
        if (value.version() != 7) {
            throw new IllegalArgumentException("an event id is a UUID of version 7, not " + value);
        }
    }

    /** A new id: 48 bits of {@code wall} in milliseconds, 74 random bits. */
    public static EventId make(Instant wall, RandomGenerator random) {
        long millis = wall.toEpochMilli() & 0xFFFF_FFFF_FFFFL;
        long high = millis << 16 | 0x7000 | random.nextInt(1 << 12);
        long low = random.nextLong() >>> 2 | 0x8000_0000_0000_0000L;
        return new EventId(new UUID(high, low));
    }

    public static EventId parse(String text) {
        return new EventId(UUID.fromString(text));
    }

    @Override
    public int compareTo(EventId other) {
        int byHigh = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return byHigh != 0
                ? byHigh
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
