package io.fengsui.edge.spool;

import io.fengsui.edge.spool.store.Bodies;
import io.fengsui.edge.spool.store.Draft;
import io.fengsui.edge.spool.store.EvidenceRow;
import io.fengsui.edge.spool.store.Gap;
import io.fengsui.edge.spool.store.Importance;
import io.fengsui.edge.spool.store.SpoolWriter;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EvidenceLost;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.value.Sha256;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What other threads want written: evidence rows and claims of orders. Bounded; a full queue refuses the newest, whose
 * future fails. Filled from any thread, emptied on {@code ring-spool}.
 */
final class WriterTasks implements EvidenceLedger {
    static final int CAPACITY = 1024;
    private static final Logger LOG = LoggerFactory.getLogger(WriterTasks.class);
    private static final String EVIDENCE_LOST_KIND = "evidence.lost";

    private final Queue<WriterTask<?>> waiting = new ArrayBlockingQueue<>(CAPACITY);
    private final Queue<WriterTask<?>> running = new ArrayDeque<>();
    private volatile Runnable wake = () -> {};
    /** The one that is just being run. */
    private @Nullable WriterTask<?> current;

    void onWork(Runnable newWake) {
        wake = newWake;
    }

    /** There is something to do on {@code ring-spool}. */
    void wake() {
        wake.run();
    }

    private <T> CompletableFuture<T> submit(WriterTask.Work<T> work) {
        WriterTask<T> task = new WriterTask<>(work);
        if (waiting.offer(task)) {
            wake.run();
        } else {
            task.refuse("the spool's writer has " + CAPACITY + " things to do and takes no more now");
        }
        return task.done();
    }

    CompletableFuture<Boolean> claimOrder(UUID order) {
        return submit(writer -> writer.claimOrder(order));
    }

    @Override
    public CompletableFuture<Void> taken(EventId event, UUID evidence, Sha256 sha256, long size) {
        return submit(done(writer -> writer.evidence().taken(event, evidence, sha256, size, writer.nowMillis())));
    }

    @Override
    public CompletableFuture<Void> lost(UUID evidence, String reason) {
        return submit(done(writer -> lose(writer, evidence, reason)));
    }

    @Override
    public CompletableFuture<Void> givenUp(UUID evidence, String reason) {
        return submit(done(writer -> {
            Optional<Lane> lane = lose(writer, evidence, reason);
            if (lane.isPresent()) {
                writer.gaps().add(lane.get(), Gap.Why.PICTURES, 0, 0, 1, Importance.NOTE, writer.nowMillis());
            }
        }));
    }

    /** Returns the lane of its event, when it was not at its end before. */
    private static Optional<Lane> lose(SpoolWriter writer, UUID evidence, String reason) throws SQLException {
        Optional<EvidenceRow> row = writer.evidence().find(evidence);
        if (row.isEmpty() || !writer.evidence().move(evidence, EvidenceRow.State.LOST, writer.nowMillis())) {
            return Optional.empty();
        }
        EventId event = row.get().event();
        byte[] body = Bodies.encode(new EvidenceLost(event, evidence, reason));
        writer.append(
                new Draft(row.get().lane(), event.toString(), 0, EVIDENCE_LOST_KIND, Importance.NOTE, body, null));
        writer.live().forgetAwaiting(event.toString());
        return Optional.of(row.get().lane());
    }

    @Override
    public CompletableFuture<Void> delivered(UUID evidence) {
        return submit(
                done(writer -> writer.evidence().move(evidence, EvidenceRow.State.DELIVERED, writer.nowMillis())));
    }

    @Override
    public CompletableFuture<Void> forget(UUID evidence) {
        return submit(done(writer -> writer.evidence().delete(evidence)));
    }

    @FunctionalInterface
    private interface Step {
        void run(SpoolWriter writer) throws SQLException;
    }

    @SuppressWarnings("NullAway") // Void has no other value
    private static WriterTask.Work<Void> done(Step step) {
        return writer -> {
            step.run(writer);
            return null;
        };
    }

    /** A reader found a record that does not fit its checksum: counted and told once, when its tombstone is written. */
    void damaged(Lane lane, long sequence) {
        submit(done(writer -> writer.buryDamaged(lane, sequence)));
    }

    boolean isEmpty() {
        return running.isEmpty() && waiting.isEmpty();
    }

    /** Runs what waits, and what a failed transaction left. */
    void run(SpoolWriter writer) throws SQLException {
        for (WriterTask<?> task = waiting.poll(); task != null; task = waiting.poll()) {
            running.add(task);
            if (running.size() >= CAPACITY) {
                break;
            }
        }
        for (WriterTask<?> task : running) {
            current = task;
            task.run(writer);
        }
        current = null;
    }

    /** The transaction failed while a task ran, perhaps by it. */
    void suspect() {
        WriterTask<?> suspected = current;
        current = null;
        if (suspected != null) {
            suspected.suspect();
        }
    }

    /** All would fail. */
    void acquit() {
        running.forEach(WriterTask::acquit);
    }

    /** Others do not fail: one that did so again and again is given up, which whoever waits is told. */
    void giveUp(Throwable why) {
        List<WriterTask<?>> proven =
                running.stream().filter(WriterTask::isProven).toList();
        running.removeAll(proven);
        for (WriterTask<?> task : proven) {
            LOG.error("something cannot be written, however often, and is given up", why);
            task.refuse("it cannot be written: " + why);
        }
    }

    /** The transaction is on disk. */
    void committed() {
        List<WriterTask<?>> finished = new ArrayList<>(running);
        running.clear();
        finished.forEach(WriterTask::complete);
    }

    void refuseAll(String reason) {
        for (WriterTask<?> task = waiting.poll(); task != null; task = waiting.poll()) {
            task.refuse(reason);
        }
        running.forEach(task -> task.refuse(reason));
        running.clear();
    }
}
