package io.fengsui.hub.store;

import io.fengsui.settings.Secret;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where the hub's rows lie. */
public sealed interface DatabaseSettings {

    /** A file on this machine's disk, for one hub. */
    record SqliteFile(Path file) implements DatabaseSettings {}

    /**
     * A server, perhaps one of several in the URL, of which the primary is written to.
     *
     * @param url {@code jdbc:postgresql://…}, without a password
     * @param timeout a connection that says nothing for this long is given up
     */
    record PostgresServer(String url, String user, @Nullable Secret password, Duration timeout)
            implements DatabaseSettings {
        public static final String SCHEME = "jdbc:postgresql:";

        public PostgresServer {
            if (!url.startsWith(SCHEME)) {
                throw new IllegalArgumentException("the URL of a database begins with " + SCHEME);
            }
            if (timeout.toSeconds() < 1) {
                throw new IllegalArgumentException("the timeout of a database is a second or more, not " + timeout);
            }
        }
    }
}
