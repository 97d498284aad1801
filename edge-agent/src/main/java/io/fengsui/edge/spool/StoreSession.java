package io.fengsui.edge.spool;

import io.fengsui.edge.spool.room.Ballast;
import io.fengsui.edge.spool.room.RetryPause;
import io.fengsui.edge.spool.store.ForeignSpoolException;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.edge.spool.store.SpoolStore;
import io.fengsui.edge.spool.store.SpoolWriter;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open writer, and its way back after a failure: closed, opened and verified again after a growing pause, at once when
 * the ballast made room or others did. Verifying may read a whole file and rebuild it: that is done elsewhere, and until it has
 * ended the store is as broken as before, so that what is urgent waits for nothing. Batches are numbered within their
 * transaction, so that after a failure the file says whether the last one is in it. Confined to {@code ring-spool}.
 */
final class StoreSession {
    private static final Logger LOG = LoggerFactory.getLogger(StoreSession.class);
    private static final long LONG_CHECK_NANOS = Duration.ofMinutes(1).toNanos();
    /** How long the agent's end waits for a check while something is held. */
    private static final Duration END_PATIENCE = Duration.ofSeconds(5);

    private final Door door;
    private final Ballast ballast;
    private final TimeSource time;
    private final DamageWatch damage;
    private final RetryPause pause;
    private final Executor checks;
    private final Runnable wake;
    private @Nullable SpoolWriter writer;
    /** Of the file that was opened first; empty before. */
    private String epoch = "";

    private long batchNumber;
    /** Whether a batch was tried: what is there before that is an earlier run's. */
    private boolean hasWritten;

    private String lastReason = "";
    private @Nullable Attempt attempt;
    private boolean isFirstCheck;
    private boolean isClosed;

    /** What a look at the store found. */
    sealed interface Look {
        /** It works. */
        record Works(SpoolWriter writer) implements Look {}

        /** It works again; whether the batch that failed is in it all the same. */
        record WorksAgain(SpoolWriter writer, boolean isLastThere) implements Look {}

        record Broken() implements Look {}
    }

    /**
     * Not open yet, or see {@link #took}.
     *
     * @param checks where a file is opened and verified
     * @param wake called, there, when that has ended
     */
    StoreSession(Door door, TimeSource time, DamageWatch damage, Executor checks, Runnable wake) {
        this.damage = damage;
        this.door = door;
        this.ballast = door.ballast();
        this.pause = new RetryPause(ballast::usable, time.steadyNanos());
        this.time = time;
        this.checks = checks;
        this.wake = wake;
    }

    /** Goes on with what the first opening made. */
    void took(SpoolWriter opened) throws SQLException {
        adopt(opened);
    }

