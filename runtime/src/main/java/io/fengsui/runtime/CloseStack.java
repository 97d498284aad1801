package io.fengsui.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes what was started, last first. A step that fails is logged and does not keep the others open; closing twice
 * does nothing.
 *
 * <p>Use: push each part as soon as it is started; on a failed start close the stack, which rolls back. Thread-safe.
 */
public final class CloseStack implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CloseStack.class);

    private record Step(String name, AutoCloseable part) {}

    private final Deque<Step> steps = new ArrayDeque<>();
    private boolean closed;

    /** Registers a started part; returns it. Once the stack is closed the part is closed at once. */
    public <T extends AutoCloseable> T push(String name, T part) {
        synchronized (this) {
            if (!closed) {
                steps.push(new Step(name, part));
                return part;
            }
        }
        closeQuietly(new Step(name, part));
        return part;
    }

    @Override
    public void close() {
        Deque<Step> toClose;
        synchronized (this) {
            closed = true;
            toClose = new ArrayDeque<>(steps);
            steps.clear();
        }
        toClose.forEach(CloseStack::closeQuietly);
    }

    private static void closeQuietly(Step step) {
        long begun = System.nanoTime();
        try {
            step.part().close();
            LOG.debug("closed {} in {} ms", step.name(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("interrupted while closing {}", step.name());
        } catch (Exception e) {
            LOG.warn("closing {} failed", step.name(), e);
        }
    }
}
