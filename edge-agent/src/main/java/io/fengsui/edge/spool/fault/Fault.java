package io.fengsui.edge.spool.fault;

import io.fengsui.edge.spool.store.SpoolException;
import java.sql.SQLException;
import java.util.Set;

/** What a failure may come from, by what was thrown. */
public enum Fault {
    /** The disk, the file, its lock or memory: whatever is written may fail by it. */
    STORE,
    /** Perhaps what was just being written, perhaps something that all share: what was thrown does not say. */
    INPUT;

    /**
     * Primary result codes of SQLite (sqlite.org/rescode.html) for what a value may cause: SQLITE_ERROR, TOOBIG, CONSTRAINT, MISMATCH,
     * RANGE. All others, and what the driver says without a code, are the store's.
     */
    private static final Set<Integer> OF_VALUES = Set.of(1, 18, 19, 20, 25);

    public static Fault of(Throwable thrown) {
        if (thrown instanceof SQLException e) {
            return OF_VALUES.contains(e.getErrorCode() & 0xFF) ? INPUT : STORE;
        }
        return thrown instanceof SpoolException || thrown instanceof OutOfMemoryError ? STORE : INPUT;
    }
}
