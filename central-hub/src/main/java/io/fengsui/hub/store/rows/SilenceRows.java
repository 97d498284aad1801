package io.fengsui.hub.store.rows;

import io.fengsui.hub.grid.KindPattern;
import io.fengsui.hub.notify.silence.Silence;
import io.fengsui.hub.notify.silence.SilenceForm;
import io.fengsui.hub.notify.silence.SilenceTable;
import io.fengsui.hub.store.WriterSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Rows of silences, on the writer's connection. Writer's thread only. */
public final class SilenceRows implements SilenceTable {
    private final WriterSession session;

    public SilenceRows(WriterSession session) {
        this.session = session;
    }

    @Override
    public List<Silence> current(Instant now, int limit) {
        return Lookup.list(
                session,
                "SELECT * FROM silence WHERE until_at > ? AND ended_at IS NULL ORDER BY from_at, id LIMIT ?",
                SilenceRows::silence,
                now.toEpochMilli(),
                limit);
    }

    /** A row as it stands, also for those who only read. */
    public static Silence silence(ResultSet rs) throws SQLException {
        Instant ended = Columns.optionalInstant(rs, "ended_at");
        return new Silence(
                rs.getString("id"),
                Silence.Purpose.of(rs.getString("purpose")),
                new Silence.Matcher(
                        SilenceForm.kinds(rs.getString("kinds")),
                        SilenceForm.words(rs.getString("areas")),
                        SilenceForm.words(rs.getString("sources")),
                        rs.getString("ticket_id")),
                Columns.instant(rs, "from_at"),
                Columns.instant(rs, "until_at"),
                new Silence.Word(rs.getString("author"), rs.getString("comment")),
                ended == null ? null : new Silence.End(ended, rs.getString("ended_by")));
    }

    @Override
    public void write(Collection<Silence> silences) {
        RowBatch batch = RowBatch.upsert(session, "silence", "id");
        for (Silence one : silences) {
            Silence.End end = one.end();
            batch.set("id", one.id())
                    .set("purpose", one.purpose().label())
                    .set(
                            "kinds",
                            one.matcher().kinds().stream()
                                    .map(KindPattern::text)
                                    .collect(Collectors.joining(" ")))
                    .set("areas", String.join(" ", one.matcher().areas()))
                    .set("sources", String.join(" ", one.matcher().sources()))
                    .set("ticket_id", one.matcher().ticket())
                    .set("from_at", one.from().toEpochMilli())
                    .set("until_at", one.until().toEpochMilli())
                    .set("author", one.word().author())
                    .set("comment", one.word().comment())
                    .set("ended_at", end == null ? null : Long.valueOf(end.at().toEpochMilli()))
                    .set("ended_by", end == null ? "" : end.by())
                    .add();
        }
        batch.write();
    }
}
