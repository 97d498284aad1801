package io.fengsui.hub.app;

import io.fengsui.hub.config.HubSettings;
import io.fengsui.hub.store.DatabaseSettings;
import io.fengsui.hub.store.SqliteBackup;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code central-hub backup} and {@code restore}. */
final class KeepCommands {
    private static final Logger LOG = LoggerFactory.getLogger(KeepCommands.class);
    private static final int FAILED = 1;

    private KeepCommands() {}

    /** What both have in common: find the database, tell of errors in one line. */
    abstract static class Keep implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Mixin
        @SuppressWarnings("NullAway.Init")
        private ConfigOption config;

        @Parameters(paramLabel = "FILE", description = "The backup.")
        @SuppressWarnings("NullAway.Init")
        Path file;

        @Override
        public Integer call() {
            HubSettings settings = config.settings(spec.commandLine());
            if (settings == null) {
                return ConfigOption.BAD;
            }
            try {
                switch (settings.database()) {
                    case DatabaseSettings.SqliteFile(Path database) -> {
                        PrintWriter out = spec.commandLine().getOut();
                        out.println(run(settings, database));
                        out.flush();
                        return 0;
                    }
                    case DatabaseSettings.PostgresServer server -> {
                        return failed("the rows lie in " + server.url() + ": use pg_dump --format=custom and pg_restore"
                                + " --clean, as docs/guide/operations.md shows");
                    }
                }
            } catch (NoSuchFileException e) {
                return failed("there is no file " + e.getMessage());
            } catch (FileAlreadyExistsException e) {
                return failed(e.getMessage() + " exists already: name another file");
            } catch (IOException | SQLException | StartFailedException e) {
                return failed(String.valueOf(e.getMessage()));
            }
        }

        private int failed(String why) {
            spec.commandLine().getErr().println("central-hub: " + why);
            return FAILED;
        }

        abstract String run(HubSettings settings, Path database) throws IOException, SQLException;
    }

    @Command(
            name = "backup",
            description = "Copies the database into FILE, also while the hub runs. Pictures are not in it.",
            mixinStandardHelpOptions = true)
    static final class Backup extends Keep {
        @Override
        String run(HubSettings settings, Path database) throws IOException, SQLException {
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
        String run(HubSettings settings, Path database) throws IOException, SQLException {
            try (DataLock held = DataLock.take(settings.data())) {
                LOG.debug("restoring as {}", held.owner());
                Path old = SqliteBackup.restore(file, database);
                return database + ": restored. The old database is " + old
                        + ". Edges send again what the backup does not have once the hub runs.";
            }
        }
    }
}
