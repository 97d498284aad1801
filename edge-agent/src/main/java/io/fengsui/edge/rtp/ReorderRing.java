package io.fengsui.edge.rtp;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Puts packets into the order of their sequence numbers. A missing packet is waited for while at most
 * {@value #SIZE} packets or {@value #MAX_WAIT_MILLIS} ms of them are held back; then it counts as lost. The sequence
 * starts anew when two packets in a row continue each other far away from it (RFC 3550, A.1).
 *
 * <p>Each packet comes out once; what is given is lent, and copied if it has to be held back. Event loop of the stream only.
 */
final class ReorderRing {
    static final int SIZE = 64;
    static final long MAX_WAIT_MILLIS = 200;

    private static final int MODULUS = 1 << 16;
    /** A packet this far ahead or behind belongs to another sequence. */
    private static final int MAX_JUMP = 3000;

    /** Takes packets in order. */
    interface Sink {
        /** @param lost packets missing right before this one; -1 if reception began anew */
        void onPacket(RtpPacket packet, int lost);
    }

    private final StreamCounters counters;
    private final Sink sink;
    private final @Nullable RtpPacket[] held = new @Nullable RtpPacket[SIZE];
    private int heldCount;
    private long heldSinceNanos;
    private int expected = -1;
    private int strayNext = -1;
    private int lost;

    ReorderRing(StreamCounters counters, Sink sink) {
        this.counters = counters;
        this.sink = sink;
    }

    void offer(RtpPacket packet) {
        if (expected < 0) {
            expected = packet.sequence();
        }
        int ahead = distance(packet.sequence());
        if (ahead == 0) {
            strayNext = -1;
            deliver(packet);
            drain();
        } else if (ahead > 0 && ahead < MAX_JUMP) {
            strayNext = -1;
            hold(packet, ahead);
        } else if (ahead < 0 && ahead > -MAX_JUMP) {
            lateOrReset(packet);
        } else {
            stray(packet);
        }
    }

    /** Forgets everything: the next packet starts a new sequence. */
    void reset() {
        counters.count(StreamProblem.LATE_PACKET, heldCount);
        Arrays.fill(held, null);
        heldCount = 0;
        expected = -1;
        strayNext = -1;
        lost = -1;
    }

    private int distance(int sequence) {
        int ahead = (sequence - expected) & (MODULUS - 1);
        return ahead >= MODULUS / 2 ? ahead - MODULUS : ahead;
    }

    private void hold(RtpPacket packet, int ahead) {
        if (ahead >= SIZE) {
            giveUpUntil(ahead - SIZE + 1);
            ahead = distance(packet.sequence());
            if (ahead == 0) {
                deliver(packet);
                drain();
                return;
            }
        }
        int slot = packet.sequence() % SIZE;
        if (held[slot] != null) {
            counters.count(StreamProblem.LATE_PACKET);
            return;
        }
        if (heldCount == 0) {
            heldSinceNanos = packet.arrivalNanos();
        }
        held[slot] = packet.copy();
        heldCount++;
        while (heldCount > 0
                && packet.arrivalNanos() - heldSinceNanos > TimeUnit.MILLISECONDS.toNanos(MAX_WAIT_MILLIS)) {
            giveUpGap();
        }
    }

    /** Gives up the missing packets before the next held one, and hands out what follows. */
    private void giveUpGap() {
        while (held[expected % SIZE] == null) {
            missing();
        }
        drain();
    }

    private void giveUpUntil(int steps) {
        for (int i = 0; i < steps; i++) {
            if (!deliverHeld()) {
                missing();
            }
        }
        drain();
    }

    private void missing() {
        expected = (expected + 1) & (MODULUS - 1);
        lost = lost < 0 ? lost : lost + 1;
        counters.count(StreamProblem.LOST_PACKET);
    }

    private void drain() {
        boolean more = heldCount > 0;
        while (more) {
            more = deliverHeld() && heldCount > 0;
        }
    }

    private boolean deliverHeld() {
        int slot = expected % SIZE;
        RtpPacket packet = held[slot];
        if (packet == null) {
            return false;
        }
        held[slot] = null;
        heldCount--;
        heldSinceNanos = packet.arrivalNanos();
        deliver(packet);
        return true;
    }

    private void deliver(RtpPacket packet) {
        int before = lost;
        lost = 0;
        expected = (packet.sequence() + 1) & (MODULUS - 1);
        sink.onPacket(packet, before);
    }

    /** Some cameras start over a little behind; two packets in a row tell that from a duplicate. */
    private void lateOrReset(RtpPacket packet) {
        if (distance(packet.sequence()) < -SIZE) {
            stray(packet);
        } else {
            counters.count(StreamProblem.LATE_PACKET);
        }
    }

    private void stray(RtpPacket packet) {
        if (packet.sequence() == strayNext) {
            counters.count(StreamProblem.SEQUENCE_RESET);
            reset();
            deliver(packet);
            return;
        }
        counters.count(StreamProblem.LATE_PACKET);
        strayNext = (packet.sequence() + 1) & (MODULUS - 1);
    }
}
