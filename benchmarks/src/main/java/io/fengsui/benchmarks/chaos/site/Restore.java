package io.fengsui.benchmarks.chaos.site;

import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import io.fengsui.benchmarks.chaos.town.Town;
import io.fengsui.benchmarks.chaos.town.TownFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * A backup while alarms go on, more alarms, the hub's database is destroyed, the backup restored: the agent, which keeps what was
 * acknowledged, says again what the backup does not know.
 */
public final class Restore implements Part {
    private static final String GROUP = "restore";
    private static final int PER_SECOND = 100;
    private static final int ALARM_SECONDS = 3;

    @Override
    public String name() {
        return "restore";
    }

    @Override
    public String promise() {
        return "G23";
    }

    @Override
    public Outcome run(Lab lab, Path folder, RandomGenerator random) throws Exception {
        Path backup = folder.resolve("backup.db");
        try (Town town = new Town(lab, folder, List.of(GROUP))) {
            town.start();
            town.alarms().start(GROUP, TownFiles.GROUP, PER_SECOND);
            TimeUnit.SECONDS.sleep(ALARM_SECONDS);
            town.hubCommand("backup", backup.toString());
            TimeUnit.SECONDS.sleep(ALARM_SECONDS);
            town.alarms().stop();
            int before = town.judge(GROUP).acknowledged();
            town.hub().kill();
            long destroyed = System.nanoTime();
            for (String file : List.of("hub.db", "hub.db-wal", "hub.db-shm")) {
                Files.deleteIfExists(folder.resolve("hub-data").resolve(file));
            }
            town.hubCommand("restore", backup.toString());
            town.startHub();
            town.awaitHub();
            double recovery = town.freshAlarm();
            if (recovery < 0 || before == 0) {
                throw new IOException("nothing passes after the restore");
            }
            recovery = (System.nanoTime() - destroyed) / 1e9;
            return Outcome.of(promise(), name(), 1, town.judge(GROUP), List.of(recovery), "")
                    .noting("the time is from the destruction to a fresh alarm");
        }
    }
}
