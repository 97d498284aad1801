package io.fengsui.benchmarks.events;

import io.fengsui.hub.store.DatabaseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measure P9: what the hub takes in a second, each event acknowledged after its commit, on SQLite and on PostgreSQL.
 *
 * <p>Arguments: thousands of events (default 200), and a PostgreSQL URL with its user for the second half ({@code
 * jdbc:postgresql://…} of an empty database, default: none).
 */
public final class EventsBenchmark {
    private static final int EDGES = 16;
    private static final double REPEATS = 0.05;

    private EventsBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int thousands = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
        System.out.printf(
                "%-44s %10s %9s %9s %9s %9s %s%n",
                "hub, through gRPC, 16 edges", "a second", "writer s", "p50 ms", "p99 ms", "tickets", "lost, doubled");
        run("SQLite, 95 % repeats", null, thousands, REPEATS);
        run("SQLite, all new tickets", null, Math.max(1, thousands / 10), 1);
        if (arguments.length > 2) {
            DatabaseSettings server =
                    new DatabaseSettings.PostgresServer(arguments[1], arguments[2], null, Duration.ofSeconds(10));
            run("PostgreSQL, 95 % repeats", server, thousands, REPEATS);
        }
    }

    private static void run(String what, @Nullable DatabaseSettings server, int thousands, double share)
            throws Exception {
        Path data = Files.createTempDirectory("fengsui-events");
        try {
            int batches = Math.max(1, thousands * 1000 / EDGES / EdgeLoad.BATCH);
            HubRun.Found found = HubRun.run(data, server, EDGES, batches, share);
            System.out.printf(
                    Locale.ROOT,
                    "%-44s %,10.0f %9.2f %9.1f %9.1f %,9d %d%n",
                    what + ", " + found.events(),
                    found.rate(),
                    found.writerSeconds(),
                    found.p50(),
                    found.p99(),
                    found.tickets(),
                    found.events() - found.stored());
        } finally {
            delete(data);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
