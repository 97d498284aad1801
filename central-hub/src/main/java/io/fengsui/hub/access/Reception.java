package io.fengsui.hub.access;

import io.fengsui.hub.access.user.Account;
import io.fengsui.hub.access.user.Passwords;
import io.fengsui.hub.access.user.UserBook;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.shard.input.TaskDesk;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Everything by which people are let in, put together. */
public record Reception(Door door, Accounts accounts, SignIn signIn, SetUpCode setUp) {

    /** What is stored of accounts and sessions. */
    public record Stored(Supplier<List<Account>> accounts, Function<Instant, List<Sessions.Session>> sessions) {}

    /** What the configuration says of it. */
    public record Terms(TokenCheck token, boolean isOpenOnLoopback, AreaBook areas, SessionSettings sessions) {}

    /** With the accounts and sessions as they are stored now. */
    public static Reception open(Terms terms, Stored stored, TaskDesk desk, Instant now) {
        Sessions sessions = new Sessions(terms.sessions());
        sessions.restore(stored.sessions().apply(now));
        UserBook users = new UserBook(terms.areas());
        Passwords passwords = new Passwords();
        Accounts accounts = new Accounts(users, sessions, passwords, desk, stored.accounts());
        accounts.reload();
        return new Reception(
                new Door(terms.token(), terms.isOpenOnLoopback(), sessions, users),
                accounts,
                new SignIn(users, sessions, passwords),
                new SetUpCode());
    }
}
