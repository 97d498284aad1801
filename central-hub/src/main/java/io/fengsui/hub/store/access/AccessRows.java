package io.fengsui.hub.store.access;

import io.fengsui.hub.access.SessionTable;
import io.fengsui.hub.access.Sessions;
import io.fengsui.hub.access.answer.AnswerTable;
import io.fengsui.hub.access.answer.KeptAnswer;
import io.fengsui.hub.access.audit.AuditEntry;
import io.fengsui.hub.access.audit.AuditTable;
import io.fengsui.hub.access.user.Account;
import io.fengsui.hub.access.user.UserTable;
import io.fengsui.hub.store.WriterSession;
import io.fengsui.protocol.value.Sha256;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Writes accounts, sessions, the audit and kept answers on the writer's connection. Writer's thread only. */
public final class AccessRows implements UserTable, SessionTable, AuditTable, AnswerTable {
    private record Last(long number, Sha256 chain) {}

    private final WriterSession session;

    public AccessRows(WriterSession session) {
        this.session = session;
    }

    /** Accounts. */
    @Override
    public void write(Collection<Account> accounts) {
        for (Account account : accounts) {
            Account.Standing standing = account.standing();
            session.handle()
                    .execute(
                            """
                            INSERT INTO account (name, role, areas, unit, password, disabled, sessions_from, changed_at,
                                changed_by)
                            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET
                                role = excluded.role, areas = excluded.areas, unit = excluded.unit,
                                password = excluded.password, disabled = excluded.disabled,
                                sessions_from = excluded.sessions_from, changed_at = excluded.changed_at,
                                changed_by = excluded.changed_by""",
                            account.user().name(),
                            account.user().roleLabel(),
                            String.join(" ", account.user().scope().areas()),
                            account.user().scope().unit(),
                            account.password(),
                            standing.isDisabled() ? 1 : 0,
                            standing.sessionsFrom().toEpochMilli(),
                            standing.changed().toEpochMilli(),
                            standing.changedBy());
        }
    }

    @Override
    public void writeSessions(Collection<Sessions.Session> sessions) {
        for (Sessions.Session one : sessions) {
            session.handle()
                    .execute(
                            """
                            INSERT INTO session (id_hash, name, begun_at, used_at) VALUES (?, ?, ?, ?)
                            ON CONFLICT (id_hash) DO UPDATE SET used_at = excluded.used_at""",
                            one.key(),
                            one.user(),
                            one.begun().toEpochMilli(),
                            one.used().toEpochMilli());
        }
    }

    @Override
    public void deleteSessions(Collection<String> keys) {
        keys.forEach(key -> session.handle().execute("DELETE FROM session WHERE id_hash = ?", key));
    }

    @Override
    public void writeAnswers(Collection<KeptAnswer> answers) {
        for (KeptAnswer one : answers) {
            session.handle()
                    .execute(
                            """
                            INSERT INTO kept_answer (owner, idempotency_key, request, status, headers, body, until_at)
                            VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (owner, idempotency_key) DO UPDATE SET
                                request = excluded.request, status = excluded.status, headers = excluded.headers,
                                body = excluded.body, until_at = excluded.until_at""",
                            one.claim().owner(),
                            one.claim().key(),
                            one.request().hex(),
                            one.said().status(),
                            one.said().headers().entrySet().stream()
                                    .map(header -> header.getKey() + ": " + header.getValue())
                                    .sorted()
                                    .collect(Collectors.joining("\n")),
                            one.said().body(),
                            one.until().toEpochMilli());
        }
    }

    @Override
    public void append(List<AuditEntry> entries) {
        Handle handle = session.handle();
        Last last = handle.createQuery("SELECT number, chain_hash FROM audit ORDER BY number DESC LIMIT 1")
                .map((rs, context) -> new Last(rs.getLong("number"), new Sha256(rs.getString("chain_hash"))))
                .findOne()
                .orElse(new Last(0, Sha256.NONE));
        for (AuditEntry entry : entries) {
            long number = last.number() + 1;
            last = new Last(number, entry.link(number, last.chain()));
            handle.execute(
                    """
                    INSERT INTO audit (number, at, actor, address, action, subject, outcome, chain_hash)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
                    number,
                    entry.at().toEpochMilli(),
                    entry.actor(),
                    entry.address(),
                    entry.action(),
                    entry.subject(),
                    entry.outcome(),
                    last.chain().hex());
        }
    }
}
