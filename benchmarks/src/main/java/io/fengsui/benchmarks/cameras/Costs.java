package io.fengsui.benchmarks.cameras;

import static io.fengsui.benchmarks.cameras.Parts.PEERS;
import static io.fengsui.benchmarks.cameras.Parts.VARIABLE;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.benchmarks.cameras.Line.Reach;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a camera costs, in processor time and memory, and how that grows with their number. */
final class Costs {
    private static final List<String> QUIET = List.of("quiet");
    private static final List<String> QUIET_NIGHT = List.of("quiet-cbr");

    private static final int GOAL = 1500;
    private static final int PEER_CAMERAS = 40;
    private static final double KB_A_KIB = 1.024;

    private final Effort effort;
    /** What is the same in all measures. */
    private final String standard;

    private final Trials trials;

    /** Runs a trial, or reads its raw numbers when it has been run before. */
    interface Trials {
        JsonNode trial(String system, List<String> classes, int cameras) throws IOException, InterruptedException;
    }

    Costs(Effort effort, String standard, Trials trials) {
        this.effort = effort;
        this.standard = standard;
        this.trials = trials;
    }

    /** Few, and as many as a box is to watch: what all share is shared by more there. */
    private int[] idleCameras() {
        return effort.isQuick() ? new int[] {100} : new int[] {300, GOAL};
    }

    List<Line> idle() throws IOException, InterruptedException {
        List<Line> lines = new ArrayList<>();
        Map<String, Double> peers = peers("cpu", 1);
        for (int cameras : idleCameras()) {
            JsonNode trusted = trials.trial("auto", QUIET, cameras);
            String id = "P4-trusted-at-" + cameras;
            String of = nothingMoves(cameras);
            lines.add(Line.one(id, cpu(trusted), "ms/cam-s", Reach.atMost(0.35), of + split(trusted))
                    .beside(peers));
            lines.add(Line.one(
                    "P4-generator-at-" + cameras, trusted.path("cpuLoad").asDouble(), "ms/cam-s", null, of));
            splitOf(trusted)
                    .forEach((name, value) -> lines.add(Line.one(id + "-" + name, value, "ms/cam-s", null, of)));
        }
        if (!effort.isQuick()) {
            int cameras = idleCameras()[0];
            JsonNode untrusted = trials.trial("auto", QUIET_NIGHT, cameras);
            String of = nothingMoves(cameras);
            String night = of + "constant rate in the noise of a night; " + split(untrusted);
            lines.add(Line.one("P4-untrusted", cpu(untrusted), "ms/cam-s", Reach.atMost(1.8), night));
            splitOf(untrusted)
                    .forEach((name, value) -> lines.add(Line.one("P4-untrusted-" + name, value, "ms/cam-s", null, of)));
        }
        return lines;
    }

    private String nothingMoves(int cameras) {
        return standard + "nothing moves, " + cameras + " cameras; peers "
                + (effort.isQuick() ? PEER_CAMERAS + ", vbr; " : PEER_CAMERAS + "; ");
    }

    /** A figure of each peer, times a factor. */
    private Map<String, Double> peers(String figure, double factor) throws IOException, InterruptedException {
        Map<String, Double> peers = new TreeMap<>();
        for (String peer : PEERS) {
            JsonNode numbers = trials.trial(peer, effort.isQuick() ? VARIABLE : QUIET, PEER_CAMERAS);
            peers.put(peer, numbers.path(figure).asDouble() * factor);
        }
        return peers;
    }

    static double cpu(JsonNode numbers) {
        return numbers.path("cpu").asDouble();
    }

    /** The worker's CPU, shared out as its clocks have decoding and inferring; a tier-0 gate is part of receiving. */
    private static Map<String, Double> splitOf(JsonNode numbers) {
        JsonNode parts = numbers.path("parts");
        double decode = parts.path("#edge_decode_seconds_sum").asDouble();
        double infer = parts.path("#edge_inference_seconds_sum").asDouble();
        double worker = parts.path("worker").asDouble();
        double clocks = Math.max(1e-9, decode + infer);
        double cameraSeconds = numbers.path("seconds").asDouble()
                * Math.max(1, numbers.path("cameras").asInt());
        // A worker that does nothing else than its jobs has these as CPU; what is more is its own running.
        double share = Math.min(1, clocks * 1000 / cameraSeconds / Math.max(1e-9, worker));
        Map<String, Double> split = new TreeMap<>();
        split.put("receive-and-tier0", parts.path("receive").asDouble());
        split.put("decode", worker * share * decode / clocks);
        split.put("infer", worker * share * infer / clocks);
        split.put("other", parts.path("other").asDouble() + worker * (1 - share));
        return split;
    }

    private static String split(JsonNode numbers) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%.0f cameras trusted; ms/cam-s:",
                numbers.path("parts").path("=edge_gate_trusted").asDouble()));
        splitOf(numbers).forEach((name, value) -> text.append(String.format(Locale.ROOT, " %s %.3f", name, value)));
        return text.toString();
    }

    List<Line> memory() throws IOException, InterruptedException {
        List<Line> lines = new ArrayList<>();
        double nothing = trials.trial("auto", QUIET, 0).path("pssKib").asDouble();
        Map<String, Double> peers = peers("pssKib", KB_A_KIB / PEER_CAMERAS);
        for (int cameras : idleCameras()) {
            JsonNode many = trials.trial("auto", QUIET, cameras);
            double ours = (many.path("pssKib").asDouble() - nothing) * KB_A_KIB / cameras;
            String conditions = standard + "agent and workers, PSS at " + cameras
                    + " less PSS at 0, after a collection; peers: PSS of " + PEER_CAMERAS + " over " + PEER_CAMERAS
                    + ", runtime included";
            lines.add(Line.one("P5-at-" + cameras, ours, "kB/camera", Reach.atMost(200), conditions)
                    .beside(peers));
        }
        return lines;
    }

    List<Line> growth() throws IOException, InterruptedException {
        List<Line> lines = new ArrayList<>();
        int few = effort.isQuick() ? 50 : 100;
        int many = effort.isQuick() ? 300 : 1000;
        Map<Integer, Double> costs = new TreeMap<>();
        double nothing = trials.trial("auto", QUIET, 0).path("cpu").asDouble();
        for (int cameras : effort.isQuick() ? new int[] {few, many} : new int[] {10, few, many}) {
            JsonNode numbers = trials.trial("auto", VARIABLE, cameras);
            costs.put(cameras, cpu(numbers));
            lines.add(Line.one(
                    "P11-cost-at-" + cameras,
                    cpu(numbers),
                    "ms/cam-s",
                    null,
                    standard + "vbr, 5 % active; " + split(numbers)));
        }
        double ratio = costs.getOrDefault(many, 0.0) / Math.max(1e-9, costs.getOrDefault(few, 0.0));
        String of = standard + "vbr, 5 % active; CPU a camera at " + many + " over that at " + few
                + String.format(Locale.ROOT, "; an agent without cameras takes %.1f ms/s", nothing);
        lines.add(Line.one("P11-cameras", ratio, "times", Reach.atMost(1.1), of));
        return lines;
    }
}
