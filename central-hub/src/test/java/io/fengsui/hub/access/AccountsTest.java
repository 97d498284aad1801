package io.fengsui.hub.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.hub.access.user.Account;
import io.fengsui.hub.access.user.AccountForm;
import io.fengsui.hub.access.user.Passwords;
import io.fengsui.hub.access.user.Scope;
import io.fengsui.hub.access.user.User;
import io.fengsui.hub.access.user.UserBook;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.shard.input.AccessTask;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.hub.ticket.workflow.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Accounts and sessions beside a command line that writes the same rows. */
class AccountsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");

    private final Map<String, Account> rows = new LinkedHashMap<>();
    private final Set<String> storedSessions = new LinkedHashSet<>();
    private final Sessions sessions = new Sessions(SessionSettings.DEFAULT);
    private final UserBook users = new UserBook(AreaBook.EMPTY);
    private final Passwords passwords = new Passwords();
    private boolean isWriting = true;
    private final Accounts accounts =
            new Accounts(users, sessions, passwords, this::take, () -> new ArrayList<>(rows.values()));
    private final SignIn signIn = new SignIn(users, sessions, passwords);

    private CompletableFuture<Boolean> take(TaskInput task) {
        if (isWriting && task instanceof AccessTask.UserPut put) {
            Account account = AccountForm.read(put.texts());
            rows.put(account.user().name(), account);
        } else if (isWriting && task instanceof AccessTask.SessionPut put) {
            storedSessions.add(put.key());
        } else if (isWriting && task instanceof AccessTask.SessionEnded(String key)) {
            storedSessions.remove(key);
        }
        return CompletableFuture.completedFuture(isWriting);
    }

    private Account stored() {
        return Objects.requireNonNull(rows.get("li"));
    }

    private void commandLine(String password, Instant now) {
        User user = new User("li", Role.ADMIN, Scope.EVERYWHERE);
        rows.put("li", new Account(user, passwords.hash(password), new Account.Standing(false, now, now, "test")));
    }

    @Test
    void aSessionOpenedWithThePasswordThatWasIsOverOnceTheNewOneIsKnown() {
        commandLine("the-first-word-1", NOW);
        accounts.reload();
        commandLine("the-second-word-2", NOW.plusSeconds(10));

        SignIn.Outcome late = signIn.decide("li", "the-first-word-1", "10.0.0.1", NOW.plusSeconds(12));
        assertThat(late).isInstanceOf(SignIn.Done.class);
        Sessions.Opened opened = ((SignIn.Done) late).opened();
        assertThat(accounts.keep(opened.session())).isTrue();
        accounts.reload();

        assertThat(sessions.find(opened.id(), NOW.plusSeconds(13))).isEmpty();
        assertThat(storedSessions).isEmpty();
        assertThat(accounts.keep(opened.session()))
                .as("what has ended is not stored")
                .isFalse();
        assertThat(signIn.decide("li", "the-second-word-2", "10.0.0.1", NOW.plusSeconds(14)))
                .isInstanceOf(SignIn.Done.class);
    }

    @Test
    void aChangeStandsOnWhatIsStoredAndNotOnWhatWasReadBefore() {
        commandLine("the-first-word-1", NOW);
        accounts.reload();
        commandLine("the-second-word-2", NOW.plusSeconds(10));

        accounts.change(
                "li",
                old -> Accounts.changed(
                        old.orElseThrow(), old.orElseThrow().user(), true, "wang", NOW.plusSeconds(11)));

        Account stored = stored();
        assertThat(passwords.matches("the-second-word-2", stored.password())).isTrue();
        assertThat(stored.standing().isDisabled()).isTrue();
    }

    @Test
    void whatIsThrownOrNotStoredChangesNothing() {
        commandLine("the-first-word-1", NOW);
        assertThatThrownBy(() -> accounts.change("li", old -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        isWriting = false;
        assertThat(accounts.change(
                        "li",
                        old -> Accounts.changed(
                                old.orElseThrow(), old.orElseThrow().user(), true, "wang", NOW)))
                .isEmpty();
        assertThat(stored().standing().isDisabled()).isFalse();
        assertThat(users.find("li").orElseThrow().account().standing().isDisabled())
                .isFalse();
    }

    @Test
    void aSessionThatHasEndedIsNotStoredAnew() {
        Sessions.Opened opened = sessions.open("li", NOW);
        accounts.keep(opened.session());
        sessions.find(opened.id(), NOW.plus(Sessions.LAG).plusSeconds(1));
        accounts.end(opened.id());
        accounts.keepUsed();
        assertThat(storedSessions).isEmpty();
        accounts.end(opened.id());
        assertThat(List.copyOf(storedSessions)).isEmpty();
    }
}
