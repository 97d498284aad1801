package io.fengsui.benchmarks.chaos.site;

import io.fengsui.benchmarks.chaos.lab.Daemon;
import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import io.fengsui.benchmarks.chaos.town.Town;
import io.fengsui.benchmarks.chaos.town.TownFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Both lines are cut again and again: open files and threads of hub and agent are as many afterwards as after the first few. */
public final class Flapping implements Part {
    private static final String GROUP = "flap";
    private static final int WARM = 10;
    private static final int FLAPS = 30;
    private static final int PAUSE_MILLIS = 300;
    private static final int TOLERATED = 4;
    /** The hub's pool for work that may block grows to so many threads, and shrinks again after a minute. */
    private static final int HUB_POOL = 200;

    @Override
    public String name() {
        return "flapping";
    }

    @Override
    public String promise() {
        return "G24";
    }

    private record Counts(long files, long threads) {
        static Counts of(Daemon program) throws IOException {
            return new Counts(program.count("fd"), program.count("task"));
        }

        String growth(String who, Counts before, int moreThreads) {
            return files <= before.files + TOLERATED && threads <= before.threads + moreThreads
                    ? ""
                    : "%s grew from %s to %s; ".formatted(who, before, this);
        }
    }

    @Override
    public Outcome run(Lab lab, Path folder, RandomGenerator random) throws Exception {
        try (Town town = new Town(lab, folder, List.of(GROUP))) {
            town.start();
            town.alarms().start(GROUP, TownFiles.GROUP, 50);
            flap(town, WARM);
            Counts hub = Counts.of(town.hub());
            Counts agent = Counts.of(town.agent());
            flap(town, FLAPS);
            String complaint = Counts.of(town.hub()).growth("hub", hub, HUB_POOL)
                    + Counts.of(town.agent()).growth("agent", agent, TOLERATED);
            town.alarms().stop();
            return Outcome.of(promise(), name(), WARM + FLAPS, town.judge(GROUP), List.of(), complaint);
        }
    }

    private static void flap(Town town, int times) throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            town.hubLine().cut();
            town.brokerLine().cut();
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        town.awaitConnected();
        TimeUnit.SECONDS.sleep(1);
    }
}
