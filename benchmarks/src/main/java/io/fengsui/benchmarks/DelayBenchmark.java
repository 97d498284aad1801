package io.fengsui.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * From a sensor's publish to its ticket in the hub's stream while hundreds a second come in and the detector is busy (P10). Starts
 * the real programs as processes. Arguments: the project's folder, the folder to write to, the commit.
 */
public final class DelayBenchmark {
    /** Each is looked at with every keyframe, every two seconds: together most of a core. */
    private static final int CAMERAS = 32;

    private static final int PER_SECOND = 500;
    /** With the counted ones as many sensors as an agent may have, nearly. */
    private static final SensorDelay.Stretch WARM_UP = new SensorDelay.Stretch(1_000, 100);

    private static final SensorDelay.Stretch COUNTED = new SensorDelay.Stretch(16 * PER_SECOND, PER_SECOND);

    private DelayBenchmark() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, MqttException {
        Bench bench = Bench.of(Path.of(arguments[0]), Path.of(arguments[1]), false);
        int port = Bench.freePort();
        int ops = Bench.freePort();
        try (Field field = Field.start(bench, CAMERAS);
                Mosquitto broker = Mosquitto.start(bench);
                Program hub = Program.start(bench, "central-hub", "run", "--config=" + Plans.hub(bench, port))) {
            hub.awaitReady(port);
            int sensors = WARM_UP.sensors() + COUNTED.sensors();
            Path config = Plans.edge(
                    bench, new Plans.Edge(port, ops, field.rtsp(), broker.port(), CAMERAS, sensors, "keyframe"));
            try (Program agent = Program.start(bench, "edge-agent", "run", "--config=" + config)) {
                agent.awaitReady(ops);
                agent.await("all cameras stream", () -> Metrics.of(ops).sum("edge_stream_up{") >= CAMERAS);
                agent.await("the broker is there", () -> Metrics.of(ops).sum("edge_mqtt_connected{") >= 1);
                measure(port, ops, broker.port()).forEach(one -> {
                    System.out.println(one.row());
                    System.out.println(one.json(arguments[2], machine()));
                });
            }
        }
    }

    private static String machine() {
        try {
            return Bench.machine();
        } catch (IOException e) {
            return "unknown: " + e.getMessage();
        }
    }

    private static List<Measure> measure(int hub, int ops, int mqtt)
            throws IOException, InterruptedException, MqttException {
        double looksBefore = Metrics.of(ops).sum("edge_vision_inferred_frames_total");
        long begun = System.nanoTime();
        List<Double> millis =
                new SensorDelay().run(hub, mqtt, List.of(WARM_UP, COUNTED)).getLast();
        double seconds = (System.nanoTime() - begun) / 1e9;
        double looks = (Metrics.of(ops).sum("edge_vision_inferred_frames_total") - looksBefore) / seconds;
        if (millis.isEmpty()) {
            throw new IOException("no smoke became a ticket");
        }
        String conditions = String.format(
                Locale.ROOT,
                "%d new tickets a second, edge and hub commit with fsync, %d cameras, %.1f looks of the detector a second;"
                        + " of %d published %d were seen",
                PER_SECOND,
                CAMERAS,
                looks,
                COUNTED.sensors(),
                millis.size());
        List<Measure> measures = new ArrayList<>();
        measures.add(Measure.rank("P10-p50", 0.5, "ms", millis, conditions));
        measures.add(Measure.rank("P10-p99", 0.99, "ms", millis, conditions));
        return measures;
    }
}
