package io.fengsui.benchmarks.chaos.site;

import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import io.fengsui.benchmarks.chaos.town.Town;
import io.fengsui.benchmarks.chaos.town.TownFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** SIGTERM of each side in turn while alarms go on: it ends within ten seconds. */
public final class Ends implements Part {
    private static final String GROUP = "end";
    private static final int PER_SECOND = 100;
    private static final int ROUNDS = 4;
    private static final int MOST_MILLIS = 1000;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "sigterm";
    }

    @Override
    public String promise() {
        return "G25";
    }

    @Override
    public Outcome run(Lab lab, Path folder, RandomGenerator random) throws Exception {
        try (Town town = new Town(lab, folder, List.of(GROUP))) {
            town.start();
            town.alarms().start(GROUP, TownFiles.GROUP, PER_SECOND);
            List<Double> ends = new ArrayList<>();
            String complaint = "";
            for (int i = 0; i < ROUNDS; i++) {
                town.awaitConnected();
                TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_MILLIS));
                boolean isAgent = i % 2 == 0;
                double took = (isAgent ? town.agent() : town.hub()).terminate(LIMIT);
                ends.add(took);
                complaint += took < 0 ? (isAgent ? "the agent" : "the hub") + " did not end in 10 s; " : "";
                if (isAgent) {
                    town.startAgent();
                    town.awaitAgent();
                } else {
                    town.startHub();
                    town.awaitHub();
                }
            }
            town.alarms().stop();
            return Outcome.of(promise(), name(), ROUNDS, town.judge(GROUP), ends, complaint)
                    .noting("times are from SIGTERM to the end");
        }
    }
}
