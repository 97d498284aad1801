package io.fengsui.benchmarks.events;

import io.fengsui.hub.store.DatabaseSettings;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL server that a benchmark's arguments name, behind the thousands. */
final class Server {
    /** A hundred million: far more than a machine's disk takes in a day. */
    private static final int MOST_THOUSANDS = 100_000;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private Server() {}

    /** Null without: then SQLite is measured. */
    static @Nullable DatabaseSettings of(String[] arguments) {
        return of(arguments, 1);
    }

    /** The same, written by so many threads. */
    static @Nullable DatabaseSettings of(String[] arguments, int writers) {
        if (arguments.length == 2) {
            throw new Arguments.RefusedException("after THOUSANDS stands '" + arguments[1]
                    + "' alone; JDBC-URL and USER of an empty PostgreSQL database stand there, or nothing");
        }
        return arguments.length > 2
                ? new DatabaseSettings.PostgresServer(arguments[1], arguments[2], null, TIMEOUT, writers)
                : null;
    }

    /** Whether a hub with everything switched on is asked for. */
    static boolean isOfDistrict(String[] arguments) {
        return arguments.length > 0 && arguments[0].equals("--district");
    }

    /** The other arguments. */
    static String[] withoutDistrict(String[] arguments) {
        return isOfDistrict(arguments) ? Arrays.copyOfRange(arguments, 1, arguments.length) : arguments;
    }

    static int writers(String[] arguments) {
        return Arguments.whole(arguments, 3, "WRITERS", DatabaseSettings.PostgresServer.MOST_WRITERS, 1);
    }

    static int thousands(String[] arguments, int usual) {
        return Arguments.whole(arguments, 0, "THOUSANDS", MOST_THOUSANDS, usual);
    }
}
