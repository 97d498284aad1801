package io.fengsui.benchmarks.chaos.site;

import io.fengsui.benchmarks.chaos.lab.Faults;
import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import io.fengsui.benchmarks.chaos.lab.Waiting;
import io.fengsui.benchmarks.chaos.town.Town;
import io.fengsui.fieldsim.proxy.PacketWitness;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One fsync of the spool's log hangs, as of a card that dies, and the spool's thread with it: the alarm that it is for, and one that
 * comes meanwhile, are at the hub all the same, from memory, and so is a word that nothing can be written. Neither is acknowledged
 * before the disk has it, as a witness before the broker sees. When the fsync comes back both are on disk, and at the hub once. Then
 * another one hangs, and the agent is told to end (SIGTERM): it does, without the disk.
 */
public final class HungDisk implements Part {
    private static final String TOLD = "health.storage.failed";
    private static final Duration HANGS = Duration.ofSeconds(15);
    private static final Duration HANGS_LONG = Duration.ofSeconds(60);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "hung-disk";
    }

    @Override
    public String promise() {
        return "G7";
    }

    @Override
    public Outcome run(Lab lab, Path folder, RandomGenerator random) throws Exception {
        Duration hangs = lab.plan().isNoticed() ? HANGS_LONG : HANGS;
        Faults faults = new Faults(folder.resolve("faults"));
        SyncedAnswers answers = new SyncedAnswers(faults);
        try (Town town = new Town(lab, folder, List.of());
                PacketWitness witness =
                        PacketWitness.start(town.brokerLine().port(), TimeSource.system(), answers::onPacket)) {
            town.brokerThrough(witness.port());
            town.agentEnvironment(faults.environment(lab.needShim(), "spool.db-wal"));
            town.start();
            answers.begin(hangs);
            List<Double> delays = new ArrayList<>();
            delays.add(alarm(town));
            answers.hurryNext();
            delays.add(alarm(town));
            Waiting.seconds(
                    "the word that nothing is written",
                    hangs,
                    () -> town.hubWeb().phases(TOLD).equals(List.of("begun")));
            String complaint = faults.begun() > 0 && faults.done() == 0
                    ? ""
                    : "the disk was well again before all that was said; ";
            Waiting.seconds("the end of the fsync", hangs.plus(Town.PATIENCE), () -> faults.done() > 0);
            Waiting.seconds(
                    "the word of its end",
                    Town.PATIENCE,
                    () -> town.hubWeb().phases(TOLD).equals(List.of("ended")));
            if (town.freshAlarm() < 0) {
                throw new IOException("nothing passes after the disk was well again");
            }
            answers.end();
            double told = town.agentWeb().metric("edge_uplink_volatile_sent_total");
            complaint += told >= delays.size() ? "" : "only " + told + " events went out from memory; ";
            int words = town.book().tickets(TOLD).size();
            complaint += words == 1 ? "" : words + " tickets of one disk; ";
            double ended = end(town, faults);
            complaint += ended < 0 ? "the agent did not end in 10 s while the disk hung; " : "";
            return Outcome.of(promise(), name(), 1, town.judge("probe"), delays, complaint + answers.complaint())
                    .noting("an fsync of %d s; %s; told to end while another hung it did after %.1f s"
                            .formatted(hangs.toSeconds(), answers.note(), ended));
        } finally {
            faults.off();
        }
    }

    /** Seconds from SIGTERM to the end while an fsync hangs; negative when it did not end. It is started again. */
    private static double end(Town town, Faults faults) throws IOException, InterruptedException {
        faults.delay(Faults.SYNCS, HANGS_LONG);
        alarm(town);
        double took = town.agent().terminate(LIMIT);
        faults.off();
        town.startAgent();
        town.awaitAgent();
        if (town.freshAlarm() < 0) {
            throw new IOException("nothing passes after the agent was started again");
        }
        return took;
    }

    /** Seconds until an alarm of now is at the hub. */
    private static double alarm(Town town) throws IOException, InterruptedException {
        String probe = town.probe();
        return Waiting.seconds("an alarm while the disk hangs", Town.PATIENCE, () -> town.hasCome(probe));
    }
}
