package io.fengsui.edge.spool;

import io.fengsui.edge.spool.repair.FirstOpening;
import io.fengsui.edge.spool.room.Ballast;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.edge.spool.store.SpoolStore;
import io.fengsui.edge.spool.store.SpoolWriter;
import io.fengsui.runtime.TimeSource;
import java.sql.SQLException;
import java.time.Duration;
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

    private final Door door;
    private final Ballast ballast;
    private final TimeSource time;
    private final DamageWatch damage;
    private @Nullable SpoolWriter writer;
    private long batchNumber;
    private long retryAtNanos;
    private long retryNanos = FIRST_RETRY_NANOS;
    private boolean isClosed;

    /** What a look at the store found. */
    sealed interface Look {
        /** It works. */
        record Works(SpoolWriter writer) implements Look {}

        /** It works again; whether the batch that failed is in it all the same. */
        record WorksAgain(SpoolWriter writer, boolean isLastThere) implements Look {}

        record Broken() implements Look {}
    }

    /** Not open yet, or see {@link #took}. */
    StoreSession(Door door, Ballast ballast, TimeSource time, DamageWatch damage) {
        this.damage = damage;
        this.door = door;
        this.ballast = ballast;
        this.time = time;
        this.retryAtNanos = time.steadyNanos();
    }

    /** Goes on with what the first opening made. */
    void took(SpoolWriter opened) throws SQLException {
        writer = opened;
        String number = SpoolStore.meta(opened.connection(), "batch");
        batchNumber = isNumber(number) ? Long.parseLong(number) : 0;
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
        try {
            SpoolWriter opened = store.open();
            boolean isThere = SpoolStore.meta(opened.connection(), "batch").equals(Long.toString(batchNumber));
            writer = opened;
            LOG.info("spool works again: last-batch-on-disk={}", isThere);
            return new Look.WorksAgain(opened, isThere);
        } catch (SQLException e) {
            LOG.warn("spool still broken: {}", e.getMessage());
            damage.failed(e);
            boolean hasMoreRoom = ballast.release();
            retryNanos = Math.min(2 * retryNanos, LONGEST_RETRY_NANOS);
            retryAtNanos = time.steadyNanos() + (hasMoreRoom ? 0 : retryNanos);
            return new Look.Broken();
        }
    }

    private Look first() {
        try {
            FirstOpening.Opened opened = door.open(time.wall().toEpochMilli());
            took(opened.writer());
            LOG.info("the disk takes something, the spool is open: file={}", door.file());
            return new Look.WorksAgain(opened.writer(), false);
        } catch (SpoolException | SQLException e) {
            LOG.debug("the spool cannot be opened yet: {}", e.getMessage());
            retryNanos = Math.min(2 * retryNanos, LONGEST_RETRY_NANOS);
            retryAtNanos = time.steadyNanos() + retryNanos;
            return new Look.Broken();
        }
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
    void fail(SQLException e, int held) {
        LOG.error(
                "spool write failed, nothing is acknowledged until it is verified: held={} code={}",
                held,
                e.getErrorCode(),
                e);
        damage.failed(e);
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
