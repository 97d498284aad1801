package io.fengsui.edge.spool.repair;

import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.store.Bodies;
import io.fengsui.edge.spool.store.Importance;
import io.fengsui.edge.spool.store.KeyedRow;
import io.fengsui.edge.spool.store.LaneCode;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.edge.spool.store.SpoolWriter;
import io.fengsui.edge.spool.store.StoredRecord;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.wire.MalformedMessageException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the rows of open events one after the other while the spool is in use: nobody reads them before the next start, which
 * would forget an alarm whose row is not as it was written. Such a row is written again as the writer still has it, or else as
 * the newest sound record of the event says it; where neither is, it stays for the next start. A page that makes no sense is told
 * by the reader as damage. A step of {@value #STEP} rows a minute. Confined to {@code ring-spool}.
 */
public final class LiveScrub {
    private static final Logger LOG = LoggerFactory.getLogger(LiveScrub.class);
    private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int STEP = 256;
    private static final int MOST_HOPELESS = 10_000;

    private final List<String> damaged = new ArrayList<>();
    private String after = "";
    private long lookAtNanos;
    /** Told once. */
    private final Set<String> hopeless = new HashSet<>();

    /** @param nowNanos from when on it looks */
    public LiveScrub(long nowNanos) {
        this.lookAtNanos = nowNanos;
    }

    /** Once a minute, however much there is to do: reads one step. Whether it did; then {@link #mend} is to follow. */
    public boolean look(@Nullable SpoolReader reader, long nowNanos) {
        if (reader == null || nowNanos - lookAtNanos < 0) {
            return false;
        }
        lookAtNanos = nowNanos + PAUSE_NANOS;
        damaged.clear();
        try {
            SpoolReader.LiveRows rows = reader.live(after, STEP);
            damaged.addAll(rows.damaged());
            after = rows.last();
        } catch (SpoolException e) {
            // The reader told it; the same rows are tried again.
            LOG.warn("open events cannot be verified: {}", e.getMessage());
        }
        return true;
    }

    /** Within a transaction. Returns how many rows nothing can mend that were not known to be so. */
    public long mend(SpoolWriter writer) throws SQLException {
        long found = 0;
        for (String id : damaged) {
            byte[] body = asWritten(writer, id);
            Optional<Event> event = body == null ? Optional.empty() : decode(body);
            if (event.isPresent() && body != null && event.get().id().toString().equals(id)) {
                // An equal row would not be written.
                writer.live().forget(id);
                writer.live().keep(event.get(), body);
                LOG.warn("the stored row of an event was damaged and is written again: event={}", id);
            } else {
                if (hopeless.size() < MOST_HOPELESS && hopeless.add(id)) {
                    found++;
                    LOG.error("the stored row of an event is damaged, and nothing else tells it: event={}", id);
                }
            }
        }
        return found;
    }

    private static Optional<Event> decode(byte[] body) {
        try {
            return Optional.of(Bodies.decodeEvent(body));
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }

    private static byte @Nullable [] asWritten(SpoolWriter writer, String id) throws SQLException {
        try (PreparedStatement select =
                writer.connection().prepareStatement("SELECT body, crc FROM live_event WHERE event_id=?")) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                byte[] body = row.next() ? row.getBytes(1) : null;
                if (body != null && KeyedRow.isIntact(id, body, row.getLong(2))) {
                    return body;
                }
            }
        }
        StoredRecord newest = null;
        for (Lane lane : Lane.values()) {
            try (PreparedStatement select = writer.connection()
                    .prepareStatement("SELECT " + StoredRecord.COLUMNS
                            + " FROM record WHERE lane=? AND event_id=? AND revision>0")) {
                select.setInt(1, LaneCode.of(lane));
                select.setString(2, id);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        StoredRecord record = StoredRecord.read(lane, rows);
                        boolean isSound = record.verdict() == StoredRecord.Verdict.INTACT
                                && record.importance() != Importance.GONE;
                        if (isSound && (newest == null || record.revision() > newest.revision())) {
                            newest = record;
                        }
                    }
                }
            }
        }
        return newest == null ? null : newest.body();
    }
}
