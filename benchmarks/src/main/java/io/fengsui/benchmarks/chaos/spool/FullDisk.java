package io.fengsui.benchmarks.chaos.spool;

import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import io.fengsui.benchmarks.chaos.oracle.Judgement;
import io.fengsui.benchmarks.chaos.oracle.Obligations;
import io.fengsui.edge.spool.Spool;
import io.fengsui.runtime.ManualTimeSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Somebody else fills the disk to its last byte, several times; the spool acknowledges nothing it cannot write, and all of it once
 * there is room. On a file system in a file.
 */
public final class FullDisk implements Part {
    private static final int MEBIBYTES = 24;
    private static final int ROUNDS = 5;
    private static final int MOST_BATCHES = 4000;
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(40);

    @Override
    public String name() {
        return "full-disk";
    }

    @Override
    public String promise() {
        return "G7";
    }

    @Override
    public Outcome run(Lab lab, Path folder, RandomGenerator random) throws Exception {
        Path image = folder.resolve("disk.img");
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Shell.need("truncate", "-s", MEBIBYTES + "M", image.toString());
        Shell.need("mkfs.ext4", "-q", "-F", "-m", "0", image.toString());
        Shell.need("mount", "-o", "loop", image.toString(), disk.toString());
        Path known = folder.resolve("obligations");
        ManualTimeSource time = new ManualTimeSource(Instant.parse("2026-11-21T04:00:00Z"));
        String complaint = "";
        try {
            try (Spool spool = Spool.open(SpoolBook.settings(disk.resolve("spool")), time);
                    Obligations obligations = Obligations.append(known)) {
                Records records = new Records(spool, obligations, time, new Random(random.nextLong()));
                for (int round = 0; round < ROUNDS && complaint.isEmpty(); round++) {
                    records.batch(10);
                    Path ballast = disk.resolve("foreign-" + round);
                    fill(ballast);
                    complaint = untilFull(spool, records);
                    Files.delete(ballast);
                    time.advance(LONGEST_RETRY);
                    if (complaint.isEmpty() && !records.commit()) {
                        complaint = "does not go on though there is room again";
                    }
                }
            }
            Judgement judged = SpoolBook.judge(disk.resolve("spool"), known, folder.resolve("fresh"));
            return Outcome.of(promise(), name(), ROUNDS, judged, List.of(), complaint);
        } finally {
            Shell.run("umount", disk.toString());
        }
    }

    private static String untilFull(Spool spool, Records records) {
        for (int i = 0; i < MOST_BATCHES; i++) {
            if (!records.batch(1)) {
                return spool.stats().isHealthy() ? "is well though it cannot write" : "";
            }
        }
        return "wrote to a full disk";
    }

    private static void fill(Path file) throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            // full
        }
    }
}
