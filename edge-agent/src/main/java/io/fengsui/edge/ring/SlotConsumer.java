package io.fengsui.edge.ring;

import com.lmax.disruptor.EventHandler;
import io.fengsui.edge.decide.event.Slot;
import io.fengsui.runtime.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands slots to the handler, and runs what waits for the commit only when the handler says that all of it is on disk.
 * Thread {@code ring-spool}. Nothing thrown here ends the thread; a commit that failed and is tried again is progress too.
 */
final class SlotConsumer implements EventHandler<SlotEntry> {
    private static final Logger LOG = LoggerFactory.getLogger(SlotConsumer.class);

    private final SlotHandler handler;
    private final Progress progress;
    private final List<Runnable> waiting = new ArrayList<>();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final CountDownLatch started = new CountDownLatch(1);
    private volatile boolean running;

    SlotConsumer(SlotHandler handler, Progress progress) {
        this.handler = handler;
        this.progress = progress;
    }

    @Override
    public void onEvent(SlotEntry entry, long sequence, boolean endOfBatch) {
        progress.made();
        Slot slot = entry.slot;
        entry.slot = null;
        if (slot != null) {
            take(slot);
        }
        if (endOfBatch) {
            settle(false);
        }
    }

    @Override
    public void onTimeout(long sequence) {
        settle(true);
    }

    @Override
    public void onStart() {
        running = true;
        progress.made();
        started.countDown();
    }

    /** Waits until the thread takes slots; returns whether it does. */
    boolean awaitStart(long seconds) {
        try {
            return started.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void onShutdown() {
        running = false;
        progress.ended();
    }

    private void take(Slot slot) {
        try {
            if (handler.append(slot)) {
                waiting.addAll(slot.afterCommit());
            } else {
                refused.incrementAndGet();
            }
        } catch (RuntimeException | Error e) {
            failures.incrementAndGet();
            LOG.error(
                    "slot could not be taken: {} events, {} changes",
                    slot.events().size(),
                    slot.stateChanges().size(),
                    e);
        }
    }

    private void settle(boolean isIdle) {
        progress.made();
        boolean isOnDisk;
        try {
            isOnDisk = isIdle ? handler.idle() : handler.commit();
        } catch (RuntimeException | Error e) {
            failures.incrementAndGet();
            LOG.error("commit of {} waiting acknowledgements failed", waiting.size(), e);
            return;
        }
        if (isOnDisk && !waiting.isEmpty()) {
            waiting.forEach(this::run);
            waiting.clear();
        }
    }

    private void run(Runnable afterCommit) {
        try {
            afterCommit.run();
        } catch (RuntimeException | Error e) {
            failures.incrementAndGet();
            LOG.warn("acknowledging after a commit failed", e);
        }
    }

    boolean isRunning() {
        return running;
    }

    /** Slots that the handler did not take. */
    long refused() {
        return refused.get();
    }

    /** Exceptions that were kept from ending the thread. */
    long failures() {
        return failures.get();
    }
}
