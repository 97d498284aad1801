package io.fengsui.hub.access.user;

import java.util.Collection;

/** Rows of accounts. Writer's thread only. */
public interface UserTable {
    void write(Collection<Account> accounts);
}
