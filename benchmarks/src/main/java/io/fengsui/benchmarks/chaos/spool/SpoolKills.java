package io.fengsui.benchmarks.chaos.spool;

import io.fengsui.benchmarks.chaos.lab.Daemon;
import io.fengsui.benchmarks.chaos.lab.Faults;
import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import io.fengsui.benchmarks.chaos.oracle.Judgement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** kill -9 of the spool's writer: at random times, and, where the shim is there, in turn before a random write or fsync. */
public final class SpoolKills implements Part {
    private static final int MOST_MILLIS = 400;
    private static final int MOST_CALLS = 400;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Override
    public String name() {
        return "spool-kill";
    }

    @Override
    public String promise() {
        return "G1";
    }

    @Override
    public Outcome run(Lab lab, Path folder, RandomGenerator random) throws Exception {
        Writer.Place place =
                new Writer.Place(folder.resolve("spool"), folder.resolve("obligations"), folder.resolve("writer.log"));
        Path shim = lab.shim();
        Faults faults = new Faults(folder.resolve("faults"));
        Map<String, String> environment = shim == null ? Map.of() : faults.environment(shim, "spool.db");
        String complaint = "";
        Judgement judged = null;
        for (int i = 0; i < lab.plan().spoolKills() && complaint.isEmpty(); i++) {
            faults.off();
            boolean isAtCall = shim != null && i % 2 == 1;
            if (isAtCall) {
                faults.dieAtNth(Faults.WRITES | Faults.SYNCS, 1 + random.nextInt(MOST_CALLS));
            }
            long before = Writer.size(place.obligations());
            Daemon writer = Writer.start(lab, place, List.of(), environment);
            try {
                if (isAtCall) {
                    if (!writer.awaitEnd(PATIENCE)) {
                        throw new IOException("the writer was not killed in its calls");
                    }
                } else {
                    Writer.awaitWork(writer, place, before);
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_MILLIS));
                    if (!writer.isAlive()) {
                        throw new IOException("the writer died by itself:\n" + writer.lastWords());
                    }
                }
            } finally {
                writer.kill();
            }
            judged = SpoolBook.judge(place.spool(), place.obligations(), folder.resolve("fresh"));
            complaint = judged.complaint();
        }
        if (judged == null) {
            throw new IOException("nothing was killed");
        }
        return Outcome.of(promise(), name(), lab.plan().spoolKills(), judged, List.of(), "");
    }
}
