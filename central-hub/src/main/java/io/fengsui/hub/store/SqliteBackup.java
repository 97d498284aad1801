package io.fengsui.hub.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/**
 * Copies of a hub's file. A backup may be made while the hub runs; it is one moment's state, without free pages, checked,
 * and appears under its name only when it is whole. A restored file replaces the old one, which is kept beside it.
 */
public final class SqliteBackup {
    private static final String REPLACED = ".replaced";
    private static final String LOG = "-wal";
    /** What SQLite takes for a file's if it lies beside it. */
    private static final List<String> BESIDE = List.of(LOG, "-shm", "-journal");

    private SqliteBackup() {}

    /** Copies the database; throws {@link FileAlreadyExistsException} rather than write over a file. */
    public static void backup(Path database, Path target) throws IOException, SQLException {
        if (!Files.exists(database)) {
            throw new NoSuchFileException(database.toString());
        }
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        FileMark.check(database);
        Path part = sibling(target, ".part");
        clear(part);
        try {
            try (Connection connection = new SqliteEngine(database).reading().getConnection();
                    PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
                copy.setString(1, part.toString());
                copy.execute();
            }
            FileMark.renew(part);
            check(part);
            sync(part);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            syncFolder(target);
        } finally {
            clear(part);
        }
    }

    /**
     * Puts a backup in the database's place, as a file of its own: no log of another one, not even of one restored from the
     * same backup, is taken for its. To be called only while no hub can open the database.
     *
     * @return where the old database is now, and what lay beside it; the file does not exist when there was none
     */
    public static Path restore(Path backup, Path database) throws IOException, SQLException {
        FileMark.check(backup);
        check(backup);
        Path fresh = sibling(database, ".restoring");
        Path old = sibling(database, REPLACED);
        clear(fresh);
        Files.copy(backup, fresh);
        // A copy that somebody made by hand may have a log: it is written back when the file gets its number.
        if (Files.exists(sibling(backup, LOG))) {
            Files.copy(sibling(backup, LOG), sibling(fresh, LOG));
        }
        FileMark.renew(fresh);
        check(fresh);
        clearBeside(fresh);
        sync(fresh);
        clear(old);
        setAside(database, old);
        Files.move(fresh, database, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(database);
        return old;
    }

    /** The old file keeps its place until the new one takes it; whatever lies beside it must not be found beside the new one. */
    private static void setAside(Path database, Path old) throws IOException {
        if (Files.exists(database)) {
            writeBack(database);
        }
        for (String suffix : BESIDE) {
            if (Files.exists(sibling(database, suffix))) {
                Files.move(sibling(database, suffix), sibling(old, suffix));
            }
        }
        if (Files.exists(database)) {
            Files.createLink(old, database);
        }
    }

    private static void writeBack(Path database) {
        try {
            FileMark.check(database);
        } catch (UnfitDatabaseException e) {
            return; // not its own log: the file is not opened with it, and both are kept as they are
        }
        try (Connection connection = new SqliteEngine(database).writing().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException e) {
            // A damaged database cannot be tidied up; its log goes with it.
        }
    }

    private static void clear(Path file) throws IOException {
        Files.deleteIfExists(file);
        clearBeside(file);
    }

    private static void clearBeside(Path file) throws IOException {
        for (String suffix : BESIDE) {
            Files.deleteIfExists(sibling(file, suffix));
        }
    }

    private static void check(Path file) throws IOException, SQLException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        DataSource source = new SqliteEngine(file).reading();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            requireOk(file, text(statement, "PRAGMA integrity_check(1)"));
            String tables =
                    text(statement, "SELECT COUNT(*) FROM sqlite_schema WHERE name IN ('journal', 'lane_position')");
            if (!tables.equals("2")) {
                throw new SQLException(file + " is no database of a hub");
            }
        }
    }

    private static void requireOk(Path file, String verdict) throws SQLException {
        if (!verdict.equals("ok")) {
            throw new SQLException(file + " is damaged: " + verdict);
        }
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Path sibling(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void syncFolder(Path file) throws IOException {
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
            folder.force(true);
        }
    }
}
