package io.fengsui.benchmarks.chaos.spool;

import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.random.RandomGenerator;

/**
 * Damaged files: of a spool that works, database and log are copied; in each copy something is broken at random, and looked at by
 * {@link Autopsy}.
 */
public final class DamagedFiles implements Part {
    private static final int PAGE = 4096;

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
        Path open = Files.createDirectory(folder.resolve("open"));
        Path early = Files.createDirectory(folder.resolve("early"));
        Autopsy autopsy = Autopsy.of(folder, open, early);
        for (int i = 0; i < lab.plan().damaged(); i++) {
            Path place = Files.createDirectories(folder.resolve("damaged-" + i));
            Damage damage = Damage.values()[random.nextInt(Damage.values().length)];
            boolean isLog = random.nextBoolean();
            Autopsy.copy(open, place);
            damage(damage, place.resolve(isLog ? "spool.db-wal" : "spool.db"), early, random);
            if (autopsy.look(place, damage + (isLog ? " of the log " : " of the database ") + i)) {
                Shell.run("rm", "-rf", place.toString());
            }
        }
        return autopsy.outcome(promise(), name(), lab.plan().damaged());
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
}
