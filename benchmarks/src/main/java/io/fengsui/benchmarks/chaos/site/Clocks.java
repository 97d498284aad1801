package io.fengsui.benchmarks.chaos.site;

import io.fengsui.benchmarks.chaos.lab.Faults;
import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import io.fengsui.benchmarks.chaos.lab.Waiting;
import io.fengsui.benchmarks.chaos.oracle.Judgement;
import io.fengsui.benchmarks.chaos.town.Town;
import io.fengsui.benchmarks.chaos.town.TownFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The wall clock of the agent or of the hub jumps while it runs, by the shim. Each alarm raised after a jump has to become one
 * ticket, as if nothing were. A long run of the agent's also lets a rule's hold go on over each jump: what must stand for ten
 * seconds is told after ten seconds.
 */
public final class Clocks implements Part {
    /** Whose clock. */
    public enum Side {
        EDGE("clock-jump"),
        HUB("hub-clock-jump");

        private final String part;

        Side(String part) {
            this.part = part;
        }

        /** What is added, one after the other. To a hub the year 1970 says that it has a broken battery, and people see that. */
        private List<Duration> jumps() {
            return switch (this) {
                case EDGE ->
                    List.of(
                            Duration.ofSeconds(-1),
                            Duration.ofHours(1),
                            Duration.ofDays(3),
                            Duration.ofDays(-3),
                            Duration.ZERO,
                            Duration.between(Instant.now(), Instant.EPOCH.plusSeconds(60)),
                            Duration.ZERO);
                case HUB ->
                    List.of(
                            Duration.ofSeconds(-1),
                            Duration.ofMinutes(10),
                            Duration.ZERO,
                            Duration.ofHours(-1),
                            Duration.ofHours(2),
                            Duration.ZERO);
            };
        }
    }

    private static final String GROUP = "clock";
    private static final int PER_SECOND = 40;
    private static final int ALARM_SECONDS = 3;
    /** Into a hold the clock jumps. */
    private static final int INTO_HOLD_SECONDS = 4;

    private static final double HOLD_SLACK_SECONDS = 3;

    private final Side side;

    public Clocks(Side side) {
        this.side = side;
    }

    @Override
    public String name() {
        return side.part;
    }

    @Override
    public String promise() {
        return "G14";
    }

    @Override
    public Outcome run(Lab lab, Path folder, RandomGenerator random) throws Exception {
        Path shim = lab.needShim();
        Faults faults = new Faults(folder.resolve("faults"));
        List<Duration> jumps = side.jumps();
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < jumps.size(); i++) {
            groups.add(GROUP + i);
        }
        boolean isHeld = side == Side.EDGE && lab.plan().isNoticed();
        List<String> all = new ArrayList<>(groups);
        if (isHeld) {
            all.add(TownFiles.HELD);
        }
        try (Town town = new Town(lab, folder, all)) {
            if (side == Side.EDGE) {
                town.agentEnvironment(faults.environment(shim, "nothing-is-meant"));
            } else {
                town.hubEnvironment(faults.environment(shim, "nothing-is-meant"));
            }
            town.start();
            List<Double> recoveries = new ArrayList<>();
            StringBuilder complaint = new StringBuilder();
            for (int i = 0; i < jumps.size(); i++) {
                faults.clock(jumps.get(i));
                town.alarms().start(groups.get(i), TownFiles.GROUP, PER_SECOND);
                double recovery = town.freshAlarm();
                recoveries.add(recovery);
                if (recovery < 0) {
                    complaint
                            .append("nothing passes after ")
                            .append(jumps.get(i))
                            .append("; ");
                }
                TimeUnit.SECONDS.sleep(ALARM_SECONDS);
                town.alarms().stop();
            }
            List<Double> holds = isHeld ? holds(town, faults, jumps, complaint) : List.of();
            Judgement judged = town.judge(groups.toArray(String[]::new));
            for (int i = 0; i < jumps.size(); i++) {
                Judgement one = town.judge(groups.get(i));
                if (!one.isKept()) {
                    complaint
                            .append("clock by ")
                            .append(jumps.get(i))
                            .append(": ")
                            .append(one.complaint());
                }
            }
            return Outcome.of(promise(), name(), jumps.size(), judged, recoveries, complaint.toString())
                    .noting(
                            holds.isEmpty()
                                    ? ""
                                    : String.format(
                                            Locale.ROOT,
                                            "a hold of %d s over each jump was told after %.1f s to %.1f s",
                                            TownFiles.HOLD_SECONDS,
                                            Collections.min(holds),
                                            Collections.max(holds)));
        }
    }

    /** Seconds by the steady clock from a reading that must stand until it is told, the clock jumping in between. */
    private static List<Double> holds(Town town, Faults faults, List<Duration> jumps, StringBuilder complaint)
            throws IOException, InterruptedException {
        List<Double> holds = new ArrayList<>();
        for (int i = 0; i < jumps.size(); i++) {
            String sensor = TownFiles.HELD + "-" + i;
            long begun = System.nanoTime();
            town.alarms().babble(sensor, "{\"v\": 1}");
            TimeUnit.SECONDS.sleep(INTO_HOLD_SECONDS);
            faults.clock(jumps.get(i));
            String path = "api/v1/events?limit=1&kind=" + TownFiles.HELD_KIND + "&source=" + sensor;
            Waiting.seconds(
                    "a level that is held",
                    Town.PATIENCE,
                    () -> !town.hubWeb().items(path).isEmpty());
            double held = (System.nanoTime() - begun) / 1e9;
            holds.add(held);
            if (held < TownFiles.HOLD_SECONDS || held > TownFiles.HOLD_SECONDS + HOLD_SLACK_SECONDS) {
                complaint.append("with the clock by %s a hold took %.1f s; ".formatted(jumps.get(i), held));
            }
        }
        return holds;
    }
}
