package io.fengsui.benchmarks.chaos.spool;

import io.fengsui.benchmarks.chaos.lab.Daemon;
import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import io.fengsui.benchmarks.chaos.oracle.Judgement;
import io.fengsui.runtime.CrashPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The spool's writer dies at each named place: the first time that it comes by, and some other time. */
public final class CrashPoints implements Part {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int LATEST = 30;

    @Override
    public String name() {
        return "spool-crash-point";
    }

    @Override
    public String promise() {
        return "G1";
    }

    @Override
    public Outcome run(Lab lab, Path folder, RandomGenerator random) throws Exception {
        Judgement judged = null;
        int injected = 0;
        Writer.Place place =
                new Writer.Place(folder.resolve("spool"), folder.resolve("obligations"), folder.resolve("writer.log"));
        for (CrashPoint point : CrashPoint.values()) {
            boolean isOnce = point == CrashPoint.SPOOL_CREATED || point == CrashPoint.SPOOL_OPENED;
            for (int round = 0; round < lab.plan().crashRounds() && point.name().startsWith("SPOOL_"); round++) {
                int time = round == 0 || isOnce ? 1 : 2 + random.nextInt(LATEST);
                String option = "-D" + CrashPoint.PROPERTY + "=" + point.name() + ":" + time;
                try (Daemon writer = Writer.start(lab, place, List.of(option), Map.of())) {
                    if (!writer.awaitEnd(PATIENCE) || writer.exitStatus() != 137) {
                        throw new IOException("the writer did not die at " + point + ":\n" + writer.lastWords());
                    }
                }
                injected++;
                judged = SpoolBook.judge(place.spool(), place.obligations(), folder.resolve("fresh"));
                if (!judged.isKept()) {
                    return Outcome.of(promise(), name(), injected, judged, List.of(), "at " + point + " time " + time);
                }
            }
        }
        if (judged == null) {
            throw new IOException("there is no place to crash at");
        }
        return Outcome.of(promise(), name(), injected, judged, List.of(), "");
    }
}
