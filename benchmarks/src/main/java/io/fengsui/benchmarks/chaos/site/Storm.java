package io.fengsui.benchmarks.chaos.site;

import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import io.fengsui.benchmarks.chaos.oracle.Judgement;
import io.fengsui.benchmarks.chaos.town.Town;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** One sensor flaps as fast as it can: it gets one ticket, and alarms of others come through meanwhile. */
public final class Storm implements Part {
    private static final String GROUP = "storm";
    private static final int PER_SECOND = 5000;
    private static final int PROBES = 6;

    @Override
    public String name() {
        return "storm";
    }

    @Override
    public String promise() {
        return "G28";
    }

    @Override
    public Outcome run(Lab lab, Path folder, RandomGenerator random) throws Exception {
        try (Town town = new Town(lab, folder, List.of(GROUP))) {
            town.start();
            town.alarms().start(GROUP, 1, PER_SECOND);
            List<Double> delays = new ArrayList<>();
            String complaint = "";
            for (int i = 0; i < PROBES; i++) {
                double delay = town.freshAlarm();
                delays.add(delay);
                complaint += delay < 0 ? "an alarm of another sensor did not come through; " : "";
                TimeUnit.MILLISECONDS.sleep(300);
            }
            town.alarms().stop();
            Judgement judged = town.judge(GROUP);
            return Outcome.of(promise(), name(), judged.acknowledged(), judged, delays, complaint)
                    .noting("times are those of other sensors' alarms meanwhile");
        }
    }
}
