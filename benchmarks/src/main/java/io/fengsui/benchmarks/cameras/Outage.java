package io.fengsui.benchmarks.cameras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.benchmarks.cameras.load.LoadProcess;
import io.fengsui.benchmarks.cameras.load.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The power of a whole site fails and comes back, but for a few cameras: how long until 99 % of the living ones stream again. */
final class Outage {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_SECONDS = 300;
    private static final int DEAD = 10;
    /** A stream has to last a while before it counts as a success and the pause after failures is short again. */
    private static final int BEFORE_SECONDS = 35;

    private static final int QUICK_BEFORE_SECONDS = 10;

    private final Site site;
    private final Effort effort;

    Outage(Site site, Effort effort) {
        this.site = site;
        this.effort = effort;
    }

    /** Seconds until 99 % stream, from the moment the power is back; kept as a file like the trials. */
    JsonNode result(int cameras, int seconds) throws IOException, InterruptedException {
        String key = "outage_" + cameras + "_" + seconds + "s";
        Path kept = Files.createDirectories(site.work().resolve("runs")).resolve(key + ".json");
        if (!Files.exists(kept)) {
            System.err.printf("the power of %d cameras fails for %d s ...%n", cameras, seconds);
            Files.writeString(kept, measure(key, cameras, seconds).toPrettyString());
        }
        return JSON.readTree(kept.toFile());
    }

    private ObjectNode measure(String key, int cameras, int seconds) throws IOException, InterruptedException {
        Path folder = site.work().resolve("trials").resolve(key);
        Files.createDirectories(folder);
        LoadProcess.Plan plan = new LoadProcess.Plan(site.library(), List.of("quiet"), List.of(), cameras, false);
        try (LoadProcess load = LoadProcess.start(site, plan, folder);
                Contender agent = FengsuiContender.start(site, folder, "auto", cameras, load.port())) {
            ObjectNode out = JSON.createObjectNode().put("key", key).put("commit", site.commit());
            out.put("firstSeconds", until(load, cameras));
            TimeUnit.SECONDS.sleep(effort.isQuick() ? QUICK_BEFORE_SECONDS : BEFORE_SECONDS);
            double cpu = agent.tree().cpu();
            load.cut(seconds, DEAD);
            TimeUnit.SECONDS.sleep(seconds);
            double back = until(load, (int) Math.ceil((cameras - DEAD) * 0.99));
            out.put("cameras", cameras)
                    .put("dead", DEAD)
                    .put("outageSeconds", seconds)
                    .put("backSeconds", back);
            out.put("allSeconds", back + until(load, cameras - DEAD));
            out.put("cpuMillis", agent.tree().cpu() - cpu).put("alive", agent.isAlive());
            return out;
        }
    }

    /** Seconds from now until so many stream. */
    private static double until(LoadProcess load, int wanted) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (load.stats().getOrDefault("streaming", 0.0) < wanted) {
            if (System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                return Double.POSITIVE_INFINITY;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return (System.nanoTime() - begun) / 1e9;
    }
}
