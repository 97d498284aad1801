package io.fengsui.edge.spool;

import io.fengsui.edge.spool.fault.Blame;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.edge.spool.store.SpoolWriter;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Something other than a slot to be written in the next transaction; run again when that one fails. */
final class WriterTask<T> {
    /** Runs on the writer's thread within its transaction. */
    @FunctionalInterface
    interface Work<T> {
        T run(SpoolWriter writer) throws SQLException;
    }

    private final Work<T> work;
    private final CompletableFuture<T> done = new CompletableFuture<>();
    private @Nullable T result;
    private int failures;

    WriterTask(Work<T> work) {
        this.work = work;
    }

    CompletableFuture<T> done() {
        return done;
    }

    void run(SpoolWriter writer) throws SQLException {
        result = work.run(writer);
    }

    @SuppressWarnings("NullAway") // a task without a result completes with null
    void complete() {
        done.complete(result);
    }

    /** It failed of itself once more. */
    void suspect() {
        failures++;
    }

    /** All would fail. */
    void acquit() {
        failures = 0;
    }

    /** Others do not fail: whether it did so often enough. */
    boolean isProven() {
        return Blame.isProven(failures);
    }

    void refuse(String reason) {
        done.completeExceptionally(new SpoolException(reason));
    }
}
