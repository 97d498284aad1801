package io.fengsui.benchmarks.chaos.site;

import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import io.fengsui.benchmarks.chaos.lab.Waiting;
import io.fengsui.benchmarks.chaos.town.Town;
import io.fengsui.benchmarks.chaos.town.TownFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What falls silent is told: the line to the broker, then the agent itself. */
public final class Silence implements Part {
    private static final String GROUP = "silence";
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    @Override
    public String name() {
        return "silence";
    }

    @Override
    public String promise() {
        return "G27";
    }

    @Override
    public Outcome run(Lab lab, Path folder, RandomGenerator random) throws Exception {
        try (Town town = new Town(lab, folder, List.of(GROUP))) {
            town.start();
            town.alarms().start(GROUP, TownFiles.GROUP, 20);
            List<Double> told = new ArrayList<>();
            town.brokerLine().refuse();
            told.add(awaitTicket(town, "health.broker.offline"));
            town.brokerLine().heal();
            town.awaitConnected();
            town.alarms().stop();
            town.agent().kill();
            told.add(awaitTicket(town, "health.edge.silent"));
            town.startAgent();
            town.awaitAgent();
            town.awaitConnected();
            return Outcome.of(promise(), name(), told.size(), town.judge(GROUP), told, "")
                    .noting(
                            "times are until the ticket: of a broker that is away (its limit is 10 s), of an agent (12 s)");
        }
    }

    private static double awaitTicket(Town town, String kind) throws Exception {
        return Waiting.seconds(
                "a ticket " + kind,
                PATIENCE,
                () -> town.hubWeb()
                                .items("api/v1/tickets?limit=50&kind=" + kind)
                                .size()
                        == 1);
    }
}
