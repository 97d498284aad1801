package io.fengsui.benchmarks.chaos.site;

import io.fengsui.benchmarks.chaos.lab.Daemon;
import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import io.fengsui.benchmarks.chaos.town.Town;
import io.fengsui.benchmarks.chaos.town.TownFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** SIGSTOP of each side while alarms go on, then SIGCONT. */
public final class Freezes implements Part {
    private static final String GROUP = "freeze";
    private static final int PER_SECOND = 60;

    @Override
    public String name() {
        return "freeze";
    }

    @Override
    public String promise() {
        return "G12";
    }

    @Override
    public Outcome run(Lab lab, Path folder, RandomGenerator random) throws Exception {
        try (Town town = new Town(lab, folder, List.of(GROUP))) {
            town.start();
            town.alarms().start(GROUP, TownFiles.GROUP, PER_SECOND);
            List<Double> recoveries = new ArrayList<>();
            String complaint = "";
            List<Daemon> victims = List.of(town.hub(), town.agent(), town.broker(), town.agent(), town.hub());
            for (Daemon victim : victims) {
                town.awaitConnected();
                victim.freeze();
                TimeUnit.SECONDS.sleep(lab.plan().holdSeconds());
                victim.thaw();
                double recovery = town.freshAlarm();
                recoveries.add(recovery);
                complaint += recovery < 0 ? "nothing passes after a frozen " + victim + "; " : "";
            }
            town.alarms().stop();
            return Outcome.of(promise(), name(), victims.size(), town.judge(GROUP), recoveries, complaint);
        }
    }
}