    /** Returns whether the batch that was written last is in it. */
    private boolean adopt(SpoolWriter opened) throws SQLException {
        try {
            String found = SpoolStore.meta(opened.connection(), "epoch");
            if (!epoch.isEmpty() && !found.equals(epoch)) {
                throw new ForeignSpoolException("there is another spool in its place: " + door.file());
            }
            epoch = found;
            String number = SpoolStore.meta(opened.connection(), "batch");
            boolean isThere = hasWritten && number.equals(Long.toString(batchNumber));
            if (!hasWritten) {
                batchNumber = isNumber(number) ? Long.parseLong(number) : 0;
            }
            writer = opened;
            return isThere;
        } catch (SQLException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < 19 && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    /** The number of the next batch: counted up before it is written. */
    long nextBatch() {
        hasWritten = true;
        return ++batchNumber;
    }

    /** An attempt that another thread began before there was a session. */
    void goOnWith(Attempt begun) {
        isFirstCheck = true;
        await(begun);
    }

    Look look() {
        SpoolWriter current = writer;
        if (current != null) {
            return new Look.Works(current);
        }
        if (isClosed) {
            return new Look.Broken();
        }
        Attempt made = attempt;
        if (made == null) {
            if (!pause.isOver(time.steadyNanos())) {
                return new Look.Broken();
            }
            made = Attempt.begin(checks, time, this::open);
            await(made);
        }
        if (!made.isDone()) {
            return new Look.Broken();
        }
        attempt = null;
        isFirstCheck = false;
        return ended(made);
    }

    private void await(Attempt begun) {
        attempt = begun;
        if (!begun.isDone()) {
            begun.onEnd(wake);
        }
    }

    /** Runs where checks run. */
    private SpoolWriter open() throws SQLException {
        SpoolStore store = door.store();
        if (store == null) {
            return door.open(time.wall().toEpochMilli()).writer();
        }
        if (store.isGone()) {
            damage.placeLost("its file is gone");
            throw new SpoolException("its file is gone: " + door.file());
        }
        return store.open();
    }

    private Look ended(Attempt made) {
        pause.tried(made.beganNanos(), time.steadyNanos());
        Throwable failure;
        try {
            boolean wasOpen = !epoch.isEmpty();
            SpoolWriter opened = made.result();
            boolean isThere = adopt(opened);
            damage.ours();
            lastReason = "";
            LOG.info(
                    wasOpen ? "spool works again: last-batch-on-disk={}" : "the spool is open: last-batch-on-disk={}",
                    isThere);
            return new Look.WorksAgain(opened, isThere);
        } catch (SQLException | RuntimeException e) {
            failure = e;
        }
        long now = time.steadyNanos();
        if (failure instanceof ForeignSpoolException) {
            damage.foreign(String.valueOf(failure.getMessage()));
            pause.notOurs(now);
        } else if (failure instanceof SpoolException.NotRebuilt) {
            stillShut(String.valueOf(failure.getMessage()));
            pause.notRebuilt(now, fileBytes());
        } else if (failure instanceof SpoolException) {
            stillShut(String.valueOf(failure.getMessage()));
            pause.notOpened(now);
        } else if (failure instanceof SQLException e) {
            stillShut(String.valueOf(e.getMessage()));
            damage.failed(e);
            boolean hasMoreRoom = ballast.release();
            pause.notOpened(now);
            if (hasMoreRoom) {
                pause.end(now);
            }
        } else {
            LOG.warn("spool still broken", failure);
            pause.notOpened(now);
        }
        return new Look.Broken();
    }

    private void stillShut(String reason) {
        if (!reason.equals(lastReason)) {
            lastReason = reason;
            LOG.warn("the spool cannot be opened yet: {}", reason);
        }
    }

    /** A commit came through: the next failure is tried again soon. */
    void worked() {
        pause.worked();
    }

    /** Whether a look now may find that it works. */
    boolean isWorthTrying() {
        Attempt made = attempt;
        return !isClosed && writer == null && (made == null ? pause.isOver(time.steadyNanos()) : made.isDone());
    }

    /** Whether the file is being checked for the first time since the start, and not for long yet: that is no failure. */
    boolean isFirstCheck() {
        Attempt made = attempt;
        return isFirstCheck && made != null && time.steadyNanos() - made.beganNanos() < LONG_CHECK_NANOS;
    }

    /** Closes the writer that failed; tried again at once when the ballast could be given up. */
    void fail(Throwable e, int held) {
        LOG.error(
                "spool write failed, nothing is acknowledged until it is verified: held={} code={}",
                held,
                e instanceof SQLException sql ? sql.getErrorCode() : 0,
                e);
        if (e instanceof SQLException sql) {
            damage.failed(sql);
        }
        closeWriter();
        boolean hasMoreRoom = ballast.release();
        pause.notWritten(time.steadyNanos());
        if (hasMoreRoom) {
            pause.end(time.steadyNanos());
        }
    }

    /** At the end: what failed was not the disk. */
    void hurry() {
        pause.end(time.steadyNanos());
    }

    private void closeWriter() {
        SpoolWriter current = writer;
        writer = null;
        if (current != null) {
            close(current);
        }
    }

    static void close(SpoolWriter writer) {
        try {
            writer.close();
        } catch (SQLException e) {
            LOG.warn("spool connection could not be closed: {}", e.getMessage());
        }
    }

    /** As much room as a rebuilt one needs. */
    private long fileBytes() {
        try {
            return Files.size(door.file());
        } catch (IOException e) {
            return 0;
        }
    }

    /** At the end: waits some seconds for what is being checked. Whether a look can say what came of it. */
    boolean awaitCheck() {
        Attempt made = attempt;
        return made == null || made.isDoneWithin(END_PATIENCE);
    }

    void close() {
        isClosed = true;
        closeWriter();
        Attempt made = attempt;
        attempt = null;
        if (made == null) {
            door.close();
        } else if (!made.end(StoreSession::close, door::close)) {
            // Nobody else may have the folder before it has come to its end, or the process to its own.
            LOG.warn("the spool is still being checked, its folder stays locked until that has ended");
        }
    }
}
