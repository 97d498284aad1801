package io.fengsui.hub.access;

import io.fengsui.hub.access.user.Account;
import io.fengsui.hub.access.user.AccountForm;
import io.fengsui.hub.access.user.Passwords;
import io.fengsui.hub.access.user.User;
import io.fengsui.hub.access.user.UserBook;
import io.fengsui.hub.shard.input.AccessTask;
import io.fengsui.hub.shard.input.TaskDesk;
import io.fengsui.hub.shard.input.TaskInput;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Changes accounts and keeps sessions: through the shard's writer, answered after the commit. Blocks. Thread-safe. */
public final class Accounts {
    private static final int COMMIT_SECONDS = 8;

    private final UserBook users;
    private final Sessions sessions;
    private final Passwords passwords;
    private final TaskDesk desk;
    private final Supplier<List<Account>> stored;

    Accounts(UserBook users, Sessions sessions, Passwords passwords, TaskDesk desk, Supplier<List<Account>> stored) {
        this.users = users;
        this.sessions = sessions;
        this.passwords = passwords;
        this.desk = desk;
        this.stored = stored;
    }

    /** Reads all accounts again: the command line and another hub may have changed them. */
    public synchronized void reload() {
        users.replace(stored.get());
    }

    /** A new account, or an account with a new password; not stored yet. */
    public Account withPassword(User user, String password, boolean isDisabled, String by, Instant now) {
        Instant from = now.truncatedTo(ChronoUnit.MILLIS);
        return new Account(user, passwords.hash(password), new Account.Standing(isDisabled, from, from, by));
    }

    /** An account with other rights; its sessions are over. Not stored yet. */
    public static Account changed(Account account, User user, boolean isDisabled, String by, Instant now) {
        Instant from = now.truncatedTo(ChronoUnit.MILLIS);
        return new Account(user, account.password(), new Account.Standing(isDisabled, from, from, by));
    }

    /** Stores it; false when it is not known to be stored. */
    public boolean put(Account account) {
        boolean isStored = commit(new AccessTask.UserPut(AccountForm.texts(account)));
        reload();
        return isStored;
    }

    /** Stores a session that was opened, so that it outlives the hub. */
    public boolean keep(Sessions.Session session) {
        return commit(task(session));
    }

    public void end(String id) {
        sessions.end(id).ifPresent(session -> commit(new AccessTask.SessionEnded(session.key())));
    }

    /** Stores when sessions were used last, for those where it lags behind. Does not wait. */
    public void keepUsed() {
        sessions.unstored().forEach(session -> desk.take(task(session)));
    }

    private static AccessTask.SessionPut task(Sessions.Session session) {
        return new AccessTask.SessionPut(
                session.key(),
                session.user(),
                session.begun().toEpochMilli(),
                session.used().toEpochMilli());
    }

    private boolean commit(TaskInput task) {
        try {
            return desk.take(task).get(COMMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }
}
