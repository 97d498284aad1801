package io.fengsui.benchmarks.cameras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.benchmarks.cameras.load.LoadProcess;
import io.fengsui.benchmarks.cameras.load.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * One number of cameras, watched by one contender for a while.
 *
 * @param system auto, keyframe, every-5, all, blind: the agent with this gate; ffmpeg, grabber: a peer
 * @param classes of streams, in turn
 * @param round tells repetitions apart
 */
record Trial(String system, List<String> classes, int cameras, boolean isUdp, int warmUp, int window, int round) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long CONNECT_SECONDS = 240;
    private static final int HAPPENINGS_END = 3;
    private static final double SETTLING_SECONDS = 135;

    boolean isPeer() {
        return system.equals("ffmpeg") || system.equals("grabber");
    }

    /** The name of its file of raw numbers. */
    String key() {
        return system + "_" + String.join("+", classes) + "_" + cameras + (isUdp ? "_udp" : "") + "_" + warmUp + "+"
                + window + "s_" + round;
    }

    /** Its numbers; measured now if no earlier run kept them. */
    JsonNode result(Site site, Judge judge) throws IOException, InterruptedException {
        Path kept = Files.createDirectories(site.work().resolve("runs")).resolve(key() + ".json");
        if (!Files.exists(kept)) {
            System.err.printf("%s: %d cameras of %s for %d s ...%n", system, cameras, classes, warmUp + window);
            ObjectNode numbers = measure(site, judge);
            Files.writeString(kept, numbers.toPrettyString());
        }
        return JSON.readTree(kept.toFile());
    }

    private ObjectNode measure(Site site, Judge judge) throws IOException, InterruptedException {
        Path folder = site.work().resolve("trials").resolve(key());
        Files.createDirectories(folder);
        LoadProcess.Plan plan = new LoadProcess.Plan(site.library(), classes, List.of(), Math.max(1, cameras), isUdp);
        try (LoadProcess load = LoadProcess.start(site, plan, folder);
                Contender contender = start(site, folder, load.port())) {
            ObjectNode out = JSON.createObjectNode().put("key", key()).put("commit", site.commit());
            out.put("at", java.time.Instant.now().toString());
            double connecting = awaitStreaming(load, contender);
            out.put("connectSeconds", connecting);
            if (!contender.isAlive()) {
                System.err.println("it ended at once; look into " + folder);
                return out.put("alive", false).put("cameras", cameras);
            }
            // While cameras earn trust the box is full; what happens in the last quarter of that counts too.
            double judgedFrom = System.currentTimeMillis() / 1000.0 + Math.min(SETTLING_SECONDS, warmUp * 0.75);
            TimeUnit.SECONDS.sleep(warmUp);
            watch(load, contender, out);
            double judgedTo = System.currentTimeMillis() / 1000.0;
            TimeUnit.SECONDS.sleep(HAPPENINGS_END);
            contender.settle();
            out.put("pssKib", contender.tree().pssKib())
                    .put("pssOwnKib", contender.tree().ownPssKib());
            Judge.Window window = new Judge.Window(judgedFrom, judgedTo);
            out.set("judged", judge.judge(load.truth(), new ArrayList<>(contender.sightings()), window, cameras));
            return out;
        }
    }

    private Contender start(Site site, Path folder, int port) throws IOException, InterruptedException {
        return isPeer()
                ? PeerContender.start(site, folder, system, cameras, port)
                : FengsuiContender.start(site, folder, system, cameras, port);
    }

    /** Seconds until all cameras stream, or as many as ever will. */
    private double awaitStreaming(LoadProcess load, Contender contender) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (contender.isAlive() && load.stats().getOrDefault("streaming", 0.0) < cameras) {
            if (System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(CONNECT_SECONDS)) {
                break;
            }
            TimeUnit.MILLISECONDS.sleep(250);
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private void watch(LoadProcess load, Contender contender, ObjectNode out) throws IOException, InterruptedException {
        contender.settle();
        Map<String, Double> statsBefore = load.stats();
        // What the answer costs the agent belongs into no figure: asked before the CPU is read, and after at the end.
        Map<String, Double> before = new TreeMap<>(contender.counters());
        before.putAll(contender.parts());
        double loadBefore = load.tree().cpu();
        double cpuBefore = contender.tree().cpu();
        double machineBefore = Machine.busyMillis();
        long begun = System.nanoTime();
        TimeUnit.SECONDS.sleep(window);
        double seconds = (System.nanoTime() - begun) / 1e9;
        double cameraSeconds = Math.max(1, cameras) * seconds;
        out.put("seconds", seconds).put("cameras", cameras).put("alive", contender.isAlive());
        Map<String, Double> after = new TreeMap<>(contender.parts());
        out.put("cpu", (contender.tree().cpu() - cpuBefore) / cameraSeconds);
        out.put("cpuLoad", (load.tree().cpu() - loadBefore) / cameraSeconds);
        out.put("machineBusy", (Machine.busyMillis() - machineBefore) / (seconds * 1000 * Machine.cores()));
        after.putAll(contender.counters());
        ObjectNode parts = out.putObject("parts");
        after.forEach((name, value) -> {
            double more = value - before.getOrDefault(name, 0.0);
            double figure = name.startsWith("=") ? value : name.startsWith("#") ? more : more / cameraSeconds;
            parts.put(name, figure);
        });
        ObjectNode stats = out.putObject("load");
        load.stats()
                .forEach((name, value) -> stats.put(
                        name,
                        name.equals("viewers") || name.equals("streaming") || name.equals("late-ms")
                                ? value
                                : value - statsBefore.getOrDefault(name, 0.0)));
    }
}
