package io.fengsui.benchmarks.chaos.site;

import io.fengsui.benchmarks.chaos.fleet.FleetLog;
import io.fengsui.benchmarks.chaos.lab.Daemon;
import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import io.fengsui.benchmarks.chaos.lab.Waiting;
import io.fengsui.benchmarks.chaos.town.Town;
import io.fengsui.benchmarks.chaos.town.TownFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A hub with a fleet is killed and started again: all come back, spread over time, and an agent's alarms are where they should
 * be. Then the same with a fleet that waits a second each time, all at once, to compare with.
 */
public final class FleetReturn implements Part {
    private static final String GROUP = "fleet";
    private static final Duration GATHERING = Duration.ofMinutes(3);
    private static final double PROMISE_SECONDS = 60;
    private static final int PERCENT = 100;
    private static final int ALL_BUT_ONE_PERCENT = 99;

    @Override
    public String name() {
        return "fleet-return";
    }

    @Override
    public String promise() {
        return "G11";
    }

    @Override
    public Outcome run(Lab lab, Path folder, RandomGenerator random) throws Exception {
        int edges = lab.plan().edges();
        try (Town town = new Town(lab, folder, List.of(GROUP))) {
            town.hubEdges("edges: {heartbeat: 10s, silent-after: 1m}");
            town.start();
            town.alarms().start(GROUP, TownFiles.GROUP, 20);
            Return jittered = killed(lab, folder, town, "jitter");
            town.alarms().stop();
            Return fixed = killed(lab, folder, town, "fixed");
            String complaint = complaint(jittered, fixed);
            return Outcome.of(promise(), name(), 2, town.judge(GROUP), List.of(jittered.seconds()), complaint)
                    .noting(edges + " edges: " + jittered.words() + "; without jitter " + fixed.words());
        }
    }

    /** How a fleet came back. */
    private record Return(double seconds, double all, int peak, double greeting) {
        String words() {
            return String.format(
                    Locale.ROOT,
                    "99 %% back %.1f s after the hub was ready, all %.1f s, %d came in the fullest second, p99 to the"
                            + " welcome %.2f s",
                    seconds,
                    all,
                    peak,
                    greeting);
        }
    }

    private static String complaint(Return jittered, Return fixed) {
        String late = jittered.seconds() <= PROMISE_SECONDS ? "" : "99 % were back too late; ";
        String crowded = jittered.peak() < fixed.peak() ? "" : "they came as crowded as without jitter; ";
        return late + crowded;
    }

    private static Return killed(Lab lab, Path folder, Town town, String waits)
            throws IOException, InterruptedException {
        int edges = lab.plan().edges();
        List<String> command = lab.command("benchmarks");
        command.replaceAll(word -> word.startsWith("-Xmx") ? "-Xmx1g" : word);
        command.addAll(List.of("chaos-fleet", Integer.toString(town.hubPort()), Integer.toString(edges), waits));
        Path log = folder.resolve("fleet-" + waits + ".log");
        try (Daemon fleet = Daemon.start("fleet", command, log, Map.of())) {
            Waiting.seconds(
                    fleet + " of " + edges, GATHERING, () -> FleetLog.read(log).connected() == edges);
            long killed = System.nanoTime();
            town.hub().kill();
            town.startHub();
            town.awaitHub();
            long ready = System.nanoTime();
            Waiting.seconds("the return of " + edges, GATHERING, () -> {
                FleetLog now = FleetLog.read(log);
                return now.losses().size() >= edges && now.connected() == edges;
            });
            FleetLog back = FleetLog.read(log);
            long ninetyNine =
                    back.nth(edges * ALL_BUT_ONE_PERCENT / PERCENT, killed).orElseThrow();
            long all = back.nth(edges, killed).orElseThrow();
            return new Return(
                    seconds(ninetyNine - ready),
                    seconds(all - ready),
                    back.peak(killed),
                    seconds(back.wait(0.99, killed)));
        }
    }

    /** Who comes while it is being looked whether the hub is ready comes at once. */
    private static double seconds(long nanos) {
        return Math.max(0, nanos) / 1e9;
    }
}
