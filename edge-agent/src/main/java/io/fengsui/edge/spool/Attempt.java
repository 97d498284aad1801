package io.fengsui.edge.spool;

import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.edge.spool.store.SpoolWriter;
import io.fengsui.runtime.TimeSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The spool being opened and verified, which may take long, on a thread that nobody waits for. Thread-safe. */
final class Attempt {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

    /** Opens and verifies. */
    @FunctionalInterface
    interface Opening {
        SpoolWriter open() throws SQLException;
    }

    private final CompletableFuture<SpoolWriter> opened = new CompletableFuture<>();
    private final long beganNanos;

    private Attempt(long beganNanos) {
        this.beganNanos = beganNanos;
    }

    static Attempt begin(Executor where, TimeSource time, Opening opening) {
        Attempt begun = new Attempt(time.steadyNanos());
        try {
            where.execute(() -> begun.run(opening));
        } catch (RejectedExecutionException e) {
            begun.opened.completeExceptionally(e);
        }
        return begun;
    }

    @SuppressWarnings("PMD.AvoidCatchingThrowable") // whoever waits is told of all that can happen
    private void run(Opening opening) {
        try {
            opened.complete(opening.open());
        } catch (Throwable e) {
            opened.completeExceptionally(e);
        }
    }

    long beganNanos() {
        return beganNanos;
    }

    boolean isDone() {
        return opened.isDone();
    }

    /** Waits for it; whether it has ended. */
    boolean isDoneWithin(Duration patience) {
        try {
            opened.handle((writer, failure) -> true).get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Runs on the thread that makes it, when it has ended. */
    void onEnd(Runnable told) {
        opened.whenComplete((writer, failure) -> told.run());
    }

    /** What it made; throws what kept it from that. Only when it is done. */
    SpoolWriter result() throws SQLException {
        if (opened.state() == CompletableFuture.State.SUCCESS) {
            return opened.resultNow();
        }
        Throwable failure = opened.exceptionNow();
        if (failure instanceof SQLException known) {
            throw known;
        }
        if (failure instanceof RuntimeException known) {
            throw known;
        }
        throw new SpoolException("the spool could not be checked: " + failure, failure);
    }

    /** As {@link #result}, with a {@link SpoolException} for whatever kept it from that. */
    SpoolWriter writer() {
        try {
            return result();
        } catch (SQLException e) {
            throw new SpoolException("the spool cannot be opened: " + e.getMessage(), e);
        }
    }

    /** Nobody wants it any more: what it makes is given back, then the rest is done. Returns whether that is so within some seconds. */
    boolean end(Consumer<SpoolWriter> giveBack, Runnable rest) {
        CompletableFuture<Boolean> ended = opened.handle((writer, failure) -> {
            if (failure == null) {
                giveBack.accept(writer);
            }
            rest.run();
            return true;
        });
        try {
            return ended.get(CLOSE_PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new SpoolException("the spool could not be closed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
