package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.access.user.Account;
import io.fengsui.hub.access.user.Passwords;
import io.fengsui.hub.store.DatabaseSettings;
import io.fengsui.hub.store.HubDatabase;
import io.fengsui.hub.store.access.AccessQueries;
import io.fengsui.hub.ticket.workflow.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What whoever is at the machine may do with accounts, and what they are told. */
class UserCommandTest {
    private static final String PASSWORD = "晋城-beacon-17";

    @TempDir
    private Path folder;

    private Path config;

    private record Said(int status, String text) {}

    @BeforeEach
    void configure() throws IOException {
        Path reference = Path.of("../config").toAbsolutePath().normalize();
        config = Files.writeString(folder.resolve("hub.yaml"), """
                data: data
                tickets:
                  policy: %1$s/ticket-policy.yaml
                  workflow: %1$s/workflows/nine-step.yaml
                """.formatted(reference));
        Files.createDirectories(folder.resolve("data"));
    }

    @Test
    void anAccountIsMadeShownDisabledEnabledAndGivenAnotherPassword() throws IOException {
        assertThat(run(PASSWORD, "add", "li", "--role", "unit", "--unit", "fire")
                        .status())
                .isZero();
        assertThat(run("", "list").text()).contains("li\tunit\t\tfire");
        assertThat(run("", "disable", "li").status()).isZero();
        assertThat(account().standing().isDisabled()).isTrue();
        assertThat(run("another-word-98", "reset", "li").status()).isZero();
        assertThat(account().standing().isDisabled())
                .as("a password lets nobody in again")
                .isTrue();
        assertThat(run("", "enable", "li").status()).isZero();

        assertThat(account().standing().isDisabled()).isFalse();
        assertThat(account().user().role()).isEqualTo(Role.UNIT);
        assertThat(new Passwords().matches("another-word-98", account().password()))
                .isTrue();
        List<AccessQueries.AuditRow> audit =
                queries(access -> access.audit(new AccessQueries.Filter("command-line", null, null), null, 9));
        assertThat(audit)
                .extracting(row -> row.entry().action())
                .containsExactly("user enable", "user reset", "user disable", "user add");
    }

    @Test
    void undoesNothingThatAnAdminDidWhileThePasswordWasTyped() throws IOException {
        assertThat(run(PASSWORD, "add", "li", "--role", "unit", "--unit", "fire")
                        .status())
                .isZero();
        InputStream slow = new ByteArrayInputStream("another-word-98\n".getBytes(StandardCharsets.UTF_8)) {
            private boolean isDone;

            @Override
            public synchronized int read(byte[] bytes, int from, int most) {
                if (!isDone) {
                    isDone = true;
                    try {
                        assertThat(UserCommandTest.this.run("", "disable", "li").status())
                                .isZero();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
                return super.read(bytes, from, most);
            }
        };
        assertThat(run(slow, "reset", "li").status()).isZero();

        assertThat(account().standing().isDisabled()).isTrue();
        assertThat(new Passwords().matches("another-word-98", account().password()))
                .isTrue();
    }

    @Test
    void saysInOneLineWhatIsWrongAndWritesNothing() throws IOException {
        assertThat(run(PASSWORD, "add", "li", "--role", "king").text())
                .isEqualTo("central-hub: a role is one of viewer, dispatcher, unit, supervisor, admin; not 'king'\n");
        assertThat(run(PASSWORD, "add", "li", "--role", "unit").text()).contains("needs a unit");
        assertThat(run(PASSWORD, "add", "command-line", "--role", "admin").text())
                .contains("no user can be called");
        assertThat(run("short", "add", "li", "--role", "viewer").text()).contains("10 characters");
        assertThat(run("", "disable", "li").text()).contains("there is no user li");
        assertThat(run("", "list").text()).isEmpty();
    }

    @Test
    void refusesAreasAndUnitsThatTheConfigurationDoesNotHave() throws IOException {
        Path reference = Path.of("../config").toAbsolutePath().normalize();
        Files.writeString(
                config,
                "  places: [%1$s/places/example.csv]\n  units: %1$s/units.yaml\n".formatted(reference),
                StandardOpenOption.APPEND);
        assertThat(run(PASSWORD, "add", "li", "--role", "viewer", "--area", "140502", "--area", "140252")
                        .text())
                .contains("there is no area or unit 140252;");
        assertThat(run(PASSWORD, "add", "li", "--role", "unit", "--unit", "fire-brigad")
                        .text())
                .contains("there is no area or unit fire-brigad;");
        assertThat(run(PASSWORD, "add", "li", "--role", "unit", "--unit", "fire-brigade", "--area", "140502")
                        .status())
                .isZero();
    }

    @Test
    void saysWhatIsWrongWithTheDatabaseAndNotWhereInTheProgram() throws IOException {
        Files.writeString(folder.resolve("data").resolve("hub.db"), "this is no database, it is a text of some length");
        Said said = run("", "list");
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.text()).startsWith("central-hub: ").hasLineCount(1);
    }

    private Said run(String typed, String... words) throws IOException {
        return run(new ByteArrayInputStream((typed + "\n").getBytes(StandardCharsets.UTF_8)), words);
    }

    private Said run(InputStream typed, String... words) throws IOException {
        InputStream before = System.in;
        StringWriter said = new StringWriter();
        List<String> all = new ArrayList<>(List.of("user"));
        all.add(words[0]);
        all.addAll(List.of("-c", config.toString()));
        all.addAll(List.of(words).subList(1, words.length));
        System.setIn(typed);
        try {
            CommandLine line = Main.commandLine().setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
            return new Said(line.execute(all.toArray(String[]::new)), said.toString());
        } finally {
            System.setIn(before);
        }
    }

    private Account account() {
        return queries(AccessQueries::accounts).getFirst();
    }

    private <T> T queries(Function<AccessQueries, T> question) {
        DatabaseSettings file =
                new DatabaseSettings.SqliteFile(folder.resolve("data").resolve("hub.db"));
        try (HubDatabase database = HubDatabase.open(file, 1)) {
            return question.apply(new AccessQueries(database.reader()));
        }
    }
}
