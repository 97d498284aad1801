package io.fengsui.hub.store.rows;

import org.jdbi.v3.core.JdbiException;

/** Rows could not be written, for a reason that lies in the database. */
final class RowsException extends JdbiException {
    private static final long serialVersionUID = 1L;

    RowsException(String table, Throwable cause) {
        super("writing " + table + ": " + cause.getMessage(), cause);
    }
}
