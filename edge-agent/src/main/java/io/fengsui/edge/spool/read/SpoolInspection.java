package io.fengsui.edge.spool.read;

import io.fengsui.edge.spool.store.LaneCode;
import io.fengsui.edge.spool.store.LaneHead;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.edge.spool.store.SpoolSchema;
import io.fengsui.edge.spool.store.SpoolStore;
import io.fengsui.protocol.Lane;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** For somebody who looks once at a spool whose agent does not run, and changes nothing. Confined to the thread that uses it. */
public final class SpoolInspection implements AutoCloseable {
    private final Path file;
    private final Connection connection;

    private SpoolInspection(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /**
     * Throws {@link SpoolException} when it cannot be read.
     *
     * @param isWithoutLog whether the log is passed over
     */
    public static SpoolInspection open(Path file, boolean isWithoutLog) {
        try {
            Connection connection =
                    isWithoutLog ? SpoolSchema.openFrozen(file, false) : SpoolSchema.openUnchanged(file);
            return new SpoolInspection(file, connection);
        } catch (SQLException e) {
            throw unreadable(file, e);
        }
    }

    public String epoch() {
        try {
            return SpoolStore.meta(connection, "epoch");
        } catch (SQLException e) {
            throw unreadable(file, e);
        }
    }

    /** A single number. */
    public long figure(String sql) {
        try {
            return SpoolSchema.number(connection, sql);
        } catch (SQLException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * A lane as it lies in the file.
     *
     * @param depth records that the hub has not acknowledged
     * @param bytes of all bodies held, acknowledged ones with them
     * @param oldestWallMillis when the oldest record that is not acknowledged was written; 0 when there is none
     */
    public record LaneFigures(
            Lane lane, long first, long last, long acknowledged, long depth, long bytes, long oldestWallMillis) {}

    public LaneFigures lane(Lane lane) {
        try {
            LaneHead head = LaneHead.read(connection, lane);
            long oldest = SpoolSchema.number(
                    connection,
                    "SELECT created_wall FROM record WHERE lane=" + LaneCode.of(lane) + " AND sequence>"
                            + head.acknowledged() + " ORDER BY sequence LIMIT 1");
            return new LaneFigures(
                    lane, head.first(), head.last(), head.acknowledged(), head.depth(), head.bytes(), oldest);
        } catch (SQLException e) {
            throw unreadable(file, e);
        }
    }

    private static SpoolException unreadable(Path file, SQLException e) {
        return new SpoolException("cannot read " + file + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw unreadable(file, e);
        }
    }
}
