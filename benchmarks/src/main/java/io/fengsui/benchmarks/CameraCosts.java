package io.fengsui.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What an agent that watches quiet cameras costs: CPU time, heap after a collection, memory of the processes. */
final class CameraCosts {
    /** What one number of cameras cost. */
    private record Costs(int cameras, double heapKib, double pssKib, double workerPssKib) {}

    private final Bench bench;
    private final List<Measure> measures = new ArrayList<>();
    private final List<Costs> costs = new ArrayList<>();

    CameraCosts(Bench bench) {
        this.bench = bench;
    }

    /** Watches a running agent for a while. */
    void measure(int cameras, Program agent, int ops, Program field) throws IOException, InterruptedException {
        TimeUnit.SECONDS.sleep(bench.warmUpSeconds());
        agent.collectGarbage();
        Snapshot before = Snapshot.take(agent, ops, field);
        TimeUnit.SECONDS.sleep(bench.windowSeconds());
        Snapshot after = Snapshot.take(agent, ops, field);
        agent.collectGarbage();
        double heapKib = Metrics.of(ops).sum("jvm_memory_used_bytes{area=\"heap\"") / 1024;
        Costs now = new Costs(
                cameras, heapKib, agent.usage().pssKib(), agent.childUsage().pssKib());
        costs.add(now);
        tell(now, before, after);
    }

    private void tell(Costs now, Snapshot before, Snapshot after) {
        double seconds = (after.nanos() - before.nanos()) / 1e9;
        double frames = (after.frames() - before.frames()) / seconds;
        double looks = (after.looks() - before.looks()) / seconds;
        String conditions = String.format(
                java.util.Locale.ROOT,
                "640x360@15, nothing moves, gate auto, nanodet-g at 416x416, %.0f s, %.1f frames/s received, %.1f looks/s",
                seconds,
                frames,
                looks);
        String at = "-at-" + now.cameras();
        add("memory-agent" + at, now.pssKib() / 1024, "MiB", conditions);
        add("memory-worker" + at, now.workerPssKib() / 1024, "MiB", conditions);
        add("heap-agent" + at, now.heapKib() / 1024, "MiB", conditions);
        if (now.cameras() == 0) {
            add("cpu-agent" + at, (after.agent() - before.agent()) / seconds, "ms/s", conditions);
            return;
        }
        double cameraSeconds = seconds * now.cameras();
        add("cpu-agent" + at, (after.agent() - before.agent()) / cameraSeconds, "ms/cam-s", conditions);
        add("cpu-worker" + at, (after.worker() - before.worker()) / cameraSeconds, "ms/cam-s", conditions);
        add("cpu-field-sim" + at, (after.field() - before.field()) / cameraSeconds, "ms/cam-s", conditions);
        Costs first = costs.getFirst();
        if (first.cameras() < now.cameras()) {
            int more = now.cameras() - first.cameras();
            String share = "what " + now.cameras() + " cameras took more than " + first.cameras() + ", a camera; ";
            add("heap-per-camera" + at, (now.heapKib() - first.heapKib()) / more, "KiB", share + conditions);
            add(
                    "native-per-camera" + at,
                    (now.pssKib() - now.heapKib() - first.pssKib() + first.heapKib()) / more,
                    "KiB",
                    share + "PSS without used heap, so with heap that is committed and empty; " + conditions);
            add("memory-per-camera" + at, (now.pssKib() - first.pssKib()) / more, "KiB", share + conditions);
        }
    }

    private void add(String id, double value, String unit, String conditions) {
        measures.add(Measure.one(id, value, unit, conditions));
    }

    List<Measure> measures() {
        return measures;
    }

    /** Counters at one moment; CPU in milliseconds. */
    private record Snapshot(long nanos, double agent, double worker, double field, double frames, double looks) {
        static Snapshot take(Program agent, int ops, Program field) throws IOException, InterruptedException {
            Metrics metrics = Metrics.of(ops);
            return new Snapshot(
                    System.nanoTime(),
                    agent.usage().cpuMillis(),
                    agent.childUsage().cpuMillis(),
                    field.usage().cpuMillis(),
                    metrics.sum("edge_stream_frames_total"),
                    metrics.sum("edge_inference_seconds_count"));
        }
    }
}
