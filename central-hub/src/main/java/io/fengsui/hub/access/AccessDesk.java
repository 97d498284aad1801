package io.fengsui.hub.access;

import io.fengsui.hub.access.answer.AnswerTable;
import io.fengsui.hub.access.answer.KeptAnswer;
import io.fengsui.hub.access.audit.AuditEntry;
import io.fengsui.hub.access.audit.AuditTable;
import io.fengsui.hub.access.user.Account;
import io.fengsui.hub.access.user.AccountForm;
import io.fengsui.hub.access.user.UserTable;
import io.fengsui.hub.shard.input.AccessTask;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.hub.shard.stage.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes accounts, sessions, the audit and kept answers, in the order in which they come. Writer's thread only. */
public final class AccessDesk implements Stage {
    /** Where it writes. */
    public record Tables(UserTable users, SessionTable sessions, AuditTable audit, AnswerTable answers) {}

    private final Tables tables;
    private final Map<String, Account> users = new LinkedHashMap<>();
    private final Map<String, Sessions.Session> sessions = new LinkedHashMap<>();
    private final Set<String> ended = new LinkedHashSet<>();
    private final List<AuditEntry> audit = new ArrayList<>();
    private final Map<KeptAnswer.Claim, KeptAnswer> answers = new LinkedHashMap<>();

    public AccessDesk(Tables tables) {
        this.tables = tables;
    }

    @Override
    public void take(Input input, Turn turn) {
        if (!(input instanceof Input.TaskTaken(AccessTask task))) {
            return;
        }
        switch (task) {
            case AccessTask.UserPut put -> {
                Account account = AccountForm.read(put.texts());
                users.put(account.user().name(), account);
            }
            case AccessTask.SessionPut put -> {
                ended.remove(put.key());
                sessions.put(
                        put.key(),
                        new Sessions.Session(
                                put.key(),
                                put.user(),
                                Instant.ofEpochMilli(put.begunMillis()),
                                Instant.ofEpochMilli(put.usedMillis())));
            }
            case AccessTask.SessionEnded(String key) -> {
                sessions.remove(key);
                ended.add(key);
            }
            case AccessTask.Audited entry -> audit.add(AuditEntry.read(entry.texts()));
            case AccessTask.AnswerKept kept -> {
                Map<String, String> whole = new HashMap<>(kept.texts());
                whole.putAll(kept.words());
                KeptAnswer.read(whole).ifPresent(answer -> answers.put(answer.claim(), answer));
            }
        }
    }

    @Override
    public void write() {
        if (!users.isEmpty()) {
            tables.users().write(users.values());
        }
        if (!sessions.isEmpty()) {
            tables.sessions().writeSessions(sessions.values());
        }
        if (!ended.isEmpty()) {
            tables.sessions().deleteSessions(ended);
        }
        if (!audit.isEmpty()) {
            tables.audit().append(audit);
        }
        if (!answers.isEmpty()) {
            tables.answers().writeAnswers(answers.values());
        }
        forget();
    }

    @Override
    public void forget() {
        users.clear();
        sessions.clear();
        ended.clear();
        audit.clear();
        answers.clear();
    }
}
