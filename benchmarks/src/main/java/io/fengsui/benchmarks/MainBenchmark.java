package io.fengsui.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * The main job in figures: starts, what a camera costs, from a sensor to a ticket, from truth to ticket. Starts the real
 * programs as processes. Arguments: the project's folder, the folder to write to, the commit, and {@code --quick}.
 */
public final class MainBenchmark {
    private static final int FEW = 8;
    private static final int MANY = 64;
    private static final int COUNTED = 240;
    private static final int PER_SECOND = 10;

    private final Bench bench;
    private final List<Measure> measures = new ArrayList<>();

    private MainBenchmark(Bench bench) {
        this.bench = bench;
    }

    /** Prints a table, then a line of JSON for each measure, and keeps the latter. */
    public static void main(String[] arguments) throws Exception {
        boolean isQuick = List.of(arguments).contains("--quick");
        Bench bench = Bench.of(Path.of(arguments[0]), Path.of(arguments[1]), isQuick);
        MainBenchmark benchmark = new MainBenchmark(bench);
        benchmark.run();
        benchmark.report(arguments[2]);
    }

    private void run() throws IOException, InterruptedException, MqttException {
        measures.addAll(DemoDelay.measures(bench.work().resolve("demo")));
        int port = Bench.freePort();
        try (Field field = Field.start(bench, MANY);
                Program hub = starts(port)) {
            CameraCosts costs = new CameraCosts(bench);
            for (int cameras : new int[] {0, FEW, MANY}) {
                watch(field, hub, port, cameras, costs);
            }
            measures.addAll(costs.measures());
            measures.add(Measure.one("memory-hub", hub.usage().pssKib() / 1024.0, "MiB", "PSS after the whole run"));
        }
    }

    /** Starts the hub again and again; the last one stays. */
    private Program starts(int port) throws IOException, InterruptedException {
        Path config = Plans.hub(bench, port);
        List<Double> ready = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        while (true) {
            say("starting the hub, " + (ready.size() + 1) + " of " + bench.rounds());
            Program hub = Program.start(bench, "central-hub", "run", "--config=" + config);
            ready.add(hub.awaitReady(port));
            cpu.add(hub.usage().cpuMillis());
            if (ready.size() == bench.rounds()) {
                tellStart("hub", ready, cpu, "until /readyz says 200, no AOT cache, the first with an empty folder");
                return hub;
            }
            hub.close();
        }
    }

    private void tellStart(String program, List<Double> ready, List<Double> cpu, String conditions) {
        measures.add(Measure.median("start-" + program, "ms", ready, conditions));
        measures.add(Measure.median("start-cpu-" + program, "ms CPU", cpu, conditions));
    }

    private void watch(Field field, Program hub, int port, int cameras, CameraCosts costs)
            throws IOException, InterruptedException, MqttException {
        int sensors = 2 * COUNTED;
        int ops = Bench.freePort();
        Path config =
                Plans.edge(bench, new Plans.Edge(port, ops, field.rtsp(), field.mqtt(), cameras, sensors, "auto"));
        if (cameras == FEW) {
            startsOfAgent(config, ops);
        }
        try (Program agent = Program.start(bench, "edge-agent", "run", "--config=" + config)) {
            agent.awaitReady(ops);
            say("watching " + cameras + " cameras");
            agent.await("all cameras stream", () -> Metrics.of(ops).sum("edge_stream_up{") >= cameras);
            costs.measure(cameras, agent, ops, field.program());
            if (cameras == FEW) {
                say("sensors become tickets");
                sensors(port, field.mqtt(), hub);
            }
        }
    }

    /** Until it is ready, and until its vision worker is too. */
    private void startsOfAgent(Path config, int ops) throws IOException, InterruptedException {
        List<Double> ready = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        List<Double> vision = new ArrayList<>();
        for (int round = 0; round < bench.rounds(); round++) {
            say("starting the agent, " + (round + 1) + " of " + bench.rounds());
            try (Program agent = Program.start(bench, "edge-agent", "run", "--config=" + config)) {
                ready.add(agent.awaitReady(ops));
                cpu.add(agent.usage().cpuMillis());
                vision.add(agent.await("vision", () -> Metrics.of(ops).sum("edge_vision_ready_workers") >= 1));
            }
        }
        tellStart(
                "agent", ready, cpu, "8 cameras, until /readyz says 200, no AOT cache, the first with an empty folder");
        measures.add(
                Measure.median("start-agent-with-worker", "ms", vision, "8 cameras, until a vision worker is ready"));
    }

    private void sensors(int port, int mqtt, Program hub) throws IOException, InterruptedException, MqttException {
        double hubBefore = hub.usage().cpuMillis();
        SensorDelay.Stretch stretch = new SensorDelay.Stretch(COUNTED, PER_SECOND);
        List<List<Double>> delays = new ArrayList<>();
        try (SensorDelay delay = new SensorDelay(port, mqtt, 2 * COUNTED)) {
            for (int i = 0; i < 2; i++) {
                delays.add(delay.alarm(stretch).stream()
                        .map(SensorDelay.Way::whole)
                        .toList());
            }
        }
        double cpu = (hub.usage().cpuMillis() - hubBefore) / (2 * COUNTED);
        tellDelays("sensor-to-ticket-young", delays.getFirst(), "the first of programs that have just been started");
        tellDelays("sensor-to-ticket", delays.getLast(), "after 240 others");
        measures.add(Measure.one("cpu-hub-per-ticket", cpu, "ms CPU", "480 new tickets at 10 a second, young JVM"));
    }

    private void tellDelays(String id, List<Double> millis, String which) throws IOException {
        if (millis.isEmpty()) {
            throw new IOException("no smoke became a ticket");
        }
        String conditions = "8 cameras watched, 10 a second, each sensor once, edge and hub commit with fsync; of "
                + COUNTED + " published " + millis.size() + " were seen; " + which;
        measures.add(Measure.rank(id + "-p50", 0.5, "ms", millis, conditions));
        measures.add(Measure.rank(id + "-p99", 0.99, "ms", millis, conditions));
        Files.writeString(
                bench.work().resolve(id + "-ms.txt"),
                millis.stream().map(String::valueOf).collect(Collectors.joining("\n", "", "\n")));
    }

    private static void say(String what) {
        System.err.println(what + " ...");
    }

    private void report(String commit) throws IOException {
        System.out.printf("%-44s %10s %-10s %10s %10s %6s%n", "measure", "value", "unit", "least", "greatest", "n");
        measures.forEach(measure -> System.out.println(measure.row()));
        String machine = Bench.machine();
        String size = bench.isQuick() ? "quick; " : "";
        List<String> lines = measures.stream()
                .map(measure -> measure.with(size + measure.conditions()).json(commit, machine))
                .toList();
        lines.forEach(System.out::println);
        Files.write(bench.work().resolve("measures.jsonl"), lines);
    }
}
