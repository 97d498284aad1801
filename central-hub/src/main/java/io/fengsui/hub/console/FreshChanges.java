package io.fengsui.hub.console;

import io.fengsui.hub.shard.stage.Change;
import io.fengsui.hub.store.query.ChangeQueries.ChangeRow;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What an only writer said that it has committed, until the feed is past it: then the table need not be asked for it. Never more
 * than a shortcut: what follows on a position without a gap is given, of anything else the table is asked. Bounded at
 * {@value #MOST} changes; drop policy: all of them are forgotten, for the table has them. Thread-safe.
 */
final class FreshChanges {
    static final int MOST = 32_768;

    /**
     * Some changes that follow on one another.
     *
     * @param newEvents how many of them are events that are new, by kind
     */
    record Portion(List<ChangeRow> rows, Map<String, Long> newEvents) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    /** Each list without a gap in itself, oldest first. */
    private final Deque<List<Change>> told = new ArrayDeque<>();

    private int size;
    /** Whether the table may have what was not told. */
    private boolean isIncomplete = true;

    private boolean isWoken;

    /** In its order, after their commit; none: something was committed that is not told. */
    void add(List<Change> committed) {
        lock.lock();
        try {
            if (committed.isEmpty() || size + committed.size() > MOST) {
                told.clear();
                size = 0;
                isIncomplete = true;
            } else {
                told.add(committed);
                size += committed.size();
            }
            isWoken = true;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until something is told, but no longer than this.
     *
     * @return whether the table is to be asked all the same: nothing was told, or not everything
     */
    boolean await(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long nanos = patience.toNanos();
            while (!isWoken && nanos > 0) {
                nanos = news.awaitNanos(nanos);
            }
            boolean isAsking = !isWoken || isIncomplete;
            isWoken = false;
            isIncomplete = false;
            return isAsking;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The changes that follow on this offset, as many as are wanted; forgets those up to it.
     *
     * @return empty when nothing newer was told, null when what was told does not follow on it
     */
    @Nullable
    Portion after(long offset, int most) {
        List<List<Change>> portion = new ArrayList<>();
        lock.lock();
        try {
            if (!isFollowing(offset, most, portion)) {
                return null;
            }
        } finally {
            lock.unlock();
        }
        List<ChangeRow> rows = new ArrayList<>();
        Map<String, Long> newEvents = new HashMap<>();
        portion.forEach(changes -> changes.forEach(change -> {
            rows.add(row(change));
            if (!change.what().isEmpty()) {
                newEvents.merge(change.what(), 1L, Long::sum);
            }
        }));
        return new Portion(rows, newEvents);
    }

    /** Cuts the portion only: the writer waits for the lock. False: there is newer, and it does not follow. */
    private boolean isFollowing(long offset, int most, List<List<Change>> portion) {
        while (!told.isEmpty() && told.getFirst().getLast().offset() <= offset) {
            size -= told.removeFirst().size();
        }
        long next = offset + 1;
        int left = most;
        for (List<Change> list : told) {
            long from = next - list.getFirst().offset();
            if (from < 0 || from >= list.size()) {
                break; // a gap, or the same once more
            }
            List<Change> part = list.subList((int) from, (int) Math.min(list.size(), from + left));
            if (part.isEmpty()) {
                break;
            }
            portion.add(part);
            left -= part.size();
            next += part.size();
        }
        return !portion.isEmpty() || told.isEmpty();
    }

    private static ChangeRow row(Change change) {
        return new ChangeRow(
                change.shard(),
                change.offset(),
                change.at().toEpochMilli(),
                label(change.entity()),
                change.id(),
                label(change.kind()));
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
