package io.fengsui.benchmarks.chaos.site;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * SIGSTOP of each side while alarms go on, then SIGCONT. Where it lasts for long the others must notice it and say so, and when it
 * is over that it is.
 */
public final class Freezes implements Part {
    private static final String GROUP = "freeze";
    private static final int PER_SECOND = 60;
    /** Twice the keep-alive of 8 s, the 10 s that a broker may be away, and what looking takes. */
    private static final Duration NOTICED = Duration.ofSeconds(45);

    private static final String EDGE_SILENT = "health.edge.silent";
    private static final String BROKER_OFFLINE = "health.broker.offline";

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
            List<String> notes = new ArrayList<>();
            String complaint = "";
            List<Daemon> victims = List.of(town.hub(), town.agent(), town.broker(), town.agent(), town.hub());
            for (Daemon victim : victims) {
                town.awaitConnected();
                victim.freeze();
                long begun = System.nanoTime();
                if (lab.plan().isNoticed()) {
                    complaint += noticed(town, victim, true, "%s: noticed after %.0f s", notes);
                }
                TimeUnit.NANOSECONDS.sleep(
                        TimeUnit.SECONDS.toNanos(lab.plan().holdSeconds()) - System.nanoTime() + begun);
                victim.thaw();
                double recovery = town.freshAlarm();
                recoveries.add(recovery);
                complaint += recovery < 0 ? "nothing passes after a frozen " + victim + "; " : "";
                if (lab.plan().isNoticed()) {
                    complaint += noticed(town, victim, false, "%s: over after %.0f s", notes);
                }
            }
            town.alarms().stop();
            return Outcome.of(promise(), name(), victims.size(), town.judge(GROUP), recoveries, complaint)
                    .noting(String.join(", ", notes));
        }
    }

    /** Waits until it is said that it is silent, or is not any more. Returns what is wrong. */
    private static String noticed(Town town, Daemon victim, boolean isSilent, String words, List<String> notes)
            throws InterruptedException {
        long begun = System.nanoTime();
        if (!Waiting.until(NOTICED, () -> isSaid(town, victim, isSilent))) {
            return "nobody says that the %s %s; ".formatted(victim, isSilent ? "is silent" : "is there again");
        }
        notes.add(String.format(Locale.ROOT, words, victim, (System.nanoTime() - begun) / 1e9));
        return "";
    }

    /** Of an agent the hub says it, with a ticket; of a broker its agent, over the hub; of a hub the agent alone, by its metric. */
    private static boolean isSaid(Town town, Daemon victim, boolean isSilent) throws IOException, InterruptedException {
        if (victim == town.agent()) {
            return isTold(town, EDGE_SILENT, isSilent);
        }
        if (victim == town.broker()) {
            return isTold(town, BROKER_OFFLINE, isSilent)
                    && town.agentWeb().metric("edge_mqtt_connected") == (isSilent ? 0 : 1);
        }
        return town.agentWeb().metric("edge_uplink_connected") == (isSilent ? 0 : 1);
    }

    private static boolean isTold(Town town, String kind, boolean isSilent) throws IOException, InterruptedException {
        List<String> phases = town.hubWeb().phases(kind);
        boolean hasTicket = !town.book().tickets(kind).isEmpty();
        return hasTicket && (isSilent ? phases.contains("begun") : !phases.contains("begun"));
    }
}
