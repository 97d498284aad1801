package io.fengsui.benchmarks.chaos.site;

import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import io.fengsui.benchmarks.chaos.town.Town;
import io.fengsui.benchmarks.chaos.town.TownFiles;
import io.fengsui.runtime.CrashPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;

/** The hub dies at each named place while alarms go on, by itself and at once. */
public final class HubCrashPoints implements Part {
    private static final String GROUP = "crash";
    private static final int PER_SECOND = 100;
    private static final int LATEST = 40;

    @Override
    public String name() {
        return "hub-crash-point";
    }

    @Override
    public String promise() {
        return "G4";
    }

    @Override
    public Outcome run(Lab lab, Path folder, RandomGenerator random) throws Exception {
        try (Town town = new Town(lab, folder, List.of(GROUP))) {
            town.start();
            town.alarms().start(GROUP, TownFiles.GROUP, PER_SECOND);
            int injected = 0;
            for (int round = 0; round < lab.plan().crashRounds(); round++) {
                for (CrashPoint point : CrashPoint.values()) {
                    if (point.name().startsWith("HUB_")) {
                        town.hub().kill();
                        town.startHub(
                                "-D" + CrashPoint.PROPERTY + "=" + point.name() + ":" + (1 + random.nextInt(LATEST)));
                        if (!town.hub().awaitEnd(Town.PATIENCE) || town.hub().exitStatus() != 137) {
                            throw new IOException("the hub did not die at " + point + ":\n"
                                    + town.hub().lastWords());
                        }
                        injected++;
                    }
                }
            }
            town.startHub();
            town.awaitHub();
            town.awaitConnected();
            town.alarms().stop();
            return Outcome.of(promise(), name(), injected, town.judge(GROUP), List.of(), "");
        }
    }
}
