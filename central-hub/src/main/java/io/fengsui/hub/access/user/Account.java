package io.fengsui.hub.access.user;

import io.fengsui.protocol.value.Checks;
import java.time.Instant;

/**
 * What is stored of somebody who may sign in.
 *
 * @param password as {@link Passwords} wrote it
 */
public record Account(User user, String password, Standing standing) {
    /**
     * @param sessionsFrom sessions that began earlier are over: a change of password, role or scope moves it
     * @param changedBy who changed the account last
     */
    public record Standing(boolean isDisabled, Instant sessionsFrom, Instant changed, String changedBy) {
        public Standing {
            Checks.id("changed-by", changedBy);
        }
    }

    public Account {
        Checks.text("password", password);
    }

    @Override
    public String toString() {
        return "Account[" + user.name() + ", " + standing + "]";
    }
}
