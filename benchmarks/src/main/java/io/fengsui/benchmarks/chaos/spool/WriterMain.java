package io.fengsui.benchmarks.chaos.spool;

import io.fengsui.benchmarks.chaos.oracle.Obligations;
import io.fengsui.edge.spool.Spool;
import io.fengsui.protocol.Lane;
import io.fengsui.runtime.TimeSource;
import java.nio.file.Path;
import java.util.Random;

/**
 * Writes batches into a spool without end, until somebody kills it. Arguments: the spool's folder, the file of obligations,
 * and {@code normal} for a spool that does not synchronize its log, which is what must fail.
 */
public final class WriterMain {
    private static final int MOST = 40;

    private WriterMain() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        if (arguments.length > 2 && arguments[2].equals("normal")) {
            UnsynchronizedDriver.install();
        }
        Random random = new Random();
        try (Spool spool = Spool.open(SpoolBook.settings(directory), TimeSource.system());
                Obligations obligations = Obligations.append(Path.of(arguments[1]))) {
            Records records = new Records(spool, obligations, TimeSource.system(), random);
            while (true) {
                records.batch(1 + random.nextInt(MOST));
                // As a hub would, that is somewhat behind.
                Lane lane = random.nextBoolean() ? Lane.URGENT : Lane.BULK;
                spool.acknowledge(
                        lane, spool.epoch(), Math.max(0, spool.lane(lane).last() - random.nextInt(100)));
            }
        }
    }
}
