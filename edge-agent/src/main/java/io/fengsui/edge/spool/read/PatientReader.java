package io.fengsui.edge.spool.read;

import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.runtime.RoleThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads on a thread of its own, so that who asks is not kept by a disk that does not answer: it is told so after some seconds, and
 * at once as long as the question before has no answer. What comes too late is thrown away. Confined to one asking thread, but for
 * {@link #close}.
 */
public final class PatientReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PatientReader.class);

    /** A disk that is only slow answers by then. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final SpoolReader reader;
    private final Duration patience;
    private final ExecutorService thread;
    private @Nullable Future<?> unanswered;

    /** By a thread of this name; the reader is this one's from now on. */
    public PatientReader(SpoolReader reader, String role) {
        this(reader, role, PATIENCE);
    }

    /** @param patience with one question */
    PatientReader(SpoolReader reader, String role, Duration patience) {
        this.reader = reader;
        this.patience = patience;
        this.thread = Executors.newSingleThreadExecutor(work -> RoleThreads.named(role, work));
    }

    /** What the spool says. Throws {@link SpoolException} when it cannot be read, or not in time. */
    public <T> T ask(Function<SpoolReader, T> question) {
        try {
            return askDisk(() -> question.apply(reader));
        } catch (IOException e) {
            throw new SpoolException("cannot be read: " + e.getMessage(), e);
        }
    }

    /** What another file of the same disk says; the same. */
    public <T> T askDisk(Callable<T> question) throws IOException {
        Future<?> before = unanswered;
        if (before != null && !before.isDone()) {
            throw new SpoolException("the disk has not answered yet");
        }
        unanswered = null;
        Future<T> asked = thread.submit(question);
        try {
            return asked.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            unanswered = asked;
            throw new SpoolException("the disk has not answered for " + patience.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            unanswered = asked;
            Thread.currentThread().interrupt();
            throw new SpoolException("interrupted while reading", e);
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        }
    }

    /** As if it had been thrown here. */
    private static RuntimeException thrown(@Nullable Throwable cause) throws IOException {
        if (cause instanceof IOException e) {
            throw e;
        }
        if (cause instanceof RuntimeException e) {
            throw e;
        }
        if (cause instanceof Error e) {
            throw e;
        }
        return new IllegalStateException(cause);
    }

    /** After what was asked, whenever that is answered; nobody waits for it. */
    public void later(Runnable work) {
        try {
            thread.execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("it is closed, the end of the process does the rest", e);
        }
    }

    /** Waits for it as long as for an answer. */
    @Override
    public void close() {
        later(reader::close);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("the disk does not answer, its reader is left as it is");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
