package io.fengsui.hub.access;

import io.fengsui.hub.access.user.Account;
import io.fengsui.hub.access.user.AccountForm;
import io.fengsui.hub.access.user.Passwords;
import io.fengsui.hub.access.user.User;
import io.fengsui.hub.access.user.UserBook;
import io.fengsui.hub.shard.input.AccessTask;
import io.fengsui.hub.shard.input.TaskDesk;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
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

    /**
     * Reads all accounts again: the command line and another hub may have changed them. Sessions of those that changed
     * end, also those that were opened since the change, with what was right before it.
     */
    public synchronized void reload() {
        for (String name : users.replace(stored.get())) {
            sessions.endOf(name).forEach(session -> desk.take(new AccessTask.SessionEnded(session.key())));
        }
    }

    /**
     * Makes or changes one account, one at a time: what is stored is read again before, so that no change by others is
     * undone. Empty when it is not known to be stored.
     *
     * @param change of the account of this name, if there is one; what it throws is thrown, and nothing changes
     */
    public synchronized Optional<Account> change(String name, Function<Optional<Account>, Account> change) {
        reload();
        Account account = change.apply(users.find(name).map(UserBook.Known::account));
        boolean isStored = commit(desk.take(new AccessTask.UserPut(AccountForm.texts(account))));
        reload();
        return isStored ? Optional.of(account) : Optional.empty();
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

    /** Stores a session that was opened, so that it outlives the hub; false when it is not known to be stored, or has ended. */
    public boolean keep(Sessions.Session session) {
        return kept(session).filter(this::commit).isPresent();
    }

    private synchronized Optional<CompletableFuture<Boolean>> kept(Sessions.Session session) {
        return sessions.isOpen(session) ? Optional.of(desk.take(task(session))) : Optional.empty();
    }

    /** Ends the session of this id, if there is one. */
    public void end(String id) {
        ended(id).ifPresent(this::commit);
    }

    private synchronized Optional<CompletableFuture<Boolean>> ended(String id) {
        return sessions.end(id).map(session -> desk.take(new AccessTask.SessionEnded(session.key())));
    }

    /**
     * Stores when sessions were used last, for those where it lags behind. Does not wait. One that ends meanwhile is not
     * stored after its end, or it would come back with the next start.
     */
    public synchronized void keepUsed() {
        sessions.unstored().forEach(session -> desk.take(task(session)));
    }

    private static AccessTask.SessionPut task(Sessions.Session session) {
        return new AccessTask.SessionPut(
                session.key(),
                session.user(),
                session.begun().toEpochMilli(),
                session.used().toEpochMilli());
    }

    private boolean commit(CompletableFuture<Boolean> taken) {
        try {
            return taken.get(COMMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }
}
