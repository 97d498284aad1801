package io.fengsui.edge.spool;

import io.fengsui.edge.spool.repair.FirstOpening;
import io.fengsui.edge.spool.room.Ballast;
import io.fengsui.edge.spool.store.ForeignSpoolException;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.edge.spool.store.SpoolStore;
import io.fengsui.edge.spool.store.SpoolWriter;
import io.fengsui.runtime.TimeSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open writer, and its way back after a failure: closed, opened and verified again after a growing pause, at once when
 * the ballast made room. Batches are numbered within their transaction, so that after a failure the file says whether the
 * last one is in it. Confined to {@code ring-spool}.
 */
final class StoreSession {
    private static final Logger LOG = LoggerFactory.getLogger(StoreSession.class);
    private static final long FIRST_RETRY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_RETRY_NANOS = Duration.ofSeconds(30).toNanos();
    /** After a rebuild that came to nothing, which wrote the whole spool out: a card that is worn is not to be worn by that. */
    private static final long REBUILD_RETRY_NANOS = Duration.ofMinutes(10).toNanos();
    /** Of the thread's time at most a tenth goes into tries that come to nothing, as long as the pause is no longer than that. */
    private static final int PAUSE_FACTOR = 10;

    private final Door door;
    private final Ballast ballast;
    private final TimeSource time;
    private final DamageWatch damage;
    private final Consumer<Door.Known> onShut;
    private @Nullable SpoolWriter writer;
    /** Of the file that was opened first; empty before. */
    private String epoch = "";

    private long batchNumber;
    private boolean isNumbered;
    private long retryAtNanos;
    private long retryNanos = FIRST_RETRY_NANOS;
    private String lastReason = "";
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
     * @param onShut told what is to be published whenever the file could not be opened for the first time
     */
    StoreSession(Door door, Ballast ballast, TimeSource time, DamageWatch damage, Consumer<Door.Known> onShut) {
        this.damage = damage;
        this.door = door;
        this.ballast = ballast;
        this.time = time;
        this.onShut = onShut;
        this.retryAtNanos = time.steadyNanos();
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
            boolean isThere = isNumbered && number.equals(Long.toString(batchNumber));
            if (!isNumbered) {
                batchNumber = isNumber(number) ? Long.parseLong(number) : 0;
                isNumbered = true;
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
        return ++batchNumber;
    }

    Look look() {
        SpoolWriter current = writer;
        if (current != null) {
            return new Look.Works(current);
        }
        if (isClosed || time.steadyNanos() - retryAtNanos < 0) {
            return new Look.Broken();
        }
        SpoolStore store = door.store();
        if (store == null) {
            return first();
        }
        if (store.isGone()) {
            damage.placeLost("its file is gone");
            stillShut("its file is gone: " + door.file());
            pause(time.steadyNanos(), 0);
            return new Look.Broken();
        }
        long began = time.steadyNanos();
        try {
            SpoolWriter opened = store.open();
            boolean isThere = adopt(opened);
            damage.ours();
            LOG.info("spool works again: last-batch-on-disk={}", isThere);
            return new Look.WorksAgain(opened, isThere);
        } catch (ForeignSpoolException e) {
            damage.foreign(String.valueOf(e.getMessage()));
            pause(began, LONGEST_RETRY_NANOS);
        } catch (SQLException e) {
            LOG.warn("spool still broken: {}", e.getMessage());
            damage.failed(e);
            boolean hasMoreRoom = ballast.release();
            retryNanos = Math.min(2 * retryNanos, LONGEST_RETRY_NANOS);
            retryAtNanos = time.steadyNanos() + (hasMoreRoom ? 0 : retryNanos);
        } catch (RuntimeException e) {
            LOG.warn("spool still broken", e);
            pause(began, 0);
        }
        return new Look.Broken();
    }

    private Look first() {
        long began = time.steadyNanos();
        try {
            FirstOpening.Opened opened = door.open(time.wall().toEpochMilli(), onShut);
            adopt(opened.writer());
            damage.ours();
            LOG.info("the disk takes something, the spool is open: file={}", door.file());
            return new Look.WorksAgain(opened.writer(), false);
        } catch (ForeignSpoolException e) {
            damage.foreign(String.valueOf(e.getMessage()));
            pause(began, LONGEST_RETRY_NANOS);
        } catch (SpoolException.NotRebuilt e) {
            stillShut(String.valueOf(e.getMessage()));
            pause(began, REBUILD_RETRY_NANOS);
        } catch (SQLException | RuntimeException e) {
            stillShut(String.valueOf(e.getMessage()));
            pause(began, 0);
        }
        return new Look.Broken();
    }

    private void stillShut(String reason) {
        if (!reason.equals(lastReason)) {
            lastReason = reason;
            LOG.warn("the spool cannot be opened yet: {}", reason);
        }
    }

    /** What took long is not tried again soon: this thread also tells what is urgent. */
    private void pause(long beganNanos, long leastNanos) {
        long now = time.steadyNanos();
        retryNanos = Math.min(2 * retryNanos, LONGEST_RETRY_NANOS);
        long rest = Math.min(PAUSE_FACTOR * (now - beganNanos), REBUILD_RETRY_NANOS);
        retryAtNanos = now + Math.max(Math.max(retryNanos, leastNanos), rest);
    }

    /** A commit came through: the next failure is tried again soon. */
    void worked() {
        retryNanos = FIRST_RETRY_NANOS;
    }

    /** Whether a look now may find that it works. */
    boolean isWorthTrying() {
        return !isClosed && writer == null && time.steadyNanos() - retryAtNanos >= 0;
    }

    /** Closes the writer that failed; tried again at once when the ballast could be given up. */
    void fail(Exception e, int held) {
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
        retryAtNanos = time.steadyNanos() + (hasMoreRoom ? 0 : retryNanos);
        retryNanos = Math.min(2 * retryNanos, LONGEST_RETRY_NANOS);
    }

    private void closeWriter() {
        SpoolWriter current = writer;
        writer = null;
        if (current != null) {
            try {
                current.close();
            } catch (SQLException e) {
                LOG.warn("spool connection could not be closed: {}", e.getMessage());
            }
        }
    }

    void close() {
        isClosed = true;
        closeWriter();
        door.close();
    }
}
