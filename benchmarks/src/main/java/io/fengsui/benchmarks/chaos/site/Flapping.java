package io.fengsui.benchmarks.chaos.site;

import io.fengsui.benchmarks.chaos.lab.Daemon;
import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import io.fengsui.benchmarks.chaos.town.Town;
import io.fengsui.benchmarks.chaos.town.TownFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Both lines are cut again and again: open files and threads of hub and agent are as many afterwards as after the first few. A
 * long run looks at their memory too: the second half of it takes no more than the first.
 */
public final class Flapping implements Part {
    private static final String GROUP = "flap";
    private static final int WARM = 10;
    private static final int FLAPS = 30;
    private static final int LONG_FLAPS = 200;
    private static final int SAMPLE = 10;
    private static final int PAUSE_MILLIS = 300;
    /** What a heap that is not full yet may grow by in between. */
    private static final double MORE_MEMORY = 1.1;

    private static final double KIB_OF_MIB = 1024.0;
    private static final int TOLERATED = 4;
    /** The hub's pool for work that may block grows to so many threads, and shrinks again after a minute. */
    private static final int HUB_POOL = 200;

    @Override
    public String name() {
        return "flapping";
    }

    @Override
    public String promise() {
        return "G24";
    }

    private record Counts(long files, long threads) {
        static Counts of(Daemon program) throws IOException {
            return new Counts(program.count("fd"), program.count("task"));
        }

        String growth(String who, Counts before, int moreThreads) {
            return files <= before.files + TOLERATED && threads <= before.threads + moreThreads
                    ? ""
                    : "%s grew from %s to %s; ".formatted(who, before, this);
        }
    }

    @Override
    public Outcome run(Lab lab, Path folder, RandomGenerator random) throws Exception {
        try (Town town = new Town(lab, folder, List.of(GROUP))) {
            town.start();
            town.alarms().start(GROUP, TownFiles.GROUP, 50);
            flap(town, WARM);
            Counts hub = Counts.of(town.hub());
            Counts agent = Counts.of(town.agent());
            int flaps = FLAPS;
            List<String> notes = new ArrayList<>();
            String complaint = "";
            if (lab.plan().isNoticed()) {
                flaps = LONG_FLAPS;
                complaint = flapWatched(town, notes);
            } else {
                flap(town, FLAPS);
            }
            complaint += Counts.of(town.hub()).growth("hub", hub, HUB_POOL)
                    + Counts.of(town.agent()).growth("agent", agent, TOLERATED);
            town.alarms().stop();
            return Outcome.of(promise(), name(), WARM + flaps, town.judge(GROUP), List.of(), complaint)
                    .noting(String.join(", ", notes));
        }
    }

    /** Looks at the memory in between. Returns what is wrong. */
    private static String flapWatched(Town town, List<String> notes) throws IOException, InterruptedException {
        List<Long> hub = new ArrayList<>();
        List<Long> agent = new ArrayList<>();
        for (int done = 0; done < LONG_FLAPS; done += SAMPLE) {
            flap(town, SAMPLE);
            hub.add(town.hub().pssKib());
            agent.add(town.agent().pssKib());
        }
        return flat("hub", hub, notes) + flat("agent", agent, notes);
    }

    /** Median of the first half and of the second. Returns what is wrong. */
    private static String flat(String who, List<Long> kib, List<String> notes) {
        double first = median(kib.subList(0, kib.size() / 2));
        double second = median(kib.subList(kib.size() / 2, kib.size()));
        String words = String.format(
                Locale.ROOT, "PSS of %s %.0f MiB, then %.0f MiB", who, first / KIB_OF_MIB, second / KIB_OF_MIB);
        notes.add(words);
        return second <= first * MORE_MEMORY ? "" : words + ": it grows; ";
    }

    private static double median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static void flap(Town town, int times) throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            town.hubLine().cut();
            town.brokerLine().cut();
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        town.awaitConnected();
        TimeUnit.SECONDS.sleep(1);
    }
}
