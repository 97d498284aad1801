package io.fengsui.benchmarks.chaos.site;

import io.fengsui.benchmarks.chaos.lab.Daemon;
import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import io.fengsui.benchmarks.chaos.lab.Waiting;
import io.fengsui.benchmarks.chaos.town.HubBook;
import io.fengsui.benchmarks.chaos.town.Town;
import io.fengsui.benchmarks.chaos.town.TownFiles;
import io.fengsui.fieldsim.proxy.Direction;
import io.fengsui.fieldsim.proxy.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * kill -9 of one side at random times, also while it starts. Of every two kills (four of the hub's, whose edges wait
 * longer and longer) one is let alone until an alarm that was raised right after it is at the hub, which is the time of recovery. Before the other kills of the hub its answers are
 * swallowed, so that what it committed is not acknowledged.
 */
public final class Kills implements Part {
    /** Who is killed. */
    public enum Side {
        EDGE("edge-kill", "G1"),
        HUB("hub-kill", "G4");

        private final String part;
        private final String promise;

        Side(String part, String promise) {
            this.part = part;
            this.promise = promise;
        }
    }

    private static final int PER_SECOND = 150;
    private static final int MOST_WORK_MILLIS = 1500;

    private final Side side;

    public Kills(Side side) {
        this.side = side;
    }

    @Override
    public String name() {
        return side.part;
    }

    @Override
    public String promise() {
        return side.promise;
    }

    @Override
    public Outcome run(Lab lab, Path folder, RandomGenerator random) throws Exception {
        try (Town town = new Town(lab, folder, List.of("kill"))) {
            town.start();
            town.alarms().start("kill", TownFiles.GROUP, PER_SECOND);
            List<Double> recoveries = new ArrayList<>();
            for (int i = 0; i < lab.plan().kills(); i++) {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_WORK_MILLIS));
                double recovery = kill(town, i % (side == Side.EDGE ? 2 : 4) == 0);
                if (recovery >= 0) {
                    recoveries.add(recovery);
                }
            }
            town.awaitHub();
            town.awaitAgent();
            town.alarms().stop();
            HubBook.Contents contents = town.book().alarms();
            String complaint = contents.inversions() + contents.twice() == 0
                    ? ""
                    : contents.inversions() + " records out of order, " + contents.twice() + " twice; ";
            return Outcome.of(promise(), name(), lab.plan().kills(), town.judge("kill"), recoveries, complaint);
        }
    }

    private double kill(Town town, boolean isMeasured) throws IOException, InterruptedException {
        Daemon victim = side == Side.EDGE ? town.agent() : town.hub();
        if (side == Side.HUB && !isMeasured) {
            town.hubLine().apply(Direction.DOWN, new Fault.Swallow());
            TimeUnit.MILLISECONDS.sleep(100);
        }
        if (!victim.isAlive()) {
            throw new IOException(victim + " died by itself:\n" + victim.lastWords());
        }
        victim.kill();
        long killed = System.nanoTime();
        town.hubLine().heal();
        if (side == Side.EDGE) {
            town.startAgent();
        } else {
            town.startHub();
        }
        if (!isMeasured) {
            return -1;
        }
        String probe = town.probe();
        Waiting.seconds("an alarm raised after a kill of the " + victim, Town.PATIENCE, () -> town.hasCome(probe));
        return (System.nanoTime() - killed) / 1e9;
    }
}
