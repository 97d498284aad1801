package io.fengsui.hub.shard;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Which handovers may be poison: those of a batch that ended by an error, when several such have. Each is taken alone
 * then, until one fails. Bounded by what one batch takes over. Writer's thread only.
 */
final class Suspects {
    private final int mostFailures;
    private final Deque<Integer> shards = new ArrayDeque<>();
    private int failures;

    /** @param mostFailures so many batches may fail before each handover is taken alone */
    Suspects(int mostFailures) {
        this.mostFailures = mostFailures;
    }

    boolean isEmpty() {
        return shards.isEmpty();
    }

    /** @param takenFrom of each handover in the batch that failed, the shard that had handed it over */
    void failed(List<Integer> takenFrom) {
        if (takenFrom.isEmpty()) {
            return;
        }
        failures++;
        if (failures >= mostFailures) {
            shards.clear();
            shards.addAll(takenFrom);
        }
    }

    /** The shard whose eldest handover is to be taken alone next. */
    int next() {
        return shards.getFirst();
    }

    /** That one was taken, and did no harm. */
    void passed() {
        shards.removeFirst();
        if (shards.isEmpty()) {
            failures = 0;
        }
    }

    /** The poison was found. */
    void found() {
        shards.clear();
        failures = 0;
    }
}
