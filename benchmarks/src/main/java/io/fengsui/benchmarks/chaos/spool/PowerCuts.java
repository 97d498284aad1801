package io.fengsui.benchmarks.chaos.spool;

import io.fengsui.benchmarks.chaos.lab.Daemon;
import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import io.fengsui.benchmarks.chaos.lab.SkippedException;
import io.fengsui.benchmarks.chaos.oracle.Judgement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The power fails: the spool lies on an ext4 file system in a file. Its writer is stopped, the file is copied as it is at that
 * moment, without what only the page cache knows, and the copy is mounted, which replays its journal. The negative control does
 * the same with {@code synchronous=NORMAL} and has to lose something.
 */
public final class PowerCuts implements Part {
    private static final int MEBIBYTES = 48;
    private static final int MOST_MILLIS = 500;
    private static final int LEAST_MILLIS = 100;

    @Override
    public String name() {
        return "power-cut";
    }

    @Override
    public String promise() {
        return "G2";
    }

    @Override
    public Outcome run(Lab lab, Path folder, RandomGenerator random) throws Exception {
        int cuts = lab.plan().cuts();
        Judgement all = cut(lab, Files.createDirectory(folder.resolve("full")), cuts, random);
        int controls = Math.max(4, cuts / 4);
        Judgement control = cut(lab, Files.createDirectory(folder.resolve("control")), controls, random, "normal");
        String complaint = control.lost().isEmpty()
                ? "the negative control lost nothing in " + controls + " cuts, so these cuts prove nothing; "
                : "";
        Outcome outcome = Outcome.of(promise(), name(), cuts, all, List.of(), complaint);
        return complaint.isEmpty()
                ? outcome.noting("control with NORMAL lost " + control.lost().size() + " of " + control.acknowledged()
                        + " in at most " + controls + " cuts")
                : outcome;
    }

    /** The worst judgement: of the first cut that lost something, or else of the last. */
    private static Judgement cut(Lab lab, Path folder, int cuts, RandomGenerator random, String... more)
            throws IOException, InterruptedException, SkippedException {
        Path image = folder.resolve("disk.img");
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Shell.need("truncate", "-s", MEBIBYTES + "M", image.toString());
        Shell.need("mkfs.ext4", "-q", "-F", image.toString());
        Shell.need("mount", "-o", "loop", image.toString(), disk.toString());
        try {
            Writer.Place place = new Writer.Place(
                    disk.resolve("spool"), folder.resolve("obligations"), folder.resolve("writer.log"));
            Judgement judged = null;
            for (int i = 0; i < cuts; i++) {
                judged = cutOnce(lab, place, image, random, more);
                if (!judged.isKept()) {
                    break;
                }
                emptyWhenLarge(place);
            }
            if (judged == null) {
                throw new IOException("nothing was cut");
            }
            return judged;
        } finally {
            Shell.run("umount", disk.toString());
        }
    }

    private static Judgement cutOnce(Lab lab, Writer.Place place, Path image, RandomGenerator random, String... more)
            throws IOException, InterruptedException, SkippedException {
        Path folder = image.resolveSibling("cut");
        Path copy = image.resolveSibling("copy.img");
        Path known = image.resolveSibling("known");
        long before = Writer.size(place.obligations());
        Daemon writer = Writer.start(lab, place, List.of(), Map.of(), more);
        try {
            Writer.awaitWork(writer, place, before);
            TimeUnit.MILLISECONDS.sleep(LEAST_MILLIS + random.nextInt(MOST_MILLIS));
            writer.freeze();
            Shell.need("cp", "--sparse=always", image.toString(), copy.toString());
            Files.copy(place.obligations(), known, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            writer.kill();
        }
        Files.createDirectories(folder);
        Shell.need("mount", "-o", "loop", copy.toString(), folder.toString());
        try {
            return SpoolBook.judge(folder.resolve("spool"), known, folder.resolve("fresh"));
        } finally {
            Shell.run("umount", folder.toString());
            Files.deleteIfExists(copy);
        }
    }

    /** A new spool before the disk is full; what it held has been judged. */
    private static void emptyWhenLarge(Writer.Place place) throws IOException, InterruptedException {
        if (Writer.size(place.spool().resolve("spool.db")) > (MEBIBYTES << 20) / 4) {
            Shell.run("rm", "-rf", place.spool().toString());
            Shell.run("sync", "-f", place.spool().resolveSibling(".").toString());
            Files.move(place.obligations(), place.obligations().resolveSibling("obligations-" + System.nanoTime()));
        }
    }
}
