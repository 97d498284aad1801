package io.fengsui.benchmarks.chaos.spool;

import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.oracle.Found;
import io.fengsui.benchmarks.chaos.oracle.Obligations;
import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * What came of a spool whose disk lost something. It must open within its time, give out no record that nobody gave it, take new
 * ones and open again. What is lost with a place of the disk is counted, and is no failure. Confined to one thread.
 */
final class Autopsy {
    private static final double MOST_SECONDS = 10;
    private static final int BATCHES = 40;
    private static final int MOST_STARTS = 2;

    /**
     * What of a spool's records is as it should be; each counted by itself.
     *
     * @param missing acknowledged and not there
     * @param twice there once more than once
     * @param strange never issued, or with another payload
     */
    record Tally(int missing, int twice, int strange) {
        static Tally of(Obligations.Book book, List<Found> found) {
            Set<String> missing = new HashSet<>(book.acknowledged());
            Set<String> seen = new HashSet<>();
            int twice = 0;
            int strange = 0;
            for (Found one : found) {
                missing.remove(one.id());
                twice += seen.add(one.id()) ? 0 : 1;
                strange += one.hash().equals(book.issued().get(one.id())) ? 0 : 1;
            }
            return new Tally(missing.size(), twice, strange);
        }
    }

    private final Obligations.Book book;
    private final List<String> complaints = new ArrayList<>();
    private long records;
    private long missing;
    private long begunAnew;
    private int failedStarts;
    private int doubled;
    private double slowest;

    private Autopsy(Obligations.Book book) {
        this.book = book;
    }

    /** Makes a spool that works, and copies it as it was early on and as it is while it is open. */
    static Autopsy of(Path folder, Path open, Path early) throws IOException {
        Path obligations = folder.resolve("obligations");
        make(folder, open, early, obligations);
        return new Autopsy(Obligations.read(obligations));
    }

    Outcome outcome(String promise, String part, int injected) {
        String note =
                "%d of %d records went with their places, %d times it began anew, %d starts failed, slowest start %.2f s"
                        .formatted(missing, records, begunAnew, failedStarts, slowest);
        if (!complaints.isEmpty()) {
            note += "; %d complaints: %s"
                    .formatted(complaints.size(), complaints.subList(0, Math.min(3, complaints.size())));
        }
        return new Outcome(
                promise, part, injected, records, missing, doubled, 0, List.of(), complaints.isEmpty(), note);
    }

    /** A spool with rows in the database and in the log, copied while it is open; and as it was early on. */
    private static void make(Path folder, Path open, Path early, Path obligations) throws IOException {
        Path source = folder.resolve("source");
        TimeSource time = TimeSource.system();
        try (Spool first = Spool.open(SpoolBook.settings(source), time);
                Obligations known = Obligations.append(obligations)) {
            write(first, known);
            copy(source, early);
        }
        try (Spool second = Spool.open(SpoolBook.settings(source), time);
                Obligations known = Obligations.append(obligations)) {
            write(second, known);
            copy(source, open);
        }
    }

    private static void write(Spool spool, Obligations known) {
        Records records = new Records(spool, known, TimeSource.system(), new Random(5));
        for (int i = 0; i < BATCHES; i++) {
            records.batch(4);
        }
    }

    static void copy(Path from, Path to) throws IOException {
        for (String name : List.of("spool.db", "spool.db-wal")) {
            if (Files.exists(from.resolve(name))) {
                Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /**
     * What a supervisor does with an agent that does not start, or notices at work that it has to be started again. One failed start is
     * counted; that none of them succeeds is wrong.
     */
    boolean startAgain(Path place, String what) {
        for (int tries = 0; tries < MOST_STARTS; tries++) {
            long begun = System.nanoTime();
            try (Spool spool = Spool.open(SpoolBook.settings(place), TimeSource.system())) {
                slowest = Math.max(slowest, (System.nanoTime() - begun) / 1e9);
                begunAnew += spool.repaired().aside() == null ? 0 : 1;
                SpoolBook.read(spool);
                return true;
            } catch (SpoolException e) {
                failedStarts++;
                System.err.println("started again: " + e.getMessage());
            }
        }
        complaints.add(what + ": did not start, " + MOST_STARTS + " times");
        return false;
    }

    /** Whether nothing was wrong. */
    boolean look(Path place, String what) throws IOException {
        int before = complaints.size();
        Path own = place.resolve("own");
        try {
            long begun = System.nanoTime();
            try (Spool spool = Spool.open(SpoolBook.settings(place), TimeSource.system());
                    Obligations added = Obligations.append(own)) {
                slowest = Math.max(slowest, (System.nanoTime() - begun) / 1e9);
                SpoolBook.Contents contents = SpoolBook.read(spool);
                Tally tally = Tally.of(book, contents.records());
                records += book.acknowledged().size();
                missing += tally.missing();
                doubled += tally.twice() + tally.strange();
                if (tally.twice() + tally.strange() > 0) {
                    complaints.add(what + ": gave out " + tally.strange() + " records that it was never given, and "
                            + tally.twice() + " twice");
                }
                begunAnew += contents.isMovedAside() ? 1 : 0;
                if (!new Records(spool, added, TimeSource.system(), new Random()).batch(2)) {
                    complaints.add(what + ": takes nothing any more");
                }
            }
            try (Spool again = Spool.open(SpoolBook.settings(place), TimeSource.system())) {
                var there =
                        SpoolBook.read(again).records().stream().map(Found::id).toList();
                if (!there.containsAll(Obligations.read(own).acknowledged())) {
                    complaints.add(what + ": lost what it took afterwards");
                }
            }
        } catch (RuntimeException e) {
            complaints.add(what + ": " + e);
        }
        if (slowest > MOST_SECONDS) {
            complaints.add(what + ": took " + slowest + " s to start");
        }
        return complaints.size() == before;
    }
}
