package io.fengsui.edge.decide;

import io.fengsui.runtime.Progress;
import io.fengsui.runtime.Seldom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nothing that an input throws, an {@link Error} neither, stops the others or ends the thread {@code decide}: it is counted, and
 * logged once a minute for each kind, since a sensor may speak a hundred times a second. Tells at each input that the thread gets
 * on. Counts are thread-safe, everything else is confined to {@code decide}.
 */
final class Endurance {
    private static final Logger LOG = LoggerFactory.getLogger(Endurance.class);

    private final Progress progress;
    private final LongSupplier steadyNanos;
    private final Seldom seldom = new Seldom();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong undecided = new AtomicLong();

    Endurance(LongSupplier steadyNanos) {
        this.progress = new Progress("decide", steadyNanos);
        this.steadyNanos = steadyNanos;
    }

    /** Of the thread. */
    Progress progress() {
        return progress;
    }

    <T> void take(String what, T input, Consumer<T> decide) {
        progress.made();
        try {
            decide.accept(input);
        } catch (RuntimeException | Error e) {
            failed(what, e);
        }
    }

    void failed(String what, Throwable e) {
        long count = failures.incrementAndGet();
        if (seldom.isDue(what + ' ' + e.getClass().getName(), steadyNanos.getAsLong())) {
            LOG.error("a {} could not be decided, failures since the start: {}", what, count, e);
        }
    }

    /** A sensor message that is kept for people instead. */
    void undecided(Throwable e) {
        failed("sensor message", e);
        undecided.incrementAndGet();
    }

    long failures() {
        return failures.get();
    }

    long undecided() {
        return undecided.get();
    }
}
