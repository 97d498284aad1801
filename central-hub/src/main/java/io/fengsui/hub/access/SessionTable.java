package io.fengsui.hub.access;

import java.util.Collection;

/** Rows of sessions. Writer's thread only. */
public interface SessionTable {
    void writeSessions(Collection<Sessions.Session> sessions);

    /** @param keys hashes of their ids */
    void deleteSessions(Collection<String> keys);
}
