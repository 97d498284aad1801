package io.fengsui.hub.app;

import io.fengsui.hub.config.HubSettings;
import io.fengsui.hub.store.DatabaseSettings;
import io.fengsui.hub.store.KeepSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** One PostgreSQL server for all tests of this JVM, and an empty database for each who asks. */
public final class TestPostgres {
    /** Where there are several: one for tickets and two for edges. */
    static final int WRITERS = 3;

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static final boolean CAN_RUN = !"root".equals(System.getProperty("user.name")) || hasUserNamespaces();

    private TestPostgres() {}

    private static boolean hasUserNamespaces() {
        try {
            return new ProcessBuilder("unshare", "-U", "true").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** @param afterwards held: what it reads is open as long as this JVM runs */
    private record Server(EmbeddedPostgres postgres, Process afterwards) {
        /**
         * Ends the server and removes its folder when this JVM has ended, however it did: that its input is over tells it.
         * Without a checkpoint, which takes longer than Surefire waits for a JVM when there are many databases.
         */
        private static final String AFTERWARDS = """
                trap '' HUP INT TERM
                cat >/dev/null
                if read -r server <"$1/postmaster.pid"; then
                    kill -QUIT "$server"
                    kill -CONT "$server"
                    tries=0
                    while kill -0 "$server" && [ $tries -lt 100 ]; do
                        sleep 0.1
                        tries=$((tries + 1))
                    done
                    kill -KILL "$server"
                fi
                rm -rf "$1"
                """;

        static final Server THE = start();

        private static Server start() {
            try {
                Path folder = Files.createTempDirectory("fengsui-postgres");
                Process afterwards = new ProcessBuilder("sh", "-c", AFTERWARDS, "afterwards", folder.toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setDataDirectory(folder)
                        .setRegisterShutdownHook(false)
                        .setPGStartupWait(Duration.ofMinutes(2))
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .start();
                return new Server(postgres, afterwards);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Aborts the test on a machine where PostgreSQL cannot run: it refuses root, and root needs a namespace of users. */
    public static EmbeddedPostgres server() {
        if (!CAN_RUN) {
            throw new TestAbortedException("PostgreSQL refuses root, and this machine has no `unshare -U`");
        }
        return Server.THE.postgres;
    }

    /** The server's own processes: those whose argument is its port, and their children. */
    static List<Long> processes() {
        String port = Integer.toString(server().getPort());
        return ProcessHandle.allProcesses()
                .filter(one -> one.info().commandLine().orElse("").matches(".*postgres.*-p " + port + ".*"))
                .flatMap(one -> Stream.concat(Stream.of(one), one.descendants()))
                .map(ProcessHandle::pid)
                .distinct()
                .toList();
    }

    /** A new database, of one writer. */
    public static DatabaseSettings.PostgresServer database() {
        return database(1);
    }

    public static DatabaseSettings.PostgresServer database(int writers) {
        return database(writers, "template0 ENCODING 'UTF8' LOCALE 'C'");
    }

    /** With all that is in another, to which nobody is connected. */
    public static DatabaseSettings.PostgresServer copy(DatabaseSettings.PostgresServer of) {
        return database(1, of.url().substring(of.url().lastIndexOf('/') + 1));
    }

    private static DatabaseSettings.PostgresServer database(int writers, String template) {
        String name = "town" + DATABASES.incrementAndGet();
        try (Connection connection = server().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new DatabaseSettings.PostgresServer(
                "jdbc:postgresql://localhost:" + server().getPort() + "/" + name,
                "postgres",
                null,
                Duration.ofSeconds(10),
                writers);
    }

    /** Those of a town whose rows lie there. */
    static HubSettings settings(Path data, DatabaseSettings database) {
        HubSettings standard = TestTown.settings(data);
        return new HubSettings(
                standard.listen(),
                new HubSettings.Storage(data, database, KeepSettings.DEFAULT),
                standard.zone(),
                standard.edges(),
                standard.access(),
                standard.tickets(),
                standard.grids(),
                standard.silence(),
                standard.drain());
    }

    static TestTown town(Path data) {
        return town(data, 1);
    }

    static TestTown town(Path data, int writers) {
        return new TestTown(settings(data, database(writers)));
    }
}
