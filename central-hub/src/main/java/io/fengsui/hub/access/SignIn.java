package io.fengsui.hub.access;

import io.fengsui.hub.access.user.Account;
import io.fengsui.hub.access.user.Passwords;
import io.fengsui.hub.access.user.UserBook;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Opens sessions for who knows a name and its password. Blocks while it computes a hash; at most {@value #AT_ONCE} tries
 * wait for that, so that guessers do not take all threads. Thread-safe.
 */
public final class SignIn {
    private static final int AT_ONCE = 16;

    /** Whether a password is right. */
    public sealed interface Check {}

    /** What became of a try to sign in. */
    public sealed interface Outcome {}

    public record Right(Account account) implements Check {}

    public record Done(Sessions.Opened opened) implements Outcome {}

    /** No such name, another password, or a disabled account: which of them is not told. */
    public record Wrong() implements Check, Outcome {}

    /** Too many wrong tries, or too many at once. */
    public record Wait(Duration pause) implements Check, Outcome {}

    private final UserBook users;
    private final Sessions sessions;
    private final Passwords passwords;
    private final Guesses guesses = new Guesses();
    private final Semaphore room = new Semaphore(AT_ONCE);

    public SignIn(UserBook users, Sessions sessions, Passwords passwords) {
        this.users = users;
        this.sessions = sessions;
        this.passwords = passwords;
    }

    public Outcome decide(String name, String password, String address, Instant now) {
        return switch (check(name, password, address, now)) {
            case Right(Account account) -> open(account, now);
            case Wrong wrong -> wrong;
            case Wait wait -> wait;
        };
    }

    /** Whether this is the password of an account that may sign in; takes the same time where there is none. */
    public Check check(String name, String password, String address, Instant now) {
        if (!room.tryAcquire()) {
            return new Wait(Duration.ofSeconds(1));
        }
        try {
            Duration pause = guesses.begin(address, name, now);
            if (!pause.isZero()) {
                return new Wait(pause);
            }
            Optional<Account> account = users.find(name)
                    .map(UserBook.Known::account)
                    .filter(one -> !one.standing().isDisabled());
            if (account.isEmpty()) {
                passwords.spend(password);
                return new Wrong();
            }
            if (!passwords.matches(password, account.get().password())) {
                return new Wrong();
            }
            guesses.succeeded(address, name);
            return new Right(account.get());
        } finally {
            room.release();
        }
    }

    /** Who was looked at may have been changed while the hash was computed: then the session ended with the others of theirs. */
    private Outcome open(Account account, Instant now) {
        Sessions.Opened opened = sessions.open(account.user().name(), now);
        boolean isSame = users.find(account.user().name())
                .filter(known -> known.account().equals(account))
                .isPresent();
        if (!isSame) {
            sessions.end(opened.id());
            return new Wrong();
        }
        return new Done(opened);
    }
}
