package io.fengsui.edge.decide;

import io.fengsui.runtime.Progress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nothing that an input throws, an {@link Error} neither, stops the others or ends the thread {@code decide}: it is logged and
 * counted. Tells at each input that the thread gets on. Counts are thread-safe, everything else is confined to {@code decide}.
 */
final class Endurance {
    private static final Logger LOG = LoggerFactory.getLogger(Endurance.class);

    private final Progress progress;
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong undecided = new AtomicLong();

    Endurance(Progress progress) {
        this.progress = progress;
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
        failures.incrementAndGet();
        LOG.error("a {} could not be decided", what, e);
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
