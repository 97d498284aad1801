package io.fengsui.hub.store.query;

import io.fengsui.hub.notify.silence.Silence;
import io.fengsui.hub.store.rows.SilenceRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** What is asked about silences and announced work. Reads committed rows only; blocks. Thread-safe. */
public final class SilenceQueries {
    /** Where the page before ended. */
    public record After(long overAt, String id) {}

    /** @param states none: all */
    public record Wanted(Silence.Purpose purpose, Collection<Silence.State> states) {}

    private static final String OVER_AT = "COALESCE(ended_at, until_at)";

    private final Jdbi jdbi;

    public SilenceQueries(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Those that are or were over last first. */
    public List<Silence> newest(Wanted wanted, Instant now, @Nullable After after, int limit) {
        Collection<Silence.State> states = wanted.states();
        List<String> conditions = new ArrayList<>(List.of("purpose = :purpose"));
        if (!states.isEmpty()) {
            conditions.add("("
                    + String.join(
                            " OR ", states.stream().map(SilenceQueries::is).toList()) + ")");
        }
        if (after != null) {
            conditions.add("(" + OVER_AT + " < :overAt OR (" + OVER_AT + " = :overAt AND id < :id))");
        }
        String where = " WHERE " + String.join(" AND ", conditions);
        return jdbi.withHandle(handle -> {
            Query query = handle.createQuery(
                            "SELECT * FROM silence" + where + " ORDER BY " + OVER_AT + " DESC, id DESC LIMIT :limit")
                    .bind("purpose", wanted.purpose().label())
                    .bind("limit", limit);
            if (!states.isEmpty()) {
                query.bind("now", now.toEpochMilli());
            }
            if (after != null) {
                query.bind("overAt", after.overAt()).bind("id", after.id());
            }
            return query.map((rs, context) -> SilenceRows.silence(rs)).list();
        });
    }

    private static String is(Silence.State state) {
        return switch (state) {
            case COMING -> "(ended_at IS NULL AND from_at > :now AND until_at > :now)";
            case RUNNING -> "(ended_at IS NULL AND from_at <= :now AND until_at > :now)";
            case OVER -> "(ended_at IS NOT NULL OR until_at <= :now)";
        };
    }

    /** Silences that nobody ended before their time, the latest to end first. */
    public List<Silence> standing(int limit) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT * FROM silence WHERE purpose = :purpose AND ended_at IS NULL"
                                + " ORDER BY until_at DESC, id LIMIT :limit")
                        .bind("purpose", Silence.Purpose.SILENCE.label())
                        .bind("limit", limit)
                        .map((rs, context) -> SilenceRows.silence(rs))
                        .list());
    }

    public Optional<Silence> find(Silence.Purpose purpose, String id) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT * FROM silence WHERE id = :id AND purpose = :purpose")
                        .bind("id", id)
                        .bind("purpose", purpose.label())
                        .map((rs, context) -> SilenceRows.silence(rs))
                        .findOne());
    }
}
