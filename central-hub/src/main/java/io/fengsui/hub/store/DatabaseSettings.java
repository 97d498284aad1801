package io.fengsui.hub.store;

import io.fengsui.hub.shard.ShardMap;
import io.fengsui.settings.Secret;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where the hub's rows lie. */
public sealed interface DatabaseSettings {
    /** How many threads write it, each on a connection of its own. */
    int writers();

    /** A file on this machine's disk, for one hub. */
    record SqliteFile(Path file) implements DatabaseSettings {
        @Override
        public int writers() {
            return 1;
        }
    }

    /**
     * A server, perhaps one of several in the URL, of which the primary is written to.
     *
     * @param url {@code jdbc:postgresql://…}, without a password
     * @param writers 1, or one for tickets and the others for edges
     * @param timeout a connection that says nothing for this long is given up
     */
    record PostgresServer(String url, String user, @Nullable Secret password, Duration timeout, int writers)
            implements DatabaseSettings {
        public static final String SCHEME = "jdbc:postgresql:";

        public static final int MOST_WRITERS = ShardMap.MOST;

        public PostgresServer {
            if (!url.startsWith(SCHEME)) {
                throw new IllegalArgumentException("the URL of a database begins with " + SCHEME);
            }
            if (writers < 1 || writers > MOST_WRITERS) {
                throw new IllegalArgumentException("a database has 1 to " + MOST_WRITERS + " writers, not " + writers);
            }
            if (timeout.toSeconds() < 1) {
                throw new IllegalArgumentException("the timeout of a database is a second or more, not " + timeout);
            }
        }
    }
}
