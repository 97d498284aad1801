package io.fengsui.benchmarks.chaos.site;

import io.fengsui.benchmarks.chaos.lab.Faults;
import io.fengsui.fieldsim.proxy.PacketWitness;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Whether each acknowledgement waited for the disk. Counts, not times: fsyncs of one file follow one another, so when more of
 * them are over at the acknowledgement than had begun at the message, one lies wholly between them. Thread-safe.
 */
final class SyncedAnswers {
    private static final double MILLIS = 1e6;

    private final Faults faults;
    private final Map<Integer, Message> waiting = new HashMap<>();
    private boolean isLooking;
    private long acknowledged;
    private long early;
    private long shortestNanos = Long.MAX_VALUE;

    /** Fsyncs that had begun when a message came by, and when that was. */
    private record Message(long begun, long nanos) {}

    SyncedAnswers(Faults faults) {
        this.faults = faults;
    }

    /** From now on the disk is slow, and answers are looked at. What is under way already is not. */
    synchronized void begin(Duration slowness) {
        waiting.clear();
        faults.delay(Faults.SYNCS, slowness);
        isLooking = true;
    }

    /** The fsync that is under way is the last slow one; answers are looked at as before. */
    synchronized void hurryNext() {
        faults.delayNext(Duration.ZERO);
    }

    /** The disk is as fast as ever. */
    synchronized void end() {
        isLooking = false;
        waiting.clear();
        faults.off();
    }

    synchronized void onPacket(PacketWitness.Packet packet) {
        if (!isLooking || packet.id() == 0) {
            return;
        }
        if (!packet.isFromClient() && packet.type() == PacketWitness.PUBLISH) {
            waiting.put(packet.id(), new Message(faults.begun(), System.nanoTime()));
        } else if (packet.isFromClient() && packet.type() == PacketWitness.PUBACK) {
            Message message = waiting.remove(packet.id());
            if (message != null) {
                acknowledged++;
                early += faults.done() > message.begun() ? 0 : 1;
                shortestNanos = Math.min(shortestNanos, System.nanoTime() - message.nanos());
            }
        }
    }

    /** Whether messages have come that an fsync of now is for. */
    synchronized boolean isWaiting() {
        return faults.begun() > faults.done()
                && waiting.values().stream().anyMatch(message -> faults.begun() > message.begun());
    }

    synchronized String complaint() {
        String few = acknowledged == 0 ? "nothing was acknowledged while the disk was slow; " : "";
        return early == 0 ? few : early + " of " + acknowledged + " acknowledgements did not wait for the disk; ";
    }

    synchronized String note() {
        return acknowledged == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%,d acknowledgements looked at, the soonest %.0f ms after its message",
                        acknowledged,
                        shortestNanos / MILLIS);
    }
}
