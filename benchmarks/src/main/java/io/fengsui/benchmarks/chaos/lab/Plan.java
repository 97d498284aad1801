package io.fengsui.benchmarks.chaos.lab;

import java.util.stream.Stream;

/**
 * How much is broken in one batch, and how many batches there are.
 *
 * @param batches how often each part is run, with other random numbers
 * @param kills kill -9 of one program while it works
 * @param spoolKills kill -9 of the spool's writer alone
 * @param crashRounds how often each named crash point is hit
 * @param cuts power cuts
 * @param nth the last call that is made to fail; each from the first on
 * @param damaged files that are damaged
 * @param holdSeconds how long a fault of the network or a frozen program lasts
 * @param backlog events that wait before a thin line
 * @param mebibytes of pictures that wait there too
 * @param edges of a fleet that comes back
 * @param sparse only each so many things of those that come by number
 */
public record Plan(
        String name,
        int batches,
        int kills,
        int spoolKills,
        int crashRounds,
        int cuts,
        int nth,
        int damaged,
        int holdSeconds,
        int backlog,
        int mebibytes,
        int edges,
        int sparse) {
    /** A few minutes. */
    public static final Plan QUICK = new Plan("quick", 1, 5, 5, 1, 5, 40, 100, 2, 60_000, 8, 200, 3);
    /** At most ten minutes on two cores. */
    public static final Plan SUBSET = new Plan("subset", 1, 20, 20, 2, 20, 100, 500, 3, 60_000, 30, 300, 1);
    /** Hours: each batch is as the subset, and longer faults. */
    public static final Plan LONG = new Plan("long", 50, 20, 20, 4, 20, 500, 500, 30, 1_000_000, 1_024, 2_000, 1);

    private static final int MOST_KILLS = 99_999;
    private static final int NOTICED_SECONDS = 20;

    /**
     * The plan of this name: {@code quick}, {@code subset}, {@code long}, or a number: at least so many kills of each side, in
     * batches as the long plan's, so that what a smaller number has done counts for a greater one.
     */
    public static Plan named(String name) {
        if (!name.matches("\\d{1,6}")) {
            return Stream.of(QUICK, SUBSET, LONG)
                    .filter(plan -> plan.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no plan '" + name + "'"));
        }
        int kills = Integer.parseInt(name);
        if (kills < 1 || kills > MOST_KILLS) {
            throw new IllegalArgumentException(kills + " kills of each side; write 1 to " + MOST_KILLS);
        }
        return LONG.times("kills", Math.ceilDiv(kills, LONG.kills()));
    }

    /** Whether faults last longer than it takes to notice them. */
    public boolean isNoticed() {
        return holdSeconds >= NOTICED_SECONDS;
    }

    private Plan times(String other, int many) {
        return new Plan(
                other,
                many,
                kills,
                spoolKills,
                crashRounds,
                cuts,
                nth,
                damaged,
                holdSeconds,
                backlog,
                mebibytes,
                edges,
                sparse);
    }
}
