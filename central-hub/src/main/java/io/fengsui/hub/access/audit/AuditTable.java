package io.fengsui.hub.access.audit;

import java.util.List;

/** Rows of the audit. Writer's thread only. */
public interface AuditTable {
    /** Adds rows after the last one, each chained to the one before. */
    void append(List<AuditEntry> entries);
}
