package io.fengsui.edge.spool.repair;

import io.fengsui.edge.spool.read.RecordSearch;
import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.store.Bodies;
import io.fengsui.edge.spool.store.KeyedRow;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.edge.spool.store.SpoolWriter;
import io.fengsui.edge.spool.store.StoredRecord;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.wire.MalformedMessageException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the rows of open events one after the other while the spool is in use: nobody reads them before the next start, which
 * would forget an alarm whose row is not as it was written. Such a row is written again as the writer still has it, or else as
 * the event's newest record says it, when that is sound; else it stays for the next start. A page that makes no sense is told
 * by the reader as damage. A step of {@value #STEP} rows a minute. Confined to {@code ring-spool}.
 *
 * <p>Everything is looked for over a reader and outside of any transaction, so that no alarm waits for it or fails with it: a
 * transaction has as many statements as there are rows to be written again.
 */
public final class LiveScrub {
    private static final Logger LOG = LoggerFactory.getLogger(LiveScrub.class);
    private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int STEP = 256;
    private static final int MOST_HOPELESS = 10_000;

    private String after = "";
    private long nextAtNanos;
    /** What the records say of damaged rows; null when there are none to be mended. */
    private @Nullable RecordSearch search;
    /** Told once, and not looked for again as long as they are so. */
    private final NavigableSet<String> hopeless = new TreeSet<>();

    /** @param nowNanos from when on it looks */
    public LiveScrub(long nowNanos) {
        this.nextAtNanos = nowNanos;
    }

    /**
     * Reads one step: once a minute of the rows, and each time of the records, as long as rows are looked for there. Whether that came
     * to its end; then {@link #mend} is to follow.
     */
    public boolean look(@Nullable SpoolReader reader, long nowNanos) {
        if (reader == null || nowNanos - nextAtNanos < 0) {
            return false;
        }
        nextAtNanos = nowNanos + PAUSE_NANOS;
        try {
            RecordSearch current = search == null ? lookAtRows(reader) : search;
            search = current;
            if (current == null) {
                return false;
            }
            boolean isEnd = current.step(reader);
            if (!isEnd) {
                nextAtNanos = nowNanos;
            }
            return isEnd;
        } catch (SpoolException e) {
            // The reader told it; the same rows are tried again.
            LOG.warn("open events cannot be verified: {}", e.getMessage());
            return false;
        }
    }

    private @Nullable RecordSearch lookAtRows(SpoolReader reader) {
        SpoolReader.LiveRows rows = reader.live(after, STEP);
        // Others in between were written anew, or are gone.
        between(after, rows.last()).retainAll(new HashSet<>(rows.damaged()));
        after = rows.last();
        List<String> sought =
                rows.damaged().stream().filter(id -> !hopeless.contains(id)).toList();
        return sought.isEmpty() || hopeless.size() >= MOST_HOPELESS ? null : new RecordSearch(sought);
    }

    private NavigableSet<String> between(String first, String last) {
        return last.isEmpty() ? hopeless.tailSet(first, false) : hopeless.subSet(first, false, last, true);
    }

    /** Within a transaction. Returns how many rows nothing can mend that were not known to be so. */
    public long mend(SpoolWriter writer) throws SQLException {
        RecordSearch done = search;
        search = null;
        long found = 0;
        for (Map.Entry<String, RecordSearch.Last> entry : done == null
                ? List.<Map.Entry<String, RecordSearch.Last>>of()
                : done.found().entrySet()) {
            String id = entry.getKey();
            Row row = row(writer, id);
            if (!row.isThere()) {
                continue;
            }
            byte[] body = row.body() == null ? newest(entry.getValue()) : row.body();
            Optional<Event> event = body == null ? Optional.empty() : decode(body);
            boolean isIts = event.isPresent()
                    && event.get().id().toString().equals(id)
                    && (row.body() != null
                            || event.get().revision() == entry.getValue().revision());
            if (body != null && isIts) {
                // An equal row would not be written.
                writer.live().forget(id);
                writer.live().keep(event.get(), body);
                LOG.warn("the stored row of an event was damaged and is written again: event={}", id);
            } else if (hopeless.add(id)) {
                found++;
                LOG.error("the stored row of an event is damaged, and nothing else tells its last word: event={}", id);
            }
        }
        return found;
    }

    private static byte @Nullable [] newest(RecordSearch.Last last) {
        return last.record().map(StoredRecord::body).orElse(null);
    }

    private static Optional<Event> decode(byte[] body) {
        try {
            return Optional.of(Bodies.decodeEvent(body));
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }

    /**
     * As the writer has it now.
     *
     * @param body when it is as it was written
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Row(boolean isThere, byte @Nullable [] body) {}

    private static Row row(SpoolWriter writer, String id) throws SQLException {
        try (PreparedStatement select =
                writer.connection().prepareStatement("SELECT body, crc FROM live_event WHERE event_id=?")) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return new Row(false, null);
                }
                byte[] body = row.getBytes(1);
                boolean isIntact = body != null && KeyedRow.isIntact(id, body, row.getLong(2));
                return new Row(true, isIntact ? body : null);
            }
        }
    }
}
