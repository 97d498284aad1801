package io.fengsui.benchmarks.chaos.site;

import io.fengsui.benchmarks.chaos.lab.Faults;
import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import io.fengsui.benchmarks.chaos.lab.Waiting;
import io.fengsui.benchmarks.chaos.town.Town;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Every write of the agent's spool fails, by the shim, while a hub serves it: an alarm of then is at the hub all the same, from
 * memory, and so is one word that nothing can be written. When the disk is well again the alarm is on it, and at the hub once, and
 * the hub is told that it is over.
 */
public final class NoCommit implements Part {
    private static final int ROUNDS = 5;
    private static final String TOLD = "health.storage.failed";

    @Override
    public String name() {
        return "no-commit";
    }

    @Override
    public String promise() {
        return "G7";
    }

    @Override
    public Outcome run(Lab lab, Path folder, RandomGenerator random) throws Exception {
        Faults faults = new Faults(folder.resolve("faults"));
        try (Town town = new Town(lab, folder, List.of())) {
            town.agentEnvironment(faults.environment(lab.needShim(), "spool.db"));
            town.start();
            List<Double> delays = new ArrayList<>();
            int words = 0;
            for (int i = 0; i < ROUNDS; i++) {
                faults.failNth(Faults.WRITES | Faults.SYNCS, 1, Faults.ENOSPC, true);
                String probe = town.probe();
                delays.add(
                        Waiting.seconds("an alarm that cannot be written", Town.PATIENCE, () -> town.hasCome(probe)));
                if (i == 0) {
                    Waiting.seconds(
                            "the word of it",
                            Town.PATIENCE,
                            () -> town.hubWeb().phases(TOLD).equals(List.of("begun")));
                }
                faults.off();
                if (town.freshAlarm() < 0) {
                    throw new IOException("nothing passes after the disk was well again");
                }
                if (i == 0) {
                    Waiting.seconds(
                            "the word of its end",
                            Town.PATIENCE,
                            () -> town.hubWeb().phases(TOLD).equals(List.of("ended")));
                    words = town.book().tickets(TOLD).size();
                }
            }
            double told = town.agentWeb().metric("edge_uplink_volatile_sent_total");
            String complaint = told >= ROUNDS ? "" : "only " + told + " events went out from memory; ";
            complaint += words == 1 ? "" : words + " tickets of one disk; ";
            return Outcome.of(promise(), name(), ROUNDS, town.judge("probe"), delays, complaint);
        } finally {
            faults.off();
        }
    }
}
