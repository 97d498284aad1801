package io.fengsui.benchmarks.events;

import io.fengsui.hub.store.DatabaseSettings;
import java.util.Locale;

/**
 * Measures P9 and P11: new tickets a second, each acknowledged after its commit, and what one costs while the database
 * grows, round after round on the same rows.
 *
 * <p>Arguments: thousands of tickets to grow to (default 200), and a PostgreSQL URL with its user ({@code
 * jdbc:postgresql://…} of an empty database, default: SQLite).
 */
public final class HubBenchmark {
    private static final int EDGES = 16;
    private static final int BATCHES = 10;

    private HubBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int thousands = Server.thousands(arguments, 200);
        DatabaseSettings server = Server.of(arguments);
        System.out.printf(
                "%-12s %12s %10s %16s %9s %9s %6s%n",
                server == null ? "SQLite" : "PostgreSQL",
                "stored before",
                "a second",
                "writer us/ticket",
                "p50 ms",
                "p99 ms",
                "lost");
        try (Scratch scratch = Scratch.make()) {
            long stored = 0;
            for (int round = 1; stored < thousands * 1_000L; round++) {
                HubRun.Found found = HubRun.run(
                        scratch.folder(), server, "round-" + round + "-", new HubRun.Load(EDGES, BATCHES, 1));
                System.out.printf(
                        Locale.ROOT,
                        "%-12s %,12d %,10.0f %16.0f %9.1f %9.1f %6d%n",
                        "round " + round,
                        stored,
                        found.rate(),
                        found.writerSeconds() / found.events() * 1e6,
                        found.p50(),
                        found.p99(),
                        stored + found.events() - found.tickets());
                stored = found.tickets();
            }
        }
    }
}
