package io.fengsui.benchmarks.events;

import io.fengsui.hub.store.DatabaseSettings;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL server that a benchmark's arguments name, behind the thousands. */
final class Server {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private Server() {}

    /** Null without: then SQLite is measured. */
    static @Nullable DatabaseSettings of(String[] arguments) {
        return of(arguments, 1);
    }

    /** The same, written by so many threads. */
    static @Nullable DatabaseSettings of(String[] arguments, int writers) {
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
        return arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1;
    }

    static int thousands(String[] arguments, int usual) {
        return arguments.length > 0 ? Integer.parseInt(arguments[0]) : usual;
    }
}
