package io.fengsui.hub.store.expiry;

import io.fengsui.hub.access.SessionSettings;
import io.fengsui.hub.access.answer.AnswerSettings;
import io.fengsui.hub.shard.input.AccessTask;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.hub.store.KeepSettings;
import io.fengsui.hub.store.WriterSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Deletes what is kept no longer: a few rows of each table a tick, all the time, so that there is no hour at which the
 * hub is slow. Journal and changes are {@link LogExpiry}'s. Incidents may be another writer's: one that came to life again
 * meanwhile stays. Thread: the writer of tickets.
 */
public final class Expiry implements Stage {
    private static final Duration EVERY = Duration.ofSeconds(1);
    static final int MOST = 1_000;
    /** After so many new answers it is seen whether there are too many of them. */
    private static final int ANSWERS_AT_ONCE = 100;

    /** Of what is kept for as long as its users say. */
    public record Limits(SessionSettings sessions, AnswerSettings answers) {}

    private final WriterSession session;
    private final KeepSettings keep;
    private final Limits limits;
    private Instant looked = Instant.EPOCH;
    /** Since it was seen whether there are too many; an earlier life may have left too many. */
    private int freshAnswers = ANSWERS_AT_ONCE;

    public Expiry(WriterSession session, KeepSettings keep, Limits limits) {
        this.limits = limits;
        this.session = session;
        this.keep = keep;
    }

    @Override
    public void take(Input input, Turn turn) {
        if (input instanceof Input.TaskTaken(AccessTask.AnswerKept kept)) {
            freshAnswers++;
        }
    }

    @Override
    public List<Input> due(Instant now) {
        if (Duration.between(looked, now).abs().compareTo(EVERY) >= 0) {
            looked = now;
            events(now.minus(keep.events()));
            messages(now.minus(keep.events()));
            oldest(
                    "gathered",
                    "incident_id",
                    "last_at",
                    "is_open = 0 AND held_until IS NULL",
                    now.minus(keep.events()));
            oldest("silence", "id", "until_at", "until_at < " + now.toEpochMilli(), now.minus(keep.events()));
            oldest(
                    "session",
                    "id_hash",
                    "used_at",
                    "used_at >= 0",
                    now.minus(limits.sessions().idle()));
            audit(now.minus(keep.audit()));
            answers(now);
        }
        return List.of();
    }

    /**
     * From the first number on up to the first row that is kept still, so that no clock that was set back tears the chain;
     * the newest row stays in any case, for the chain goes on from it.
     */
    private void audit(Instant before) {
        session.handle()
                .createUpdate("""
                        DELETE FROM audit WHERE number < (
                            SELECT COALESCE(MIN(CASE WHEN at >= :before THEN number END), MAX(number)) FROM (
                                SELECT number, at FROM audit ORDER BY number LIMIT :most) AS first_ones)""")
                .bind("before", before.toEpochMilli())
                .bind("most", MOST)
                .execute();
    }

    /** Those that are good no longer, and the oldest where there are too many or too many bytes of them. */
    private void answers(Instant now) {
        session.handle().execute("DELETE FROM kept_answer WHERE until_at < ?", now.toEpochMilli());
        if (freshAnswers < ANSWERS_AT_ONCE) {
            return;
        }
        session.handle()
                .createUpdate("""
                        DELETE FROM kept_answer WHERE (owner, idempotency_key) IN (
                            SELECT owner, idempotency_key FROM (
                                SELECT owner, idempotency_key, ROW_NUMBER() OVER newest AS number,
                                       SUM(OCTET_LENGTH(body)) OVER newest AS bytes FROM kept_answer
                                WINDOW newest AS (ORDER BY until_at DESC, owner, idempotency_key
                                    ROWS UNBOUNDED PRECEDING)) AS all_of_them
                            WHERE number > :most OR bytes > :mostBytes)""")
                .bind("most", limits.answers().most())
                .bind("mostBytes", limits.answers().mostBytes())
                .execute();
        freshAnswers = 0;
    }

    /** Rows whose time is before, the oldest first. */
    private void oldest(String table, String key, String time, String only, Instant before) {
        session.handle()
                .createUpdate("""
                        DELETE FROM %1$s WHERE %2$s IN (
                            SELECT %2$s FROM %1$s WHERE %3$s < :before AND %4$s ORDER BY %3$s LIMIT :most)""".formatted(table, key, time, only))
                .bind("before", before.toEpochMilli())
                .bind("most", MOST)
                .execute();
    }

    /** Incidents that were over before, nobody works on and that do not wait for their tickets, with their events, and what is known of their pictures. */
    private void events(Instant before) {
        List<String> over = session.handle()
                .createQuery("""
                        SELECT i.id FROM incident i
                        WHERE i.last_event_at < :before AND i.open_events = 0
                          AND NOT EXISTS (SELECT 1 FROM ticket t
                                          WHERE t.id = i.ticket_id AND t.category IN ('open', 'suspended'))
                          AND NOT EXISTS (SELECT 1 FROM ticket b
                                          WHERE b.incident_id = i.id AND b.category IN ('open', 'suspended'))
                          AND NOT EXISTS (SELECT 1 FROM gathered g
                                          WHERE g.incident_id = i.id AND g.held_until IS NOT NULL)
                        ORDER BY i.last_event_at LIMIT :most""")
                .bind("before", before.toEpochMilli())
                .bind("most", MOST / 10)
                .mapTo(String.class)
                .list();
        for (String incident : over) {
            int gone = session.handle()
                    .execute(
                            "DELETE FROM incident WHERE id = ? AND last_event_at < ? AND open_events = 0",
                            incident,
                            before.toEpochMilli());
            if (gone == 0) {
                continue;
            }
            session.handle()
                    .execute(
                            "DELETE FROM evidence WHERE ticket_id IS NULL"
                                    + " AND event_id IN (SELECT event_id FROM event WHERE incident_id = ?)",
                            incident);
            session.handle()
                    .execute(
                            "DELETE FROM picture_mark"
                                    + " WHERE event_id IN (SELECT event_id FROM event WHERE incident_id = ?)",
                            incident);
            session.handle().execute("DELETE FROM event WHERE incident_id = ?", incident);
        }
    }

    /** Messages that are delivered or given up, with the log of their tries. */
    private void messages(Instant before) {
        String over = "SELECT id FROM outbox WHERE next_at IS NULL AND made_at < ? ORDER BY made_at, id LIMIT ?";
        session.handle()
                .execute(
                        "DELETE FROM delivery_try WHERE outbox_id IN (" + over + ")", before.toEpochMilli(), MOST / 10);
        session.handle()
                .execute("DELETE FROM outbox_also WHERE outbox_id IN (" + over + ")", before.toEpochMilli(), MOST / 10);
        session.handle().execute("DELETE FROM outbox WHERE id IN (" + over + ")", before.toEpochMilli(), MOST / 10);
    }

    @Override
    public void write() {}

    @Override
    public void forget() {}
}
