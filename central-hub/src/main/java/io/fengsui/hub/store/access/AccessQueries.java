package io.fengsui.hub.store.access;

import io.fengsui.hub.access.SessionSettings;
import io.fengsui.hub.access.Sessions;
import io.fengsui.hub.access.answer.AnswerSettings;
import io.fengsui.hub.access.answer.KeptAnswer;
import io.fengsui.hub.access.audit.AuditEntry;
import io.fengsui.hub.access.user.Account;
import io.fengsui.hub.access.user.AccountForm;
import io.fengsui.hub.access.user.Scope;
import io.fengsui.hub.access.user.User;
import io.fengsui.protocol.value.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** What is asked about accounts, sessions, the audit and kept answers. Reads committed rows only; blocks. Thread-safe. */
public final class AccessQueries {
    private static final int PAGE = 5_000;

    /** A row of the audit. */
    public record AuditRow(long number, AuditEntry entry, Sha256 chain) {}

    /** Which rows; null lets all through. */
    public record Filter(
            @Nullable String actor,
            @Nullable String action,
            @Nullable String subject) {}

    /** @param broken number of the first row that is not as it was written; empty when all are */
    public record Verified(long rows, Optional<Long> broken) {}

    private final Jdbi jdbi;

    public AccessQueries(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** All accounts, by name. */
    public List<Account> accounts() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM account ORDER BY name")
                .map((rs, context) -> account(rs))
                .list());
    }

    private static Account account(ResultSet rs) throws SQLException {
        return new Account(
                new User(
                        rs.getString("name"),
                        AccountForm.role(rs.getString("role")),
                        new Scope(AccountForm.words(rs.getString("areas")), rs.getString("unit"))),
                rs.getString("password"),
                new Account.Standing(
                        rs.getInt("disabled") != 0,
                        Instant.ofEpochMilli(rs.getLong("sessions_from")),
                        Instant.ofEpochMilli(rs.getLong("changed_at")),
                        rs.getString("changed_by")));
    }

    /** Those that may still go on, oldest first. */
    public List<Sessions.Session> sessions(Instant now, SessionSettings settings) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT * FROM session WHERE used_at >= :used AND begun_at >= :begun ORDER BY begun_at""")
                .bind("used", now.minus(settings.idle()).toEpochMilli())
                .bind("begun", now.minus(settings.longest()).toEpochMilli())
                .map((rs, context) -> new Sessions.Session(
                        rs.getString("id_hash"),
                        rs.getString("name"),
                        Instant.ofEpochMilli(rs.getLong("begun_at")),
                        Instant.ofEpochMilli(rs.getLong("used_at"))))
                .list());
    }

    /** Answers that are still good, as many of the newest as are kept, oldest first: no body of any other is read. */
    public List<KeptAnswer> answers(Instant now, AnswerSettings settings) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT a.* FROM kept_answer a JOIN (
                            SELECT owner, idempotency_key, SUM(OCTET_LENGTH(body)) OVER newest AS bytes
                            FROM kept_answer WHERE until_at >= :now
                            WINDOW newest AS (ORDER BY until_at DESC, owner, idempotency_key ROWS UNBOUNDED PRECEDING)
                            ORDER BY until_at DESC, owner, idempotency_key LIMIT :most) AS kept
                        ON kept.owner = a.owner AND kept.idempotency_key = a.idempotency_key
                        WHERE kept.bytes <= :mostBytes
                        ORDER BY a.until_at, a.owner DESC, a.idempotency_key DESC""")
                .bind("now", now.toEpochMilli())
                .bind("most", settings.most())
                .bind("mostBytes", settings.mostBytes())
                .map((rs, context) -> new KeptAnswer(
                        new KeptAnswer.Claim(rs.getString("owner"), rs.getString("idempotency_key")),
                        new Sha256(rs.getString("request")),
                        new KeptAnswer.Said(
                                rs.getInt("status"), headers(rs.getString("headers")), rs.getString("body")),
                        Instant.ofEpochMilli(rs.getLong("until_at"))))
                .list());
    }

    private static Map<String, String> headers(String lines) {
        return lines.lines()
                .map(line -> line.split(": ", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts.length < 2 ? "" : parts[1]));
    }

    /** Newest first; before a number. */
    public List<AuditRow> audit(Filter filter, @Nullable Long before, int limit) {
        List<String> conditions = new ArrayList<>();
        if (filter.actor() != null) {
            conditions.add("actor = :actor");
        }
        if (filter.action() != null) {
            conditions.add("action = :action");
        }
        if (filter.subject() != null) {
            conditions.add("subject = :subject");
        }
        if (before != null) {
            conditions.add("number < :before");
        }
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        return jdbi.withHandle(handle -> {
            Query query = handle.createQuery("SELECT * FROM audit" + where + " ORDER BY number DESC LIMIT :limit")
                    .bind("limit", limit);
            if (filter.actor() != null) {
                query.bind("actor", filter.actor());
            }
            if (filter.action() != null) {
                query.bind("action", filter.action());
            }
            if (filter.subject() != null) {
                query.bind("subject", filter.subject());
            }
            if (before != null) {
                query.bind("before", before);
            }
            return query.map((rs, context) -> row(rs)).list();
        });
    }

    /** Computes the chain again, from the oldest row that is kept. */
    public Verified verify() {
        long rows = 0;
        AuditRow last = null;
        while (true) {
            long after = last == null ? 0 : last.number();
            List<AuditRow> page = jdbi.withHandle(handle -> handle.createQuery(
                            "SELECT * FROM audit WHERE number > :after ORDER BY number LIMIT :limit")
                    .bind("after", after)
                    .bind("limit", PAGE)
                    .map((rs, context) -> row(rs))
                    .list());
            for (AuditRow row : page) {
                if (!follows(last, row)) {
                    return new Verified(rows, Optional.of(row.number()));
                }
                last = row;
                rows++;
            }
            if (page.size() < PAGE) {
                return new Verified(rows, Optional.empty());
            }
        }
    }

    /** Of the oldest row that is kept, the one before may have been deleted: only the first of all can be checked. */
    private static boolean follows(@Nullable AuditRow before, AuditRow row) {
        if (before == null) {
            return row.number() > 1
                    || row.entry().link(row.number(), Sha256.NONE).equals(row.chain());
        }
        return row.number() == before.number() + 1
                && row.entry().link(row.number(), before.chain()).equals(row.chain());
    }

    private static AuditRow row(ResultSet rs) throws SQLException {
        return new AuditRow(
                rs.getLong("number"),
                new AuditEntry(
                        Instant.ofEpochMilli(rs.getLong("at")),
                        rs.getString("actor"),
                        rs.getString("address"),
                        rs.getString("action"),
                        rs.getString("subject"),
                        rs.getString("outcome")),
                new Sha256(rs.getString("chain_hash")));
    }
}
