package io.fengsui.benchmarks.chaos.site;

import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import io.fengsui.benchmarks.chaos.lab.Waiting;
import io.fengsui.benchmarks.chaos.town.Town;
import io.fengsui.benchmarks.chaos.town.TownFiles;
import io.fengsui.fieldsim.proxy.FaultLine;
import io.fengsui.fieldsim.proxy.FaultProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The agent's line to the hub or to the broker: away and back, half-open, swallowing, losing, thin, spoiling. Alarms go on all the
 * time. A line that is half-open has to be noticed by the agent itself.
 */
public final class Lines implements Part {
    /** Which line. */
    public enum Line {
        HUB("hub-line", "edge_uplink_connected"),
        BROKER("broker-line", "edge_mqtt_connected");

        private final String part;
        private final String metric;

        Line(String part, String metric) {
            this.part = part;
            this.metric = metric;
        }

        /** The broker's line carries no checksum, so what is spoilt there is what the sensor said. */
        private List<String> faults() {
            return switch (this) {
                case HUB ->
                    List.of(
                            "refuse",
                            "half-open",
                            "swallow up",
                            "swallow down",
                            "loss both 0.2",
                            "stall both",
                            "throttle both 20000",
                            "slice both 7",
                            "cut-after up 3000",
                            "corrupt up 0.2",
                            "corrupt down 0.2",
                            "duplicate up 0.2");
                case BROKER ->
                    List.of(
                            "refuse",
                            "half-open",
                            "swallow up",
                            "swallow down",
                            "loss both 0.2",
                            "stall both",
                            "throttle both 2000",
                            "slice both 3",
                            "cut-after down 3000");
            };
        }
    }

    private static final String GROUP = "line";
    private static final int PER_SECOND = 60;
    /** Looked for by the agent of itself: {@code keep-alive} of a broker, silence of a hub. */
    private static final Duration NOTICED = Duration.ofSeconds(20);

    /** Of a broker's line, when a run has the time for the default. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

    private static final int LONG_SECONDS = 90;
    /** Until a broker is tried again. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** How long faults last, and how soon they are noticed and over. */
    private record Times(Duration noticed, Duration recovered, int longSeconds, int seconds) {
        /** Those of a line that is away without a word; others only hinder. */
        int seconds(String fault) {
            return AWAY.contains(fault) ? longSeconds : seconds;
        }
    }

    private static final List<String> AWAY = List.of("refuse", "half-open", "swallow up", "swallow down", "stall both");

    private final Line line;

    public Lines(Line line) {
        this.line = line;
    }

    @Override
    public String name() {
        return line.part;
    }

    @Override
    public String promise() {
        return "G13";
    }

    @Override
    public Outcome run(Lab lab, Path folder, RandomGenerator random) throws Exception {
        try (Town town = new Town(lab, folder, List.of(GROUP))) {
            Times times = times(lab);
            if (isLong(lab)) {
                town.brokerKeepAlive(KEEP_ALIVE);
            }
            town.start();
            town.alarms().start(GROUP, TownFiles.GROUP, PER_SECOND);
            List<Double> recoveries = new ArrayList<>();
            StringBuilder complaint = new StringBuilder();
            StringBuilder slow = new StringBuilder();
            for (String fault : line.faults()) {
                double recovery = suffer(town, fault, times, complaint);
                recoveries.add(recovery);
                if (recovery > 10) {
                    slow.append(slow.isEmpty() ? "over 10 s after: " : ", ")
                            .append(fault)
                            .append(" (%.0f s)".formatted(recovery));
                }
            }
            town.alarms().stop();
            return Outcome.of(
                            promise(),
                            name(),
                            line.faults().size(),
                            town.judge(GROUP),
                            recoveries,
                            complaint.toString())
                    .noting(slow.toString());
        }
    }

    private boolean isLong(Lab lab) {
        return line == Line.BROKER && lab.plan().isNoticed();
    }

    /** A broker that is away is noticed by a ping that comes to nothing: after two keep-alives at the latest. */
    private Times times(Lab lab) {
        int seconds = lab.plan().holdSeconds();
        return isLong(lab)
                ? new Times(
                        KEEP_ALIVE.multipliedBy(2).plusSeconds(4),
                        KEEP_ALIVE.multipliedBy(3).dividedBy(2).plus(LONGEST_WAIT),
                        LONG_SECONDS,
                        seconds)
                : new Times(NOTICED, Town.PATIENCE, seconds, seconds);
    }

    private double suffer(Town town, String fault, Times times, StringBuilder complaint)
            throws IOException, InterruptedException {
        town.awaitConnected();
        FaultProxy proxy = line == Line.HUB ? town.hubLine() : town.brokerLine();
        FaultLine.parse(fault).accept(proxy);
        long begun = System.nanoTime();
        if (fault.equals("half-open")) {
            if (!Waiting.until(times.noticed(), () -> town.agentWeb().metric(line.metric) == 0)) {
                complaint
                        .append("a half-open line was not noticed in ")
                        .append(times.noticed().toSeconds())
                        .append(" s; ");
            }
        }
        if (!fault.equals("half-open") || times.longSeconds() == LONG_SECONDS) {
            TimeUnit.NANOSECONDS.sleep(TimeUnit.SECONDS.toNanos(times.seconds(fault)) - System.nanoTime() + begun);
        }
        proxy.heal();
        double recovery = town.freshAlarm(times.recovered());
        if (recovery < 0) {
            complaint
                    .append("nothing passes within ")
                    .append(times.recovered().toSeconds())
                    .append(" s after: ")
                    .append(fault)
                    .append("; ");
        }
        return recovery;
    }
}
