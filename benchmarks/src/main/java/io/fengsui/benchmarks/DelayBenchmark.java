package io.fengsui.benchmarks;

import io.fengsui.benchmarks.events.KafkaMiddle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * From a sensor's publish to its ticket in the hub's stream while hundreds a second come in and the detector is busy (P10), and then
 * what Kafka in the middle takes for less (see {@link KafkaMiddle}). Starts the real programs as processes. Arguments: the project's folder, the folder to write to, the commit; {@code --sensors=N},
 * {@code --rate=N}, {@code --cameras=N}, {@code --rounds=N}.
 */
public final class DelayBenchmark {
    /** Programs that have just been started: what is slow only once is not counted with what comes then. */
    private static final SensorDelay.Stretch FIRST = new SensorDelay.Stretch(1_000, 100);

    private final Options options;
    private final Map<String, Long> processes = new LinkedHashMap<>();
    private final List<Measure> measures = new ArrayList<>();

    /**
     * What is measured.
     *
     * @param sensors that alarm at the full pace, each once
     * @param rate of them a second
     * @param rounds of alarms and their ends by sensors that alarmed already, before the second half: programs that have been at it for
     *     so long are compiled
     * @param cameras each is looked at with every keyframe, every two seconds: 32 take together most of a core
     */
    private record Options(int sensors, int rate, int rounds, int cameras) {
        static Options of(List<String> arguments) {
            Options read = new Options(8_000, 500, 3, 32);
            for (String one : arguments) {
                int value = Integer.parseInt(one.substring(one.indexOf('=') + 1));
                read = switch (one.substring(0, one.indexOf('=') + 1)) {
                    case "--sensors=" -> new Options(value, read.rate(), read.rounds(), read.cameras());
                    case "--rate=" -> new Options(read.sensors(), value, read.rounds(), read.cameras());
                    case "--cameras=" -> new Options(read.sensors(), read.rate(), read.rounds(), value);
                    case "--rounds=" -> new Options(read.sensors(), read.rate(), value, read.cameras());
                    case String other -> throw new IllegalArgumentException("unknown argument: " + other);
                };
            }
            return read;
        }

        /** The first at the full pace, while much of the programs has not been compiled yet; then as many more. */
        SensorDelay.Stretch half() {
            return new SensorDelay.Stretch(sensors / 2, rate);
        }
    }

