package io.fengsui.benchmarks;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.ring.RingSettings;
import io.fengsui.edge.ring.SlotRing;
import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Place;
import io.fengsui.runtime.TimeSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Stream;

/**
 * Durable slots a second: through ring and spool in group commit with a number of slots in flight, against one row a
 * transaction in plain SQLite with the same guarantees, interleaved in one run because the machine's disk is not steady.
 *
 * <p>Arguments: a directory on the disk to be measured (default: a temporary one), seconds a run (default 3).
 */
public final class SpoolBenchmark {
    private static final int ROUNDS = 3;
    private static final int[] IN_FLIGHT = {1, 16, 256, 2048};

    private SpoolBenchmark() {}

    /** Runs and prints a table. */
    public static void main(String[] arguments) throws Exception {
        Path base = arguments.length > 0 ? Path.of(arguments[0]) : Path.of(System.getProperty("java.io.tmpdir"));
        long seconds = arguments.length > 1 ? Long.parseLong(arguments[1]) : 3;
        System.out.printf("%-44s %12s %10s %10s%n", "durable writes", "a second", "p50 ms", "p99 ms");
        for (int round = 0; round < ROUNDS; round++) {
            rowByRow(base, seconds);
            for (int inFlight : IN_FLIGHT) {
                groupCommit(base, seconds, inFlight);
            }
        }
    }

    /** Through ring and spool; slots a second. */
    public static double groupCommit(Path base, long seconds, int inFlight) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(base, "spool-benchmark");
        Latencies latencies = new Latencies();
        long begun;
        double rate;
        try (Spool spool = Spool.open(SpoolSettings.in(directory), TimeSource.system());
                SlotRing ring =
                        new SlotRing(RingSettings.DEFAULT, spool, new SimpleMeterRegistry(), TimeSource.system())) {
            ring.start();
            Semaphore credits = new Semaphore(inFlight);
            Random random = new Random(1);
            begun = System.nanoTime();
            while (System.nanoTime() - begun < seconds * 1_000_000_000L) {
                credits.acquire();
                long offered = System.nanoTime();
                Runnable done = () -> {
                    latencies.add(System.nanoTime() - offered);
                    credits.release();
                };
                Slot slot = new Slot(List.of(event(random)), List.of(), List.of(), List.of(done), offered);
                if (!ring.offer(slot)) {
                    throw new IllegalStateException("the ring refuses with " + inFlight + " slots in flight");
                }
            }
            credits.acquire(inFlight);
            rate = latencies.print("spool, group commit, " + inFlight + " in flight", System.nanoTime() - begun);
        }
        delete(directory);
        return rate;
    }

    /** The peer: a row a transaction; rows a second. */
    public static double rowByRow(Path base, long seconds) throws IOException, SQLException {
        Path directory = Files.createTempDirectory(base, "spool-benchmark");
        Latencies latencies = new Latencies();
        double rate;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("rows.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=FULL");
            statement.execute("CREATE TABLE record(sequence INTEGER PRIMARY KEY, body BLOB)");
            byte[] body = new byte[400];
            new Random(1).nextBytes(body);
            long begun = System.nanoTime();
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO record(body) VALUES(?)")) {
                while (System.nanoTime() - begun < seconds * 1_000_000_000L) {
                    long offered = System.nanoTime();
                    insert.setBytes(1, body);
                    insert.executeUpdate();
                    latencies.add(System.nanoTime() - offered);
                }
            }
            rate = latencies.print("plain SQLite, a row a transaction", System.nanoTime() - begun);
        }
        delete(directory);
        return rate;
    }

    private static Event event(Random random) {
        TimeSource time = TimeSource.system();
        Moment now = new Moment(time.wall(), ClockQuality.SYNCED, "benchmark", time.steadyNanos());
        return new Event(
                EventId.make(time.wall(), random),
                1,
                Phase.INSTANT,
                new EventKind("fire.smoke"),
                Severity.CRITICAL,
                Lane.URGENT,
                new Event.Origin("edge-1", "village-7", Source.sensor("smoke-3"), "", Place.UNKNOWN),
                new Event.Times(now, now, Duration.ofMinutes(5)),
                Event.Cause.NONE,
                "smoke/smoke-3",
                Map.of("value", "3.7", "filling", "x".repeat(160)),
                List.of(),
                List.of(),
                List.of(),
                Event.Marks.NONE);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    /** Waiting times, the first two million of them; written by one thread. */
    private static final class Latencies {
        private final AtomicLongArray nanos = new AtomicLongArray(2_000_000);
        private int count;

        void add(long waited) {
            if (count < nanos.length()) {
                nanos.set(count, waited);
                count++;
            }
        }

        double print(String what, long elapsedNanos) {
            long[] sorted = new long[count];
            Arrays.setAll(sorted, nanos::get);
            Arrays.sort(sorted);
            System.out.printf(
                    "%-44s %,12.0f %10.2f %10.2f%n",
                    what, count * 1e9 / elapsedNanos, sorted[count / 2] / 1e6, sorted[(int) (count * 0.99)] / 1e6);
            return count * 1e9 / elapsedNanos;
        }
    }
}
