package io.fengsui.benchmarks.chaos.site;

import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import io.fengsui.benchmarks.chaos.town.Town;
import io.fengsui.benchmarks.chaos.town.TownFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** kill -9 of a hub that is started for the first time, while it makes its tables, again and again. */
public final class FirstStarts implements Part {
    private static final String GROUP = "first";
    private static final int LEAST_MILLIS = 300;
    private static final int MOST_MILLIS = 2500;

    @Override
    public String name() {
        return "migration-kill";
    }

    @Override
    public String promise() {
        return "G22";
    }

    @Override
    public Outcome run(Lab lab, Path folder, RandomGenerator random) throws Exception {
        int kills = Math.max(3, lab.plan().kills() / 2);
        try (Town town = new Town(lab, folder, List.of(GROUP))) {
            for (int i = 0; i < kills; i++) {
                town.startHub();
                TimeUnit.MILLISECONDS.sleep(LEAST_MILLIS + random.nextInt(MOST_MILLIS - LEAST_MILLIS));
                town.hub().kill();
            }
            town.start();
            town.alarms().start(GROUP, TownFiles.GROUP, 50);
            TimeUnit.SECONDS.sleep(1);
            town.alarms().stop();
            return Outcome.of(promise(), name(), kills, town.judge(GROUP), List.of(), "");
        }
    }
}