    private DelayBenchmark(Options options) {
        this.options = options;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException, MqttException {
        List<String> all = List.of(arguments);
        DelayBenchmark benchmark = new DelayBenchmark(Options.of(all.subList(3, all.size())));
        try {
            benchmark.run(Bench.of(Path.of(arguments[0]), Path.of(arguments[1]), false));
        } finally {
            benchmark.print(arguments[2]);
        }
    }

    private void print(String commit) throws IOException {
        for (Measure one : measures) {
            System.out.println(one.row());
        }
        String machine = Bench.machine();
        for (Measure one : measures) {
            System.out.println(one.json(commit, machine));
        }
    }

    private void run(Bench bench) throws IOException, InterruptedException, MqttException {
        int port = Bench.freePort();
        int ops = Bench.freePort();
        try (Field field = Field.start(bench, options.cameras());
                Mosquitto broker = Mosquitto.start(bench);
                Program hub = Program.start(bench, "central-hub", "run", "--config=" + Plans.hub(bench, port))) {
            hub.awaitReady(port);
            int sensors = FIRST.sensors() + 2 * options.half().sensors();
            Path config = Plans.edge(
                    bench,
                    new Plans.Edge(port, ops, field.rtsp(), broker.port(), options.cameras(), sensors, "keyframe"));
            try (Program agent = Program.start(bench, "edge-agent", "run", "--config=" + config)) {
                agent.awaitReady(ops);
                agent.await("all cameras stream", () -> Metrics.of(ops).sum("edge_stream_up{") >= options.cameras());
                agent.await("the broker is there", () -> Metrics.of(ops).sum("edge_mqtt_connected{") >= 1);
                processes.put("agent", agent.pid());
                processes.put("hub", hub.pid());
                processes.put("broker", broker.pid());
                processes.put("load", ProcessHandle.current().pid());
                processes.put("cameras", field.program().pid());
                OptionalLong worker = agent.child();
                if (worker.isPresent()) {
                    processes.put("detector", worker.getAsLong());
                }
                measure(bench, agent, port, ops, broker.port(), sensors);
            }
        }
    }

    private void measure(Bench bench, Program agent, int hub, int ops, int mqtt, int sensors)
            throws IOException, InterruptedException, MqttException {
        try (SensorDelay delay = new SensorDelay(hub, mqtt, sensors)) {
            stretch(delay, FIRST, "P10-first", "the first of programs that have just been started");
            keep(bench, "first", hub, ops);
            stretch(delay, options.half(), "P10-young", "the first half, of programs that had seen 1,000");
            keep(bench, "young", hub, ops);
            System.err.println(options.rounds() + " rounds of the same sensors ...");
            delay.again(options.rounds(), options.rate());
            agent.await("nothing waits", () -> Metrics.of(ops).sum("edge_spool_depth_records{") == 0);
            keep(bench, "rounds", hub, ops);
            stretch(delay, options.half(), "P10-warm", "the second half, after " + options.rounds() + " rounds");
            keep(bench, "warm", hub, ops);
        }
        kafka(mqtt);
    }

    /** The peer, at the same pace, beside the same detector. */
    private void kafka(int mqtt) throws IOException, InterruptedException, MqttException {
        System.err.println("P10-kafka: the same through Kafka ...");
        try (KafkaMiddle kafka = KafkaMiddle.start(mqtt)) {
            kafka.alarm(FIRST.sensors(), FIRST.perSecond());
            SensorDelay.Stretch half = options.half();
            for (int i = 0; i < options.rounds(); i++) {
                kafka.alarm(half.sensors(), half.perSecond());
            }
            List<Double> millis = kafka.alarm(half.sensors(), half.perSecond());
            String conditions = String.format(
                    Locale.ROOT,
                    "%d alarms a second from the broker through Kafka (acks=all, flushed) to a row in SQLite, after %d of"
                            + " them; the detector as busy as before; of %d published %d were stored",
                    half.perSecond(),
                    FIRST.sensors() + options.rounds() * half.sensors(),
                    half.sensors(),
                    millis.size());
            measures.add(Measure.rank("P10-kafka-p50", 0.5, "ms", millis, conditions));
            measures.add(Measure.rank("P10-kafka-p99", 0.99, "ms", millis, conditions));
        } catch (ExecutionException e) {
            throw new IOException("Kafka does not start", e);
        }
    }

    /** What the programs tell of themselves. */
    private static void keep(Bench bench, String when, int hub, int ops) throws IOException, InterruptedException {
        Files.writeString(
                bench.fresh("hub-" + when + ".metrics"), Metrics.of(hub).text());
        Files.writeString(
                bench.fresh("agent-" + when + ".metrics"), Metrics.of(ops).text());
    }

    private void stretch(SensorDelay delay, SensorDelay.Stretch stretch, String id, String which)
            throws IOException, InterruptedException, MqttException {
        System.err.println(id + ": " + stretch.sensors() + " alarms, " + stretch.perSecond() + " a second ...");
        Map<String, Double> before = cpu();
        long begun = System.nanoTime();
        List<SensorDelay.Way> ways = delay.alarm(stretch);
        double millis = (System.nanoTime() - begun) / 1e6;
        if (ways.isEmpty()) {
            throw new IOException("no smoke became a ticket");
        }
        Map<String, Double> used = cpu();
        used.replaceAll((name, after) -> after - before.getOrDefault(name, 0.0));
        String conditions = String.format(
                Locale.ROOT,
                "%d new tickets a second, %s; edge and hub commit with fsync; detector of %d cameras at %.0f %% of a core;"
                        + " of %d published %d were seen",
                stretch.perSecond(),
                which,
                options.cameras(),
                100 * used.getOrDefault("detector", 0.0) / millis,
                stretch.sensors(),
                ways.size());
        rank(id, ways, SensorDelay.Way::whole, conditions);
        rank(id + "-to-edge", ways, SensorDelay.Way::toEdge, conditions);
        rank(id + "-edge-to-hub", ways, SensorDelay.Way::toHub, conditions);
        rank(id + "-hub-to-reader", ways, SensorDelay.Way::toReader, conditions);
        used.forEach((name, cpu) -> measures.add(
                Measure.one(id + "-cpu-" + name, cpu / stretch.sensors(), "ms CPU", "a ticket; " + conditions)));
    }

    private void rank(
            String id, List<SensorDelay.Way> ways, ToDoubleFunction<SensorDelay.Way> part, String conditions) {
        List<Double> millis = ways.stream().map(part::applyAsDouble).toList();
        measures.add(Measure.rank(id + "-p50", 0.5, "ms", millis, conditions));
        measures.add(Measure.rank(id + "-p99", 0.99, "ms", millis, conditions));
    }

    /** Milliseconds that each process has used so far. */
    private Map<String, Double> cpu() throws IOException {
        Map<String, Double> used = new LinkedHashMap<>();
        for (Map.Entry<String, Long> process : processes.entrySet()) {
            try {
                used.put(process.getKey(), Usage.cpuMillis(process.getValue()));
            } catch (NoSuchFileException e) {
                // The agent puts another worker in the place of one that does not answer, as on a machine that is too
                // busy.
                System.err.println("no CPU time of " + process.getKey() + ": its process has ended");
            }
        }
        return used;
    }
}
