package io.fengsui.benchmarks.chaos.spool;

import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import io.fengsui.benchmarks.chaos.oracle.Found;
import io.fengsui.benchmarks.chaos.oracle.Obligations;
import io.fengsui.edge.spool.Spool;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Damaged files: of a spool that works, database and log are copied; in each copy something is broken at random. The spool must
 * open within its time, give out no record that nobody gave it, take new ones and open again. What is lost with a damaged page
 * is counted, and is no failure.
 */
public final class DamagedFiles implements Part {
    private static final int PAGE = 4096;
    private static final double MOST_SECONDS = 10;
    private static final int BATCHES = 40;

    private enum Damage {
        BIT,
        ZERO_PAGE,
        NOISE,
        CUT,
        GROWN,
        SWAPPED_PAGES,
        NO_LOG,
        OLD_DATABASE
    }

    private long records;
    private long missing;
    private long begunAnew;
    private double slowest;

    @Override
    public String name() {
        return "damaged-file";
    }

    @Override
    public String promise() {
        return "G9";
    }

    @Override
    public Outcome run(Lab lab, Path folder, RandomGenerator random) throws Exception {
        records = 0;
        missing = 0;
        begunAnew = 0;
        slowest = 0;
        Path open = Files.createDirectory(folder.resolve("open"));
        Path early = Files.createDirectory(folder.resolve("early"));
        Path obligations = folder.resolve("obligations");
        make(folder, open, early, obligations);
        Obligations.Book book = Obligations.read(obligations);
        List<String> complaints = new ArrayList<>();
        int doubled = 0;
        for (int i = 0; i < lab.plan().damaged(); i++) {
            Path place = Files.createDirectories(folder.resolve("damaged-" + i));
            Damage damage = Damage.values()[random.nextInt(Damage.values().length)];
            boolean isLog = random.nextBoolean();
            copy(open, place);
            damage(damage, place.resolve(isLog ? "spool.db-wal" : "spool.db"), early, random);
            int before = complaints.size();
            doubled += look(place, book, damage + (isLog ? " of the log " : " of the database ") + i, complaints);
            if (complaints.size() == before) {
                Shell.run("rm", "-rf", place.toString());
            }
        }
        String note = complaints.isEmpty()
                ? "%d of %d records went with their pages, %d times it began anew, slowest start %.2f s"
                        .formatted(missing, records, begunAnew, slowest)
                : complaints.size() + " complaints: " + complaints.subList(0, Math.min(3, complaints.size()));
        return new Outcome(
                promise(), name(), lab.plan().damaged(), records, 0, doubled, 0, List.of(), complaints.isEmpty(), note);
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

    private static void copy(Path from, Path to) throws IOException {
        for (String name : List.of("spool.db", "spool.db-wal")) {
            if (Files.exists(from.resolve(name))) {
                Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void damage(Damage damage, Path file, Path early, RandomGenerator random) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            long size = open.length();
            long at = random.nextLong(size);
            long page = at / PAGE * PAGE;
            switch (damage) {
                case BIT -> {
                    open.seek(at);
                    int value = open.read();
                    open.seek(at);
                    open.write(value ^ 1 << random.nextInt(8));
                }
                case ZERO_PAGE -> put(open, page, new byte[PAGE]);
                case NOISE -> put(open, at, noise(random, 1 + random.nextInt(PAGE)));
                case CUT -> open.setLength(at);
                case GROWN -> put(open, size, noise(random, 1 + random.nextInt(3 * PAGE)));
                case SWAPPED_PAGES -> {
                    long other = random.nextLong(size) / PAGE * PAGE;
                    byte[] one = get(open, page);
                    put(open, page, get(open, other));
                    put(open, other, one);
                }
                case NO_LOG -> Files.deleteIfExists(file.resolveSibling("spool.db-wal"));
                case OLD_DATABASE ->
                    Files.copy(
                            early.resolve("spool.db"),
                            file.resolveSibling("spool.db"),
                            StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static byte[] noise(RandomGenerator random, int many) {
        byte[] noise = new byte[many];
        random.nextBytes(noise);
        return noise;
    }

    private static void put(RandomAccessFile file, long at, byte[] bytes) throws IOException {
        file.seek(at);
        file.write(bytes);
    }

    private static byte[] get(RandomAccessFile file, long at) throws IOException {
        byte[] page = new byte[(int) Math.min(PAGE, file.length() - at)];
        file.seek(at);
        file.readFully(page);
        return page;
    }

    /** How many records it gave out that nobody gave it. */
    private int look(Path place, Obligations.Book book, String what, List<String> complaints) throws IOException {
        Path own = place.resolve("own");
        int wrong = 0;
        try {
            long begun = System.nanoTime();
            try (Spool spool = Spool.open(SpoolBook.settings(place), TimeSource.system());
                    Obligations added = Obligations.append(own)) {
                slowest = Math.max(slowest, (System.nanoTime() - begun) / 1e9);
                SpoolBook.Contents contents = SpoolBook.read(spool);
                for (Found one : contents.records()) {
                    wrong += one.hash().equals(book.issued().get(one.id())) ? 0 : 1;
                }
                records += book.acknowledged().size();
                missing += book.acknowledged().size() - contents.records().size();
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
        if (wrong > 0) {
            complaints.add(what + ": gave out " + wrong + " records that it was never given");
        }
        if (slowest > MOST_SECONDS) {
            complaints.add(what + ": took " + slowest + " s to start");
        }
        return wrong;
    }
}
