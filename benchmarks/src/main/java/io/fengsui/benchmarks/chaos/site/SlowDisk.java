package io.fengsui.benchmarks.chaos.site;

import io.fengsui.benchmarks.chaos.lab.Faults;
import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import io.fengsui.benchmarks.chaos.lab.Waiting;
import io.fengsui.benchmarks.chaos.town.Town;
import io.fengsui.benchmarks.chaos.town.TownFiles;
import io.fengsui.fieldsim.proxy.PacketWitness;
import io.fengsui.runtime.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Each fsync of the spool's log takes 400 ms longer. A witness before the broker looks at every packet: an acknowledgement
 * leaves the agent only after an fsync that began when the message had come. The agent is killed between the message and the
 * acknowledgement: the broker sends it again.
 */
public final class SlowDisk implements Part {
    private static final String GROUP = "slow";
    private static final Duration SLOWNESS = Duration.ofMillis(400);
    private static final int PER_SECOND = 20;
    private static final int KILLS_SHARE = 4;

    @Override
    public String name() {
        return "slow-disk";
    }

    @Override
    public String promise() {
        return "G3";
    }

    @Override
    public Outcome run(Lab lab, Path folder, RandomGenerator random) throws Exception {
        Faults faults = new Faults(folder.resolve("faults"));
        SyncedAnswers answers = new SyncedAnswers(faults);
        try (Town town = new Town(lab, folder, List.of(GROUP));
                PacketWitness witness =
                        PacketWitness.start(town.brokerLine().port(), TimeSource.system(), answers::onPacket)) {
            town.brokerThrough(witness.port());
            town.agentEnvironment(faults.environment(lab.needShim(), "spool.db-wal"));
            town.start();
            answers.begin(SLOWNESS);
            town.alarms().start(GROUP, TownFiles.GROUP, PER_SECOND);
            long slow = 0;
            List<Double> recoveries = new ArrayList<>();
            for (int i = 0; i < Math.max(1, lab.plan().kills() / KILLS_SHARE); i++) {
                TimeUnit.MILLISECONDS.sleep(
                        random.nextInt(1_000, 1_000 * lab.plan().holdSeconds()));
                town.alarms().babble(GROUP + "-0", "no number");
                Waiting.seconds("a message whose fsync is under way", Town.PATIENCE, answers::isWaiting);
                town.agent().kill();
                slow += faults.hit();
                answers.end();
                town.startAgent();
                town.awaitAgent();
                town.awaitConnected();
                recoveries.add(town.freshAlarm());
                answers.begin(SLOWNESS);
            }
            TimeUnit.SECONDS.sleep(lab.plan().holdSeconds());
            town.alarms().stop();
            slow += faults.hit();
            answers.end();
            return Outcome.of(promise(), name(), slow, town.judge(GROUP), recoveries, answers.complaint())
                    .noting(answers.note());
        } finally {
            faults.off();
        }
    }
}
