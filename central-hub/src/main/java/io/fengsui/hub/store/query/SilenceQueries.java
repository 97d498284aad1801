package io.fengsui.hub.store.query;

import io.fengsui.hub.notify.silence.Silence;
import io.fengsui.hub.store.rows.SilenceRows;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** What is asked about silences. Reads committed rows only; blocks. Thread-safe. */
public final class SilenceQueries {
    private final Jdbi jdbi;

    public SilenceQueries(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Those that end last first, also those that are over. */
    public List<Silence> newest(int limit) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT * FROM silence ORDER BY until_at DESC, id LIMIT :limit")
                        .bind("limit", limit)
                        .map((rs, context) -> SilenceRows.silence(rs))
                        .list());
    }

    public Optional<Silence> find(String id) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM silence WHERE id = :id")
                .bind("id", id)
                .map((rs, context) -> SilenceRows.silence(rs))
                .findOne());
    }
}
