package io.fengsui.hub.store.query;

import io.fengsui.hub.journal.Journal;
import io.fengsui.hub.shard.input.JournalEntry;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Reads a shard's journal. Reads committed rows only; blocks. Thread-safe. */
public final class JournalQueries implements Journal {
    private final Jdbi reader;
    private final int shard;

    public JournalQueries(Jdbi reader, int shard) {
        this.reader = reader;
        this.shard = shard;
    }

    @Override
    public List<JournalEntry> after(long offset, int limit) {
        return reader.withHandle(handle -> handle.createQuery("""
                        SELECT * FROM journal WHERE shard = :shard AND "offset" > :offset
                        ORDER BY "offset" LIMIT :limit""")
                .bind("shard", shard)
                .bind("offset", offset)
                .bind("limit", limit)
                .map((rs, context) -> new JournalEntry(
                        shard,
                        rs.getLong("offset"),
                        Instant.ofEpochMilli(rs.getLong("received_at")),
                        rs.getString("kind"),
                        new JournalEntry.LaneKey(
                                rs.getString("edge"),
                                rs.getString("epoch"),
                                rs.getString("lane"),
                                rs.getLong("sequence")),
                        rs.getBytes("body")))
                .list());
    }
}
