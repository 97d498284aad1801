package io.fengsui.hub.store;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection of a writer. It is thrown away with every transaction that does not commit: what broke may be the
 * connection. One thread at a time.
 */
public final class WriterSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WriterSession.class);

    private final Jdbi jdbi;
    private @Nullable Handle open;

    WriterSession(DataSource writing) {
        this.jdbi = Jdbi.create(writing);
    }

    /** The connection, opened if there is none; throws when the database cannot be reached. */
    public Handle handle() {
        if (open == null) {
            open = jdbi.open();
        }
        return open;
    }

    public void begin() {
        handle().begin();
    }

    public void commit() {
        handle().commit();
    }

    /** Ends whatever was begun without effect, and lets go of the connection. Never throws. */
    public void discard() {
        Handle old = open;
        open = null;
        if (old == null) {
            return;
        }
        try {
            if (!old.getConnection().getAutoCommit()) {
                old.getConnection().rollback();
            }
        } catch (SQLException e) {
            LOG.debug("a broken transaction could not be rolled back", e);
        }
        try {
            old.close();
        } catch (RuntimeException e) {
            LOG.debug("a broken connection could not be closed", e);
        }
    }

    @Override
    public void close() {
        discard();
    }
}
