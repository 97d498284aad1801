package io.fengsui.benchmarks.events;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.benchmarks.Scratch;
import io.fengsui.hub.app.Hub;
import io.fengsui.hub.store.DatabaseSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Measures P9 and P11 in a hub with everything switched on, in a district of Haicheng's size: new tickets a second, what one
 * costs the writer while the database grows, what became of each incident, and messages. Beside it, in turn (A B B A) and with
 * the same events, a hub as it is shipped. What a ticket costs beside ten thousand is measured last, on databases of its own.
 *
 * <p>Arguments: thousands of events to grow to (default 100), and a PostgreSQL URL with its user ({@code jdbc:postgresql://…} of
 * an empty database, default: SQLite; then there is no other hub beside, and the second round is what the last is compared with).
 */
final class DistrictBenchmark {
    /** 19,584 events of 51 boxes. */
    private static final int BATCHES = 3;
    /** 13,056 of them. */
    private static final int FEW_BATCHES = 2;

    private static final int COMPARED = 3;
    private static final double REACH = 1.1;
    private static final int TICKETS_A_SECOND = 2_000;
    private static final int TELLING_SECONDS = 15;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final District district;
    private final @Nullable DatabaseSettings server;

    private DistrictBenchmark(District district, @Nullable DatabaseSettings server) {
        this.district = district;
        this.server = server;
    }

    /** @param before what was stored already */
    private record Round(Kept before, HubRun.Found found) {
        long tickets() {
            return found.kept().tickets() - before.tickets();
        }

        double writerMicros() {
            return found.writerSeconds() / tickets() * 1e6;
        }

        double wallMicros() {
            return found.settled() / tickets() * 1e6;
        }

        double rate() {
            return tickets() / found.settled();
        }

        /** Of a load in which each event is an incident: those that are not stored, or have neither ticket nor wait. */
        long lost() {
            Kept now = found.kept();
            return found.events() - (now.incidents() - before.incidents()) + now.astray() - before.astray();
        }
    }

    public static void main(String[] arguments) throws Exception {
        int thousands = Server.thousands(arguments, 100);
        DatabaseSettings server = Server.of(arguments);
        try (District district = District.make()) {
            head(server == null ? "SQLite" : "PostgreSQL");
            new DistrictBenchmark(district, server).measure(thousands);
        }
    }

    private void measure(int thousands) throws Exception {
        List<Round> rounds = new ArrayList<>();
        List<Round> bare = new ArrayList<>();
        try (Scratch scratch = Scratch.make("fengsui-bench");
                Scratch beside = Scratch.make("fengsui-bench")) {
            List<District.Box> boxes = district.boxes(1);
            Place full = new Place(scratch, true, rounds);
            Place plain = new Place(beside, false, bare);
            while (stored(rounds) < thousands * 1_000L) {
                List<EventTape.Part> parts = next(boxes, BATCHES);
                boolean isLast = stored(rounds) + (long) BATCHES * EventTape.BATCH * boxes.size() >= thousands * 1_000L;
                if (server != null) {
                    round(full, parts, isLast);
                } else if (rounds.size() % 2 == 0) {
                    round(full, parts, isLast);
                    round(plain, parts, false);
                } else {
                    round(plain, parts, false);
                    round(full, parts, isLast);
                }
            }
        }
        List<Round> few = server == null ? besideFew() : rounds.subList(1, Math.min(2, rounds.size()));
        what(rounds.getLast().found.kept());
        tell(last(rounds), last(bare));
        if (!few.isEmpty()) {
            tell("writer", last(rounds), few, Round::writerMicros);
            tell("wall", last(rounds), few, Round::wallMicros);
        }
    }

    /** Where one of the two hubs has its database. */
    private record Place(Scratch scratch, boolean isDistrict, List<Round> rounds) {}

    private static List<EventTape.Part> next(List<District.Box> boxes, int batches) {
        return boxes.stream().map(box -> box.next(batches)).toList();
    }

    private void round(Place place, List<EventTape.Part> parts, boolean isTold) throws Exception {
        List<Round> rounds = place.rounds;
        Kept before = rounds.isEmpty() ? Kept.NOTHING : rounds.getLast().found.kept();
        HubRun.Found found = HubRun.run(
                place.isDistrict
                        ? district.settings(HubRun.storage(place.scratch.folder(), server))
                        : HubRun.plain(place.scratch.folder(), server),
                parts.stream().map(EdgeLoad::new).toList(),
                true,
                hub -> {
                    if (isTold) {
                        telling(hub);
                    }
                });
        Round round = new Round(before, found);
        row((place.isDistrict ? "district " : "bare ") + (rounds.size() + 1), round);
        rounds.add(round);
    }

    private List<Round> besideFew() throws Exception {
        List<Round> rounds = new ArrayList<>();
        for (int i = 1; i <= COMPARED; i++) {
            try (Scratch scratch = Scratch.make("fengsui-bench")) {
                List<District.Box> boxes = district.boxes(1);
                List<Round> own = new ArrayList<>();
                Place place = new Place(scratch, true, own);
                round(place, next(boxes, FEW_BATCHES), false);
                round(place, next(boxes, BATCHES), false);
                rounds.add(own.getLast());
            }
        }
        return rounds;
    }

    /** How fast the outbox empties while nothing else comes. */
    private static void telling(Hub hub) throws InterruptedException {
        Kept before = Kept.in(hub.database());
        Map<Long, Long> writers = HubRun.cpuNanos();
        long begun = System.nanoTime();
        TimeUnit.SECONDS.sleep(TELLING_SECONDS);
        double writer = HubRun.secondsSince(writers);
        long told = Kept.in(hub.database()).told() - before.told();
        System.out.printf(
                Locale.ROOT,
                "afterwards %,.0f messages a second were taken, writer %.0f us each%n",
                told / ((System.nanoTime() - begun) / 1e9),
                told == 0 ? 0 : writer / told * 1e6);
    }

    private static long stored(List<Round> rounds) {
        return rounds.isEmpty() ? 0 : rounds.getLast().found.kept().incidents();
    }

    private static List<Round> last(List<Round> rounds) {
        return rounds.subList(Math.max(0, rounds.size() - COMPARED), rounds.size());
    }

    private static void head(String database) {
        System.out.printf(
                "%-12s %14s %10s %10s %12s %16s %9s %9s %6s %8s %10s%n",
                database,
                "tickets before",
                "incidents",
                "tickets",
                "tickets/s",
                "writer us/ticket",
                "p50 ms",
                "p99 ms",
                "lost",
                "held",
                "messages");
    }

    private static void row(String name, Round round) {
        HubRun.Found found = round.found;
        System.out.printf(
                Locale.ROOT,
                "%-12s %,14d %,10d %,10d %,12.0f %16.0f %9.1f %9.1f %6d %,8d %,10d%n",
                name,
                round.before.tickets(),
                found.kept().incidents() - round.before.incidents(),
                round.tickets(),
                round.rate(),
                round.writerMicros(),
                found.p50(),
                found.p99(),
                round.lost(),
                found.kept().held(),
                found.kept().messages() - round.before.messages());
    }

    private static void what(Kept kept) {
        System.out.printf(
                Locale.ROOT,
                "district: %,d incidents, %,d tickets, joined %s, held %,d, without either %,d; messages %,d, taken %,d%n",
                kept.incidents(),
                kept.tickets(),
                kept.joined(),
                kept.held(),
                kept.astray(),
                kept.messages(),
                kept.told());
    }

    /** Lines of JSON: the last rounds of both. */
    private static void tell(List<Round> rounds, List<Round> bare) {
        say(line("new-tickets", "tickets/s", rounds, bare, Round::rate)
                .put("reach", TICKETS_A_SECOND)
                .put("met", median(rounds, Round::rate) >= TICKETS_A_SECOND)
                .put("lost", rounds.stream().mapToLong(Round::lost).sum()));
        say(line("writer", "us/ticket", rounds, bare, Round::writerMicros));
        say(line(
                "messages",
                "messages/ticket",
                rounds,
                List.of(),
                round -> (round.found.kept().messages() - round.before.messages()) / (double) round.tickets()));
    }

    private static ObjectNode line(
            String part, String unit, List<Round> rounds, List<Round> bare, ToDoubleFunction<Round> value) {
        ObjectNode node = JSON.createObjectNode()
                .put("id", "P9-district")
                .put("part", part)
                .put("value", rounded(median(rounds, value)))
                .put("unit", unit);
        node.putArray("spread")
                .add(rounded(rounds.stream().mapToDouble(value).min().orElse(0)))
                .add(rounded(rounds.stream().mapToDouble(value).max().orElse(0)));
        if (!bare.isEmpty()) {
            node.putObject("peers").put("bare-hub", rounded(median(bare, value)));
        }
        return node.put(
                "conditions", "load, receiver and both hubs in one JVM, in turn; median of the last " + rounds.size());
    }

    /** One line of JSON: what a ticket costs beside many, over what it costs beside few. */
    private static void tell(String what, List<Round> many, List<Round> few, ToDoubleFunction<Round> cost) {
        double ratio = median(many, cost) / median(few, cost);
        say(JSON.createObjectNode()
                .put("id", "P11")
                .put("part", "district-ticket-" + what)
                .put("value", rounded(ratio))
                .put("unit", "times")
                .put("micros", Math.round(median(many, cost)))
                .put("microsBesideFew", Math.round(median(few, cost)))
                .put("stored", many.getLast().before.tickets())
                .put("few", few.getFirst().before.tickets())
                .put("reach", REACH)
                .put("met", ratio <= REACH));
    }

    private static void say(ObjectNode line) {
        System.out.println(line);
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> cost) {
        double[] sorted = rounds.stream().mapToDouble(cost).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
