package io.fengsui.edge.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When the agent ends: when it is told to, or when its spool is damaged and the next start finds a disk on which it can be
 * repaired. On a disk that takes nothing an agent that ends may never come back; one that runs still tells from memory.
 * {@link #stop} and {@link #look} come from any thread, {@link #await} belongs to the one that waits.
 */
final class Ending {
    private static final Logger LOG = LoggerFactory.getLogger(Ending.class);
    private static final int STOPPED = 0;
    private static final int START_AGAIN = 1;
    /** What a start needs to open a spool. */
    private static final int PROBE_BYTES = 512 << 10;

    private final Semaphore news = new Semaphore(0);
    private final Duration pause;
    private volatile boolean isStopped;

    /** @param pause between two looks at a disk that took nothing */
    Ending(Duration pause) {
        this.pause = pause;
    }

    /**
     * For the hook that runs at the process's end, which is over with it: it is to end, and has so long to do so. A part that hangs in a
     * disk is not waited for; what is acknowledged is on disk already. Returns whether it came to its end.
     */
    boolean stop(CountDownLatch ended, Duration patience) {
        stop();
        try {
            if (ended.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return true;
            }
            LOG.error("the agent does not come to its end, perhaps as its disk does not answer, and is left as it is");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** It is to end. */
    void stop() {
        isStopped = true;
        news.release();
    }

    /** There may be a reason to end. */
    void look() {
        news.release();
    }

    /**
     * Returns the exit status: 0 when it was told to end, 1 when whoever started the agent has to do so again.
     *
     * @param isDamaged whether only a new start helps
     * @param folder in which the next start needs a disk that works
     * @param atEachLook run on this thread whenever there may be a reason to look; whether to look again after a pause
     */
    int await(BooleanSupplier isDamaged, Path folder, BooleanSupplier atEachLook) throws InterruptedException {
        boolean isHeldBack = false;
        while (!isStopped) {
            boolean isAgain = atEachLook.getAsBoolean();
            if (!isDamaged.getAsBoolean()) {
                isHeldBack = false;
            } else if (works(folder, !isHeldBack)) {
                return START_AGAIN;
            } else {
                isHeldBack = true;
            }
            if (isAgain || isHeldBack) {
                news.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
            } else {
                news.acquire();
            }
            news.drainPermits();
        }
        return STOPPED;
    }

    private static boolean works(Path folder, boolean isToBeTold) {
        Path probe = folder.resolve("restart-probe");
        try {
            Files.write(probe, new byte[PROBE_BYTES], StandardOpenOption.CREATE, StandardOpenOption.DSYNC);
            Files.delete(probe);
            return true;
        } catch (IOException e) {
            remove(probe);
            if (isToBeTold) {
                LOG.warn("the agent goes on with a damaged spool, since the disk takes nothing: {}", e.toString());
            }
            return false;
        }
    }

    private static void remove(Path probe) {
        try {
            Files.deleteIfExists(probe);
        } catch (IOException e) {
            LOG.debug("the probe cannot be removed: {}", e.toString());
        }
    }
}
