package io.fengsui.edge.spool.repair;

import io.fengsui.edge.spool.read.Restored;
import io.fengsui.edge.spool.read.RestoredEvents;
import io.fengsui.edge.spool.store.ForeignSpoolException;
import io.fengsui.edge.spool.store.LaneHead;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.edge.spool.store.SpoolSchema;
import io.fengsui.edge.spool.store.SpoolStore;
import io.fengsui.protocol.Lane;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A spool's file that is not open, as it lies there: read without being verified, and without any change. Thread-safe. */
public final class FrozenSpool {
    private static final Logger LOG = LoggerFactory.getLogger(FrozenSpool.class);

    /**
     * What is known of the file before it is open.
     *
     * @param isRead whether all that the last run left could be read
     * @param isServed whether epoch and lanes are the file's; else they are of an empty spool that is nowhere
     */
    public record Known(String epoch, Map<Lane, LaneHead> heads, Restored restored, boolean isRead, boolean isServed) {}

    private final Path file;
    private final SpoolFiles files;

    public FrozenSpool(Path file) {
        this.file = file;
        this.files = new SpoolFiles(file);
    }

    /**
     * Reads it without any change.
     *
     * @param isToBeTold whether the log is to say that it cannot be read
     */
    public Known read(boolean isToBeTold) {
        Restored restored = Restored.UNREAD;
        boolean isRead = false;
        if (files.isUnfinished()) {
            if (isToBeTold) {
                LOG.warn("the spool is half exchanged for a rebuilt one, its lanes count as empty: file={}", file);
            }
            return new Known(UUID.randomUUID().toString(), nothing(), restored, false, false);
        }
        try (Connection connection = connect()) {
            restored = RestoredEvents.read(connection);
            isRead = restored.isWhole() && FirstOpening.logOf(file).isWhole();
            Map<Lane, LaneHead> heads = heads(connection);
            String epoch = SpoolStore.meta(connection, "epoch");
            requirePlaces(epoch, heads);
            return new Known(epoch, heads, restored, isRead, true);
        } catch (ForeignSpoolException e) {
            throw e;
        } catch (SQLException | RuntimeException e) {
            // Nothing of it is verified: what makes no sense is no reason to be silent.
            if (isToBeTold) {
                LOG.warn("the spool cannot be read, its lanes count as empty: file={} reason={}", file, e.toString());
            }
        }
        return new Known(UUID.randomUUID().toString(), nothing(), restored, isRead, false);
    }

    /** To be closed before the file is opened otherwise. */
    public Connection connect() throws SQLException {
        return SpoolSchema.openFrozen(file, FirstOpening.logOf(file).hasCommits());
    }

    /** Lanes of a spool that is nowhere. */
    public static Map<Lane, LaneHead> nothing() {
        try (Connection nothing = SpoolSchema.openNothing()) {
            return heads(nothing);
        } catch (SQLException e) {
            throw new SpoolException("SQLite cannot be used: " + e.getMessage(), e);
        }
    }

    /** A lane that seems to end before its end would look to the hub like another box's with the same epoch. */
    private void requirePlaces(String epoch, Map<Lane, LaneHead> heads) throws SQLException {
        boolean isSane = UUID.fromString(epoch).toString().equals(epoch)
                && heads.values().stream()
                        .allMatch(head -> head.isIntact() && head.toState().last() >= 0)
                && FirstOpening.logOf(file).isWhole();
        if (!isSane) {
            throw new SQLException("it is damaged");
        }
    }

    private static Map<Lane, LaneHead> heads(Connection connection) throws SQLException {
        Map<Lane, LaneHead> heads = new EnumMap<>(Lane.class);
        for (Lane lane : Lane.values()) {
            heads.put(lane, LaneHead.read(connection, lane));
        }
        return heads;
    }
}
