package io.fengsui.benchmarks.events;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.benchmarks.Scratch;
import io.fengsui.benchmarks.SpoolBenchmark;
import io.fengsui.hub.store.DatabaseSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measure P9: durable events a second of spool and hub, each acknowledged after its commit, and of the peers, in turn in one
 * run. The first two rounds warm the JVM up and do not count.
 *
 * <p>Arguments: {@code --district} for the hub once more with everything switched on, in a made-up district; thousands of events
 * a round of the hub (default 60), and a PostgreSQL URL with its user for the hub once
 * more ({@code jdbc:postgresql://…} of an empty database, default: none), and a number of writers for it once more again.
 */
public final class EventsBenchmark {
    private static final int EDGES = 16;
    private static final double REPEATS = 0.05;
    private static final int WARM_UP = 2;
    private static final int ROUNDS = 5;
    private static final long SECONDS = 3;
    private static final int IN_FLIGHT = 2_048;

    private final Map<String, List<Double>> rates = new LinkedHashMap<>();
    private final int thousands;
    private final @Nullable DatabaseSettings server;
    private final @Nullable DatabaseSettings shared;

    private EventsBenchmark(String[] arguments) {
        thousands = Server.thousands(arguments, 60);
        server = Server.of(arguments);
        int writers = Server.writers(arguments);
        shared = writers > 1 ? Server.of(arguments, writers) : null;
    }

    public static void main(String[] arguments) throws Exception {
        EventsBenchmark benchmark = new EventsBenchmark(Server.withoutDistrict(arguments));
        try (District district = Server.isOfDistrict(arguments) ? District.make() : null) {
            benchmark.measure(district);
        }
    }

    private void measure(@Nullable District district) throws Exception {
        System.out.printf("%-44s %12s %10s %10s%n", "durable, acknowledged after it", "a second", "p50 ms", "p99 ms");
        for (int round = 1 - WARM_UP; round <= ROUNDS; round++) {
            System.out.println("round " + round + (round < 1 ? ", which does not count" : ""));
            round(round, district);
        }
        tell();
    }

    private void round(int round, @Nullable District district) throws Exception {
        try (Scratch scratch = Scratch.make("fengsui-bench")) {
            note(round, "spool", SpoolBenchmark.groupCommit(scratch.folder(), SECONDS, IN_FLIGHT));
            note(round, "sqlite-row-by-row", SpoolBenchmark.rowByRow(scratch.folder(), SECONDS));
            try (KafkaPeer kafka = KafkaPeer.start(scratch.folder())) {
                note(round, "kafka-as-shipped", kafka.rate(false, SECONDS));
                note(round, "kafka-flushed", kafka.rate(true, SECONDS));
            }
        }
        try (Scratch scratch = Scratch.make("fengsui-bench")) {
            note(round, "hub-in", hub(scratch, round, "hub, SQLite, 95 % repeats", null, thousands, REPEATS));
        }
        try (Scratch scratch = Scratch.make("fengsui-bench")) {
            int few = Math.max(1, thousands / 6);
            note(round, "hub-new", hub(scratch, round, "hub, SQLite, all new tickets", null, few, 1));
        }
        if (district != null) {
            try (Scratch scratch = Scratch.make("fengsui-bench")) {
                note(round, "hub-in-district", district(scratch, district));
            }
        }
        // One folder, and so one hub: another one would have to wait for the leases of the one before.
        try (Scratch scratch = Scratch.make("fengsui-bench")) {
            if (server != null) {
                String what = "hub, PostgreSQL, 95 % repeats";
                note(round, "hub-in-postgresql", hub(scratch, round, what, server, thousands, REPEATS));
            }
            if (shared != null) {
                String what = "hub, PostgreSQL, " + shared.writers() + " writers, 95 % repeats";
                note(round, "hub-in-postgresql-writers", hub(scratch, round, what, shared, thousands, REPEATS));
            }
        }
    }

    private static double hub(
            Scratch scratch, int round, String what, @Nullable DatabaseSettings server, int thousands, double share)
            throws Exception {
        int batches = Math.max(1, thousands * 1000 / EDGES / EdgeLoad.BATCH);
        HubRun.Found found = HubRun.run(
                scratch.folder(),
                server,
                "r" + round + "-" + share + "-" + (server == null ? 1 : server.writers()) + "-edge-",
                new HubRun.Load(EDGES, batches, share));
        return tell(what, server == null ? found.events() - found.stored() : 0, found);
    }

    private double district(Scratch scratch, District of) throws Exception {
        int batches = Math.max(1, thousands * 1000 / of.size() / EdgeLoad.BATCH);
        List<District.Box> boxes = of.boxes(REPEATS);
        List<EdgeLoad> loads =
                boxes.stream().map(box -> new EdgeLoad(box.next(batches))).toList();
        HubRun.Found found = HubRun.run(of.settings(HubRun.storage(scratch.folder(), null)), loads, true, hub -> {});
        int begun = boxes.stream().mapToInt(box -> box.events().begun()).sum();
        return tell("hub, district, 95 % repeats", begun - found.stored(), found);
    }

    private static double tell(String what, long lost, HubRun.Found found) {
        System.out.printf(
                Locale.ROOT,
                "%-44s %,12.0f %10.2f %10.2f  writer %.0f us an event, lost %d, tickets too %,.0f%n",
                what,
                found.rate(),
                found.p50(),
                found.p99(),
                found.writerSeconds() / found.events() * 1e6,
                lost,
                found.events() / found.settled());
        return found.rate();
    }

    private void note(int round, String what, double rate) {
        if (round > 0) {
            rates.computeIfAbsent(what, any -> new ArrayList<>()).add(rate);
        }
    }

    /** One line of JSON a measure. */
    private void tell() {
        line("spool", 25_000);
        line("hub-in", 20_000);
        line("hub-new", 2_000);
        line("hub-in-district", 20_000);
        line("hub-in-postgresql", 20_000);
        line("hub-in-postgresql-writers", 20_000);
    }

    private void line(String what, int reach) {
        List<Double> sorted =
                rates.getOrDefault(what, List.of()).stream().sorted().toList();
        if (sorted.isEmpty()) {
            return;
        }
        ObjectNode node = new ObjectMapper()
                .createObjectNode()
                .put("id", "P9")
                .put("part", what)
                .put("value", Math.round(sorted.get(sorted.size() / 2)))
                .put("unit", "events/s");
        ArrayNode spread = node.putArray("spread");
        spread.add(Math.round(sorted.getFirst())).add(Math.round(sorted.getLast()));
        ObjectNode peers = node.putObject("peers");
        for (String peer : List.of("kafka-as-shipped", "kafka-flushed", "sqlite-row-by-row")) {
            List<Double> of =
                    rates.getOrDefault(peer, List.of()).stream().sorted().toList();
            peers.put(peer, of.isEmpty() ? 0 : Math.round(of.get(of.size() / 2)));
        }
        node.put("reach", reach)
                .put("met", sorted.get(sorted.size() / 2) >= reach)
                .put(
                        "conditions",
                        "load, hub and peers in one JVM on one machine; median of " + sorted.size() + " rounds");
        System.out.println(node);
    }
}
