package io.fengsui.hub.app;

import io.fengsui.hub.config.HubSettings;
import io.fengsui.hub.store.DatabaseSettings;
import io.fengsui.hub.store.SqliteBackup;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code central-hub backup} and {@code restore}. */
final class KeepCommands {
    private static final Logger LOG = LoggerFactory.getLogger(KeepCommands.class);

    private KeepCommands() {}

    /** What both have in common: find the database. */
    abstract static class Keep extends ConfiguredCommand {
        @Parameters(paramLabel = "FILE", description = "The backup.")
        @SuppressWarnings("NullAway.Init")
        Path file;

        @Override
        final int run(HubSettings settings, PrintWriter out, PrintWriter err) throws IOException, SQLException {
            return switch (settings.database()) {
                case DatabaseSettings.SqliteFile(Path database) -> {
                    out.println(keep(settings, database));
                    yield 0;
                }
                case DatabaseSettings.PostgresServer server ->
                    failed(
                            err,
                            "the rows lie in " + server.url() + ": use pg_dump --format=custom and pg_restore"
                                    + " --clean, as docs/guide/operations.md shows");
            };
        }

        /** What was done. */
        abstract String keep(HubSettings settings, Path database) throws IOException, SQLException;
    }

    @Command(
            name = "backup",
            description = "Copies the database into FILE, also while the hub runs. Pictures are not in it.",
            mixinStandardHelpOptions = true)
    static final class Backup extends Keep {
        @Override
        String keep(HubSettings settings, Path database) throws IOException, SQLException {
            SqliteBackup.backup(database, file);
            return file + ": whole and checked";
        }
    }

    @Command(
            name = "restore",
            description = "Puts the backup FILE in the database's place. The hub must be stopped.",
            mixinStandardHelpOptions = true)
    static final class Restore extends Keep {
        @Override
        String keep(HubSettings settings, Path database) throws IOException, SQLException {
            try (DataLock held = DataLock.take(settings.data())) {
                LOG.debug("restoring as {}", held.owner());
                Path old = SqliteBackup.restore(file, database);
                return database + ": restored. The old database is " + old
                        + ". Edges send again what the backup does not have once the hub runs.";
            }
        }
    }
}
