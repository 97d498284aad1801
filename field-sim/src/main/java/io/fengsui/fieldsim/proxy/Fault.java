package io.fengsui.fieldsim.proxy;

import java.time.Duration;

/** What is done to bytes that go one way. Each kind is there once at most; the newest of a kind holds. */
public sealed interface Fault {
    /** Everything comes later, by the least and at random up to the jitter more; order stays. */
    record Latency(Duration least, Duration jitter) implements Fault {
        public Latency {
            if (least.isNegative() || jitter.isNegative()) {
                throw new IllegalArgumentException("a delay is not negative");
            }
        }
    }

    /** As through a thin line. */
    record Throttle(long bytesPerSecond) implements Fault {
        public Throttle {
            if (bytesPerSecond < 1) {
                throw new IllegalArgumentException("a line carries 1 byte a second or more");
            }
        }
    }

    /**
     * What lost packets look like to those who speak TCP: a lost piece, and all behind it, come after the time in which a
     * kernel sends again.
     */
    record Loss(double part, Duration resend) implements Fault {
        public Loss {
            requirePart(part);
            if (resend.isNegative() || resend.isZero()) {
                throw new IllegalArgumentException("sending again takes some time");
            }
        }
    }

    /** Nothing passes, nothing is lost: it goes on when the fault is taken away. */
    record Stall() implements Fault {}

    /** Bytes are taken and thrown away, the sender sees nothing of it. */
    record Swallow() implements Fault {}

    /** A piece comes a second time. */
    record Duplicate(double part) implements Fault {
        public Duplicate {
            requirePart(part);
        }
    }

    /** One bit of a piece is another. */
    record Corrupt(double part) implements Fault {
        public Corrupt {
            requirePart(part);
        }
    }

    /** Pieces of so many bytes, each sent on its own. */
    record Slice(int bytes) implements Fault {
        public Slice {
            if (bytes < 1) {
                throw new IllegalArgumentException("a slice has 1 byte or more");
            }
        }
    }

    /** The connection is reset after so many bytes this way. */
    record CutAfter(long bytes) implements Fault {
        public CutAfter {
            if (bytes < 0) {
                throw new IllegalArgumentException("bytes are not negative");
            }
        }
    }

    private static void requirePart(double part) {
        if (!(part >= 0 && part <= 1)) {
            throw new IllegalArgumentException("a part is from 0 to 1, not " + part);
        }
    }
}
