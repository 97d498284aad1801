package io.fengsui.benchmarks.chaos.site;

import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import io.fengsui.benchmarks.chaos.oracle.Judgement;
import io.fengsui.benchmarks.chaos.town.Town;
import io.fengsui.benchmarks.chaos.town.TownFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Messages that are no readings among those that are: each is set aside, and no other. */
public final class Poison implements Part {
    private static final String GROUP = "poison";
    private static final int PER_SECOND = 100;
    private static final List<String> BABBLE = List.of(
            "",
            "{",
            "{\"v\": \"many\"}",
            "{\"v\": 1e999}",
            "{\"w\": 3}",
            "\u0000\u0001\u0002",
            "[".repeat(5000),
            "{\"v\": " + "9".repeat(2000) + "}",
            "null");
    private static final int ROUNDS = 10;

    @Override
    public String name() {
        return "poison";
    }

    @Override
    public String promise() {
        return "G26";
    }

    @Override
    public Outcome run(Lab lab, Path folder, RandomGenerator random) throws Exception {
        try (Town town = new Town(lab, folder, List.of(GROUP, "babble"))) {
            town.start();
            town.alarms().start(GROUP, TownFiles.GROUP, PER_SECOND);
            int said = 0;
            for (int round = 0; round < ROUNDS; round++) {
                for (String payload : BABBLE) {
                    town.alarms().babble("babble-" + said % TownFiles.GROUP, payload);
                    said++;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
            town.alarms().stop();
            Judgement judged = town.judge(GROUP);
            long quarantined = (long) town.agentWeb().metric("edge_mqtt_quarantined_total");
            String complaint =
                    quarantined == said ? "" : "%d messages were set aside, not %d; ".formatted(quarantined, said);
            return Outcome.of(promise(), name(), said, judged, List.of(), complaint);
        }
    }
}
