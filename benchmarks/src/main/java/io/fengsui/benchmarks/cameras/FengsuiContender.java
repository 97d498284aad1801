package io.fengsui.benchmarks.cameras;

import io.fengsui.benchmarks.cameras.load.ProcessTree;
import io.fengsui.benchmarks.cameras.load.Site;
import io.fengsui.benchmarks.cameras.load.Started;
import io.fengsui.benchmarks.cameras.sight.Sighting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The agent with its worker; without a hub, so that what it commits stays in its spool. */
final class FengsuiContender implements Contender {
    private static final HttpClient WEB = HttpClient.newHttpClient();

    private final Started agent;
    private final Path config;
    private final SpoolTail tail;
    private final int ops;

    private FengsuiContender(Started agent, Path config, SpoolTail tail, int ops) {
        this.agent = agent;
        this.config = config;
        this.tail = tail;
        this.ops = ops;
    }

    static FengsuiContender start(Site site, Path folder, String mode, int cameras, int rtsp)
            throws IOException, InterruptedException {
        int ops = Site.freePort();
        Path data = site.freshData(folder.toString());
        Path config = AgentPlan.write(site, folder, data, new AgentPlan.Watched(mode, cameras, rtsp, ops));
        List<String> command = new ArrayList<>(site.command("edge-agent"));
        command.addAll(List.of("run", "--config=" + config));
        Started agent = new Started(command, folder, folder.resolve("agent.log"));
        return new FengsuiContender(agent, config, new SpoolTail(data.resolve("spool.db")), ops);
    }

    /** The agent's configuration file, by which its commands find it. */
    Path config() {
        return config;
    }

    @Override
    public ProcessTree tree() {
        return agent.tree();
    }

    @Override
    public boolean isAlive() {
        while (agent.poll() != null) {
            // What it says on its output is not needed.
        }
        return agent.isAlive();
    }

    @Override
    public List<Sighting> sightings() {
        return tail.sightings();
    }

    /**
     * By thread: {@code net} receives and is the gate's first tier; the rest of the agent is "other". The worker's time is shared
     * out as its own clocks have it: decoding, which the gate's second tier is part of, and inferring.
     */
    @Override
    public Map<String, Double> parts() throws IOException {
        Map<String, Double> parts = new TreeMap<>();
        Map<String, Double> threads = agent.tree().cpuByThread();
        double own = agent.tree().ownCpu();
        double net = threads.getOrDefault("net", 0.0);
        parts.put("receive", net);
        parts.put("other", own - net);
        parts.put("worker", agent.tree().cpu() - own);
        return parts;
    }

    @Override
    public Map<String, Double> counters() throws IOException, InterruptedException {
        Map<String, Double> counters = new TreeMap<>();
        String metrics = metrics();
        for (String name : List.of(
                "edge_decode_seconds_sum",
                "edge_inference_seconds_sum",
                "edge_inference_seconds_count",
                "edge_stream_lost_packets_total",
                "edge_stream_frames_total",
                "edge_vision_decoded_frames_total",
                "edge_gate_awake_seconds_total",
                "edge_gate_watched_seconds_total",
                "edge_gate_audits_total",
                "edge_gate_missed_total",
                "edge_vision_inferred_frames_total",
                "edge_looks_dropped_total")) {
            counters.put("#" + name, sum(metrics, name));
        }
        // A state, not a sum: cameras whose sizes are trusted at this moment.
        counters.put("=edge_gate_trusted", sum(metrics, "edge_gate_trusted"));
        return counters;
    }

    String metrics() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ops + "/metrics"))
                .build();
        try {
            return WEB.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "";
        }
    }

    static double sum(String metrics, String beginning) {
        return metrics.lines()
                .filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .filter(Double::isFinite)
                .sum();
    }

    @Override
    public void settle() throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        new ProcessBuilder(jcmd.toString(), Long.toString(agent.tree().pid()), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        agent.close();
        tail.close();
    }
}
