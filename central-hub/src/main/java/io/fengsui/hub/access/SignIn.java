package io.fengsui.hub.access;

import io.fengsui.hub.access.user.Passwords;
import io.fengsui.hub.access.user.UserBook;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Opens sessions for who knows a name and its password. Blocks while it computes a hash. Thread-safe. */
public final class SignIn {
    private static final int LONGEST_NAME = 64;

    /** What became of a try. */
    public sealed interface Outcome {}

    public record Done(Sessions.Opened opened) implements Outcome {}

    /** No such name, another password, or a disabled account: which of them is not told. */
    public record Wrong() implements Outcome {}

    /** Too many wrong tries. */
    public record Wait(Duration pause) implements Outcome {}

    private final UserBook users;
    private final Sessions sessions;
    private final Passwords passwords;
    private final Guesses guesses = new Guesses();

    public SignIn(UserBook users, Sessions sessions, Passwords passwords) {
        this.users = users;
        this.sessions = sessions;
        this.passwords = passwords;
    }

    public Outcome decide(String name, String password, String address, Instant now) {
        Duration pause = guesses.pause(address, name, now);
        if (!pause.isZero()) {
            return new Wait(pause);
        }
        if (!isRight(name, password)) {
            guesses.failed(address, name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name, now);
            return new Wrong();
        }
        guesses.succeeded(name);
        return new Done(sessions.open(name, now));
    }

    /** Whether this is the password of an account that may sign in; takes the same time where there is none. */
    public boolean isRight(String name, String password) {
        Optional<UserBook.Known> known =
                users.find(name).filter(one -> !one.account().standing().isDisabled());
        if (known.isEmpty()) {
            passwords.spend(password);
            return false;
        }
        return passwords.matches(password, known.get().account().password());
    }
}
