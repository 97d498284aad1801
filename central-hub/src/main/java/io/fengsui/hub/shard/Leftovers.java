package io.fengsui.hub.shard;

import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.input.TaskInput;
import java.util.ArrayList;
import java.util.List;

/**
 * Inputs of batches that the database did not take and that nobody would say again: they go first in the next batch.
 * Bounded in number and in bytes; drop policy: what finds no room is lost, and whoever waits for it is told. Writer's
 * thread only.
 */
final class Leftovers {
    static final int MOST = 4096;
    private static final long MOST_BYTES = 16L << 20;

    private final List<Attempt.Item> kept = new ArrayList<>();
    private long bytes;

    /** Keeps an input; false when there is no room for it. */
    boolean keep(Work.Single single, Attempt.Item item) {
        long size = size(single.input());
        if (kept.size() >= MOST || bytes + size > MOST_BYTES) {
            return false;
        }
        kept.add(item);
        bytes += size;
        return true;
    }

    private static long size(Input input) {
        if (input instanceof Input.VolatileTaken taken) {
            return taken.body().length;
        }
        return input instanceof Input.TaskTaken(TaskInput task) ? task.waitingBytes() : 0;
    }

    /** Everything kept, followed by what is new; keeps nothing any more. */
    List<Attempt.Item> before(List<Attempt.Item> fresh) {
        if (kept.isEmpty()) {
            return fresh;
        }
        List<Attempt.Item> all = new ArrayList<>(kept);
        all.addAll(fresh);
        kept.clear();
        bytes = 0;
        return all;
    }

    int size() {
        return kept.size();
    }
}
