package io.fengsui.hub.app;

import io.fengsui.hub.access.audit.AuditEntry;
import io.fengsui.hub.access.user.Account;
import io.fengsui.hub.access.user.AccountForm;
import io.fengsui.hub.access.user.PasswordReason;
import io.fengsui.hub.access.user.Passwords;
import io.fengsui.hub.access.user.Scope;
import io.fengsui.hub.access.user.User;
import io.fengsui.hub.config.HubSettings;
import io.fengsui.hub.grid.GridBook;
import io.fengsui.hub.store.HubDatabase;
import io.fengsui.hub.store.access.AccessQueries;
import io.fengsui.hub.store.access.AccessRows;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code central-hub user}: for whoever is at the machine, and for the admin who is locked out. Writes the database
 * itself; a hub that runs takes it up within five seconds. Passwords are read from the terminal or standard input, never
 * from arguments, which others can see.
 */
@Command(
        name = "user",
        description = "Shows and changes who may sign in.",
        mixinStandardHelpOptions = true,
        subcommands = {
            UserCommand.Add.class,
            UserCommand.ListAll.class,
            UserCommand.Disable.class,
            UserCommand.Enable.class,
            UserCommand.Reset.class
        })
final class UserCommand {
    private static final String BY = "command-line";
    /** In a hash's place; no password fits it. */
    private static final String UNKNOWN = "none";

    private UserCommand() {}

    /**
     * Opens the database and does one thing in one transaction. What somebody has to type is typed before: the account is
     * changed as it is then, whatever an admin did to it meanwhile.
     */
    abstract static class Change extends ConfiguredCommand {
        @Parameters(paramLabel = "NAME", description = "Who.")
        @SuppressWarnings("NullAway.Init")
        String name;

        @Override
        final int run(HubSettings settings, PrintWriter out, PrintWriter err) {
            try (HubDatabase database = HubDatabase.open(settings.storage().database(), 1)) {
                check(settings);
                change(stored(database), UNKNOWN, Instant.now());
                String hash = password();
                AccessRows rows = new AccessRows(database.writer());
                database.writer().begin();
                Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
                rows.write(List.of(change(stored(database), hash, now)));
                rows.append(List.of(new AuditEntry(now, BY, "", "user " + name(), name, "done")));
                database.writer().commit();
                out.println(name + ": done; a running hub takes it up within five seconds");
                return 0;
            } catch (IllegalArgumentException e) {
                return failed(err, String.valueOf(e.getMessage()));
            }
        }

        private Optional<Account> stored(HubDatabase database) {
            return new AccessQueries(database.reader())
                    .accounts().stream()
                            .filter(account -> account.user().name().equals(name))
                            .findFirst();
        }

        /**
         * Throws {@link IllegalArgumentException} with what is wrong. Asked twice: before anything is typed, and for good.
         *
         * @param password hash of what {@link #password} had; {@link #UNKNOWN} the first time
         */
        abstract Account change(Optional<Account> old, String password, Instant now);

        /** Throws {@link IllegalArgumentException} with what does not fit the configuration. */
        void check(HubSettings settings) {}

        /** The hash of a password, where one is needed. */
        String password() {
            return UNKNOWN;
        }

        Account known(Optional<Account> old, UnaryOperator<Account> change) {
            return change.apply(old.orElseThrow(
                    () -> new IllegalArgumentException("there is no user " + name + "; see user list")));
        }

        static Account with(Account account, String password, boolean isDisabled, Instant now) {
            return new Account(account.user(), password, new Account.Standing(isDisabled, now, now, BY));
        }

        String typedPassword() {
            String password = readPassword();
            PasswordReason reason = Passwords.judge(name, password);
            if (reason != PasswordReason.FINE) {
                throw new IllegalArgumentException(reason.en());
            }
            return new Passwords().hash(password);
        }
    }

    private static String readPassword() {
        Optional<Console> terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        if (terminal.isPresent()) {
            char[] typed = terminal.get().readPassword("password: ");
            return typed == null ? "" : new String(typed);
        }
        try {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new UncheckedIOException("the password cannot be read", e);
        }
    }

    @Command(
            name = "add",
            description = "Makes a user; asks for the password, or reads it from standard input.",
            mixinStandardHelpOptions = true)
    static final class Add extends Change {
        @Option(
                names = "--role",
                required = true,
                description = "viewer, dispatcher, unit, supervisor or admin.",
                paramLabel = "ROLE")
        @SuppressWarnings("NullAway.Init")
        private String role;

        @Option(
                names = "--area",
                description = "Code of an area; repeatable. Without: everywhere.",
                paramLabel = "CODE")
        private List<String> areas = List.of();

        @Option(names = "--unit", description = "Whose tickets only.", paramLabel = "UNIT")
        private String unit = "";

        @Override
        Account change(Optional<Account> old, String password, Instant now) {
            if (old.isPresent() || !User.isName(name)) {
                throw new IllegalArgumentException(
                        old.isPresent() ? "there is a user " + name + " already" : "no user can be called " + name);
            }
            User user = new User(name, AccountForm.role(role), new Scope(areas, unit));
            return new Account(user, password, new Account.Standing(false, now, now, BY));
        }

        @Override
        void check(HubSettings settings) {
            GridBook grids = new GridBook(settings.grids());
            List<String> others =
                    areas.stream().filter(area -> grids.find(area).isEmpty()).toList();
            List<String> unknown = settings.tickets().router().unknown(others, unit);
            if (!unknown.isEmpty()) {
                throw new IllegalArgumentException("there is no area or unit " + String.join(", ", unknown)
                        + "; take codes of tickets.places, grids and tickets.units");
            }
        }

        @Override
        String password() {
            return typedPassword();
        }
    }

    /** Another standing, and nothing else. */
    abstract static class Let extends Change {
        private final boolean isDisabled;

        Let(boolean isDisabled) {
            this.isDisabled = isDisabled;
        }

        @Override
        final Account change(Optional<Account> old, String password, Instant now) {
            return known(old, account -> with(account, account.password(), isDisabled, now));
        }
    }

    @Command(name = "disable", description = "Ends all sessions; no more sign-in.", mixinStandardHelpOptions = true)
    static final class Disable extends Let {
        Disable() {
            super(true);
        }
    }

    @Command(name = "enable", description = "Lets a user in again.", mixinStandardHelpOptions = true)
    static final class Enable extends Let {
        Enable() {
            super(false);
        }
    }

    @Command(
            name = "reset",
            description = "Sets another password and ends all sessions.",
            mixinStandardHelpOptions = true)
    static final class Reset extends Change {
        @Override
        Account change(Optional<Account> old, String password, Instant now) {
            return known(
                    old, account -> with(account, password, account.standing().isDisabled(), now));
        }

        @Override
        String password() {
            return typedPassword();
        }
    }

    @Command(name = "list", description = "Shows all users.", mixinStandardHelpOptions = true)
    static final class ListAll extends ConfiguredCommand {
        @Override
        int run(HubSettings settings, PrintWriter out, PrintWriter err) {
            try (HubDatabase database = HubDatabase.open(settings.storage().database(), 1)) {
                new AccessQueries(database.reader())
                        .accounts()
                        .forEach(account -> out.println(account.user().name() + "\t"
                                + account.user().roleLabel() + "\t"
                                + String.join(",", account.user().scope().areas()) + "\t"
                                + account.user().scope().unit() + "\t"
                                + (account.standing().isDisabled() ? "disabled" : "")));
            }
            return 0;
        }
    }
}
