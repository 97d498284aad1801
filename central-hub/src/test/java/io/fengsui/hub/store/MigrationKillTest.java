package io.fengsui.hub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hub is killed while it brings what an older one left to the newest schema: the next start finds each migration done or not
 * begun, does the rest, and has every row.
 */
@Tag("slow")
class MigrationKillTest {
    private static final int KILLS = Integer.getInteger("fengsui.kills", 20);
    private static final int ROWS = 100_000;
    private static final int OLD = 26;
    private static final String LAYING = "laying hands on it";

    @TempDir
    Path folder;

    /** A process of its own. */
    static final class Migrating {
        private Migrating() {}

        /** @param args what {@link #arguments} made of settings */
        public static void main(String[] args) {
            DatabaseSettings settings = args.length == 1
                    ? new DatabaseSettings.SqliteFile(Path.of(args[0]))
                    : new DatabaseSettings.PostgresServer(args[0], args[1], null, Duration.ofSeconds(30), 1);
            System.out.println(LAYING);
            long begun = System.nanoTime();
            Schema.migrate(HubDatabase.engine(settings));
            System.out.println(Duration.ofNanos(System.nanoTime() - begun).toMillis());
        }
    }

    /** What an older hub left, filled once; what each kill is tried on is a copy. */
    DatabaseSettings filled() {
        return new DatabaseSettings.SqliteFile(folder.resolve("old.db"));
    }

    DatabaseSettings copy(DatabaseSettings filled, int number) throws IOException {
        Path copy = folder.resolve("copy-" + number + ".db");
        Files.copy(folder.resolve("old.db"), copy);
        assertThat(folder.resolve("old.db-wal")).as("what the copy would lack").doesNotExist();
        return new DatabaseSettings.SqliteFile(copy);
    }

    List<String> arguments(DatabaseSettings settings) {
        return switch (settings) {
            case DatabaseSettings.SqliteFile file -> List.of(file.file().toString());
            case DatabaseSettings.PostgresServer server -> List.of(server.url(), server.user());
        };
    }

    /** All tables, columns and indexes as they are. */
    String schema() {
        return "SELECT type || ' ' || name || ' ' || COALESCE(sql, '') FROM sqlite_master ORDER BY 1";
    }

    /** Answers {@code ok} where the database is whole. */
    String check() {
        return "PRAGMA integrity_check";
    }

    @Test
    void aHubThatIsKilledWhileItMigratesLosesNothingAndGoesOnAtTheNextStart() throws Exception {
        DatabaseSettings filled = filled();
        fill(HubDatabase.engine(filled));
        DatabaseSettings whole = copy(filled, 0);
        Process undisturbed = start(whole);
        List<String> said = lines(undisturbed);
        assertThat(undisturbed.waitFor()).as(said.toString()).isZero();
        long took = Long.parseLong(said.getLast());
        List<String> expected = state(HubDatabase.engine(whole));

        int all = versions(HubDatabase.engine(whole)).size();
        int amid = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            DatabaseSettings copy = copy(filled, kill);
            Process process = start(copy);
            awaitLaying(process);
            Thread.sleep(took * kill / KILLS);
            process.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
            Engine engine = HubDatabase.engine(copy);
            List<String> versions = versions(engine);
            assertThat(expected).as("kill %s", kill).startsWith(versions.toArray(String[]::new));
            amid += versions.size() < all ? 1 : 0;
            Schema.migrate(engine);
            assertThat(state(engine)).as("kill %s after %s", kill, versions).isEqualTo(expected);
        }
        assertThat(amid).as("kills before the last migration was done").isGreaterThan(KILLS / 3);
    }

    /** Incidents, tickets' messages that tell of two tickets each, and marks of pictures, as version 26 had them. */
    private static void fill(Engine engine) {
        OldSchema.lay(engine, OLD);
        try (Handle old = Jdbi.open(engine.writing())) {
            old.execute(
                    "INSERT INTO incident (id, edge, site, dedup_key, kind, severity, opened_at, last_event_at, ended_at,"
                            + " ticket_id, event_count, open_events) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                            + " WHERE i < " + ROWS
                            + ") SELECT 'i-' || i, 'edge-' || (i % 50), 's', 'k-' || (i % 1000), 'fire.smoke', 'major',"
                            + " i, i, i, 't-' || (i / 2), 1, 0 FROM n");
            old.execute(
                    "INSERT INTO outbox (id, contact, channel, grouped, ticket_id, made_at, due_at, reason, notices, omitted,"
                            + " state, tries, rung, next_at) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                            + ROWS + ") SELECT 'm-' || i, 'c', 'hook', '*', 't-' || i, i, i, 'now',"
                            + " '[{\"notice\":\"opened\",\"ticket\":\"t-' || i || '\"},{\"notice\":\"closed\",\"ticket\":\"t-' || (i + 1)"
                            + " || '\"}]', 0, 'delivered', 1, 0, NULL FROM n");
        }
    }

    private static List<String> versions(Engine engine) {
        try (Handle handle = Jdbi.open(engine.writing())) {
            return handle.createQuery("SELECT version, success FROM flyway_schema_history WHERE version IS NOT NULL"
                            + " ORDER BY installed_rank")
                    .map((row, context) -> "version " + row.getString(1) + " " + row.getBoolean(2))
                    .list();
        }
    }

    private List<String> state(Engine engine) {
        List<String> all = new ArrayList<>(versions(engine));
        try (Handle handle = Jdbi.open(engine.writing())) {
            for (String query : List.of(
                    check(),
                    "SELECT COUNT(*) || ' ' || SUM(is_handed) || ' ' || COUNT(DISTINCT ticket_id) FROM incident",
                    "SELECT COUNT(*) || ' ' || SUM(LENGTH(notices)) FROM outbox",
                    "SELECT COUNT(*) || ' ' || COUNT(DISTINCT outbox_id) FROM outbox_also",
                    "SELECT plan || ' ' || writers FROM shard_plan",
                    schema())) {
                all.addAll(handle.createQuery(query).mapTo(String.class).list());
            }
        }
        assertThat(all).contains("ok", ROWS + " 0 " + (ROWS / 2 + 1), ROWS + " " + ROWS);
        return all;
    }

    private Process start(DatabaseSettings settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Migrating.class.getName()));
        command.addAll(arguments(settings));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static void awaitLaying(Process process) throws IOException {
        for (String line = read(process); line != null; line = read(process)) {
            if (line.equals(LAYING)) {
                return;
            }
        }
        throw new IllegalStateException("the process ended before it began");
    }

    private static String read(Process process) throws IOException {
        return process.inputReader(StandardCharsets.UTF_8).readLine();
    }

    private static List<String> lines(Process process) {
        return process.inputReader(StandardCharsets.UTF_8).lines().toList();
    }
}
