package io.fengsui.benchmarks.events;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.benchmarks.Scratch;
import io.fengsui.hub.store.DatabaseSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Measures P9 and P11: new tickets a second, each acknowledged after its commit, and what one costs while the database
 * grows, round after round on the same rows. What a ticket costs beside ten thousand is measured last, on databases of its
 * own, so that the program is as warm as it was at the end.
 *
 * <p>Arguments: {@code --district} for a hub with everything switched on, see {@link DistrictBenchmark}; thousands of tickets to grow to (default 200), and a PostgreSQL URL with its user ({@code
 * jdbc:postgresql://…} of an empty database, default: SQLite; then the second round is what the last is compared with).
 */
public final class HubBenchmark {
    private static final int EDGES = 16;
    private static final int BATCHES = 10;
    /** 10,240 tickets. */
    private static final int FEW_BATCHES = 5;

    private static final int COMPARED = 3;
    private static final double REACH = 1.1;

    private final @Nullable DatabaseSettings server;

    private HubBenchmark(@Nullable DatabaseSettings server) {
        this.server = server;
    }

    /** @param before tickets that were stored already */
    private record Round(long before, HubRun.Found found) {
        double writerMicros() {
            return found.writerSeconds() / found.events() * 1e6;
        }

        double wallMicros() {
            return found.seconds() / found.events() * 1e6;
        }
    }

    public static void main(String[] arguments) throws Exception {
        if (Server.isOfDistrict(arguments)) {
            DistrictBenchmark.main(Server.withoutDistrict(arguments));
            return;
        }
        int thousands = Server.thousands(arguments, 200);
        HubBenchmark benchmark = new HubBenchmark(Server.of(arguments));
        System.out.printf(
                "%-12s %12s %10s %16s %9s %9s %6s%n",
                benchmark.server == null ? "SQLite" : "PostgreSQL",
                "stored before",
                "a second",
                "writer us/ticket",
                "p50 ms",
                "p99 ms",
                "lost");
        List<Round> rounds = benchmark.grow(thousands);
        List<Round> last = rounds.subList(Math.max(0, rounds.size() - COMPARED), rounds.size());
        List<Round> few =
                benchmark.server == null ? benchmark.besideFew() : rounds.subList(1, Math.min(2, rounds.size()));
        if (!few.isEmpty()) {
            tell("writer", last, few, Round::writerMicros);
            tell("wall", last, few, Round::wallMicros);
        }
    }

    private List<Round> grow(int thousands) throws Exception {
        List<Round> rounds = new ArrayList<>();
        try (Scratch scratch = Scratch.make("fengsui-bench")) {
            long stored = 0;
            while (stored < thousands * 1_000L) {
                String name = "round-" + (rounds.size() + 1);
                Round round = new Round(
                        stored, HubRun.run(scratch.folder(), server, name + "-", new HubRun.Load(EDGES, BATCHES, 1)));
                tell(name, round);
                rounds.add(round);
                stored = round.found.tickets();
            }
        }
        return rounds;
    }

    private List<Round> besideFew() throws Exception {
        List<Round> rounds = new ArrayList<>();
        for (int i = 1; i <= COMPARED; i++) {
            try (Scratch scratch = Scratch.make("fengsui-bench")) {
                long stored = HubRun.run(scratch.folder(), null, "few-", new HubRun.Load(EDGES, FEW_BATCHES, 1))
                        .tickets();
                Round round = new Round(
                        stored, HubRun.run(scratch.folder(), null, "few-more-", new HubRun.Load(EDGES, BATCHES, 1)));
                tell("few " + i, round);
                rounds.add(round);
            }
        }
        return rounds;
    }

    private static void tell(String name, Round round) {
        HubRun.Found found = round.found;
        System.out.printf(
                Locale.ROOT,
                "%-12s %,12d %,10.0f %16.0f %9.1f %9.1f %6d%n",
                name,
                round.before,
                found.rate(),
                round.writerMicros(),
                found.p50(),
                found.p99(),
                round.before + found.events() - found.tickets());
    }

    /** One line of JSON: what a ticket costs beside many, over what it costs beside few. */
    private static void tell(String what, List<Round> many, List<Round> few, ToDoubleFunction<Round> cost) {
        double ratio = median(many, cost) / median(few, cost);
        System.out.println(new ObjectMapper()
                .createObjectNode()
                .put("id", "P11")
                .put("part", "ticket-" + what)
                .put("value", Math.round(ratio * 100) / 100.0)
                .put("unit", "times")
                .put("micros", Math.round(median(many, cost)))
                .put("microsBesideFew", Math.round(median(few, cost)))
                .put("stored", many.getLast().before)
                .put("few", few.getFirst().before)
                .put("reach", REACH)
                .put("met", ratio <= REACH));
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> cost) {
        double[] sorted = rounds.stream().mapToDouble(cost).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
