package io.fengsui.benchmarks.cameras;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.benchmarks.cameras.Line.Reach;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What is measured for each of the measures, and how its figure is made of the raw numbers. */
final class Parts {
    private static final List<String> VARIABLE = List.of("vbr");
    private static final List<String> CONSTANT = List.of("cbr", "cbr-night");
    private static final List<String> QUIET = List.of("quiet");
    private static final List<String> QUIET_NIGHT = List.of("quiet-cbr");
    private static final List<String> ALL =
            List.of("vbr", "vbr-grain", "vbr-night", "cbr", "cbr-grain", "cbr-night", "long-gop", "h265");
    private static final List<String> PEERS = List.of("ffmpeg", "grabber");
    private static final String STANDARD = "640x360@15, nanodet-g at 320x192, interleaved, packet by packet; ";
    /** More processes than these do not fit the memory of the machine that this is made for. */
    private static final int MOST_PEERS = 300;

    private final Site site;
    private final Effort effort;
    private final Judge judge;
    private final Capacity capacity;

    Parts(Site site, Effort effort) {
        this.site = site;
        this.effort = effort;
        this.judge = new Judge(new Reference(site));
        this.capacity = new Capacity(site, judge, effort);
    }

    List<Line> measure(String part) throws IOException, InterruptedException {
        return switch (part) {
            case "P1" -> cameras("P1", VARIABLE, 1500, effort.isQuick() ? 100 : 1000);
            case "P2" -> cameras("P2", CONSTANT, 600, effort.isQuick() ? 200 : 400);
            case "P3" -> honesty();
            case "P4" -> idle();
            case "P5" -> memory();
            case "P6" -> outage();
            case "P7" -> delay();
            case "P11" -> growth();
            default -> modes();
        };
    }

    private JsonNode trial(String system, List<String> classes, int cameras) throws IOException, InterruptedException {
        boolean isPeer = PEERS.contains(system);
        return new Trial(
                        system,
                        classes,
                        cameras,
                        false,
                        isPeer ? effort.peerWarmUp() : effort.warmUp(),
                        effort.window(),
                        1)
                .result(site, judge);
    }

    private List<Line> cameras(String id, List<String> classes, int reach, int first)
            throws IOException, InterruptedException {
        Capacity.Found ours = capacity.of("auto", classes, first, 3000);
        Map<String, Double> peers = new TreeMap<>();
        StringBuilder tried = new StringBuilder("auto: " + String.join(", ", ours.tried()));
        if (!effort.isQuick() || id.equals("P1")) {
            for (String peer : PEERS) {
                Capacity.Found found = capacity.of(peer, classes, effort.isQuick() ? 40 : 100, MOST_PEERS);
                peers.put(peer, (double) found.holds());
                tried.append("; ").append(peer).append(": ").append(String.join(", ", found.tried()));
            }
        }
        double greatest = ours.fails() == null ? ours.holds() : ours.fails();
        String conditions =
                STANDARD + String.join("+", classes) + ", 5 % active, generator on the same cores; " + tried;
        return List.of(
                new Line(id, ours.holds(), "cameras", ours.holds(), greatest, peers, Reach.atLeast(reach), conditions));
    }

    private int idleCameras() {
        return effort.isQuick() ? 100 : 300;
    }

    private List<Line> idle() throws IOException, InterruptedException {
        List<Line> lines = new ArrayList<>();
        int cameras = idleCameras();
        JsonNode trusted = trial("auto", QUIET, cameras);
        Map<String, Double> peers = new TreeMap<>();
        for (String peer : PEERS) {
            peers.put(
                    peer,
                    trial(peer, effort.isQuick() ? VARIABLE : QUIET, 40)
                            .path("cpu")
                            .asDouble());
        }
        String of =
                STANDARD + "nothing moves, " + cameras + " cameras; peers 40" + (effort.isQuick() ? ", vbr; " : "; ");
        lines.add(Line.one("P4-trusted", cpu(trusted), "ms/cam-s", Reach.atMost(0.35), of + split(trusted))
                .beside(peers));
        lines.add(Line.one("P4-generator", trusted.path("cpuLoad").asDouble(), "ms/cam-s", null, of));
        splitOf(trusted)
                .forEach((name, value) -> lines.add(Line.one("P4-trusted-" + name, value, "ms/cam-s", null, of)));
        if (!effort.isQuick()) {
            JsonNode untrusted = trial("auto", QUIET_NIGHT, cameras);
            String night = of + "constant rate in the noise of a night; " + split(untrusted);
            lines.add(Line.one("P4-untrusted", cpu(untrusted), "ms/cam-s", Reach.atMost(1.8), night));
            splitOf(untrusted)
                    .forEach((name, value) -> lines.add(Line.one("P4-untrusted-" + name, value, "ms/cam-s", null, of)));
        }
        return lines;
    }

    private static double cpu(JsonNode numbers) {
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

    private List<Line> memory() throws IOException, InterruptedException {
        int cameras = idleCameras();
        double nothing = trial("auto", QUIET, 0).path("pssKib").asDouble();
        JsonNode many = trial("auto", QUIET, cameras);
        double ours = (many.path("pssKib").asDouble() - nothing) * 1.024 / cameras;
        Map<String, Double> peers = new TreeMap<>();
        for (String peer : PEERS) {
            peers.put(
                    peer,
                    trial(peer, effort.isQuick() ? VARIABLE : QUIET, 40)
                                    .path("pssKib")
                                    .asDouble()
                            * 1.024
                            / 40);
        }
        String conditions = STANDARD + "agent and workers, PSS at " + cameras + " less PSS at 0, after a collection;"
                + " peers: PSS of 40 over 40, runtime included";
        return List.of(
                Line.one("P5", ours, "kB/camera", Reach.atMost(200), conditions).beside(peers));
    }

    private List<Line> honesty() throws IOException, InterruptedException {
        int cameras = effort.isQuick() ? 96 : 320;
        int window = effort.isQuick() ? 25 : 240;
        Trial trial = new Trial("auto", ALL, cameras, false, effort.warmUp(), window, 1);
        JsonNode numbers = trial.result(site, judge);
        List<Line> lines = new ArrayList<>();
        String of = STANDARD + cameras + " cameras, all classes, " + window + " s; against decoding every picture";
        JsonNode judged = numbers.path("judged");
        lines.add(share("P3-found", judged.path("all"), "found", "findable", 99, of));
        lines.add(share("P3-seconds", judged.path("all"), "secondsSeen", "seconds", 0, of));
        Map<String, int[]> byKind = new TreeMap<>();
        judged.path("classes").properties().forEach(entry -> {
            int[] sums = byKind.computeIfAbsent(entry.getKey().replaceAll("/.*", ""), k -> new int[2]);
            sums[0] += entry.getValue().path("found").asInt();
            sums[1] += entry.getValue().path("findable").asInt();
            lines.add(share("P3-found-" + entry.getKey(), entry.getValue(), "found", "findable", 0, of));
        });
        double worst = byKind.values().stream()
                .mapToDouble(s -> s[1] == 0 ? 100 : 100.0 * s[0] / s[1])
                .min()
                .orElse(0);
        lines.add(Line.one("P3-worst-class", worst, "%", Reach.atLeast(97), of));
        double frames = numbers.path("parts").path("#edge_stream_frames_total").asDouble();
        double decoded =
                numbers.path("parts").path("#edge_vision_decoded_frames_total").asDouble();
        lines.add(Line.one("P3-decoded-share", 100 * decoded / Math.max(1, frames), "%", null, of));
        double watched =
                numbers.path("parts").path("#edge_gate_watched_seconds_total").asDouble();
        double awake =
                numbers.path("parts").path("#edge_gate_awake_seconds_total").asDouble();
        lines.add(Line.one("P3-awake", 100 * awake / Math.max(1e-9, watched), "%", Reach.atMost(10), of));
        double audits = numbers.path("parts").path("#edge_gate_audits_total").asDouble();
        double unseen = numbers.path("parts").path("#edge_gate_missed_total").asDouble();
        lines.add(Line.one(
                "P3-audit-missed",
                100 * unseen / Math.max(1, audits),
                "%",
                null,
                of + ", " + (int) audits + " audits"));
        double days = judged.path("cameraSeconds").asDouble() / 86_400;
        lines.add(Line.one("P3-false-alarms", judged.path("falseAlarms").asInt() / days, "a camera-day", null, of));
        return lines;
    }

    private static Line share(String id, JsonNode tally, String part, String whole, double reach, String of) {
        int n = tally.path(whole).asInt();
        double value = n == 0 ? 100 : 100.0 * tally.path(part).asInt() / n;
        String conditions = of + ", " + tally.path(part).asInt() + " of " + n;
        return Line.one(id, value, "%", reach > 0 ? Reach.atLeast(reach) : null, conditions);
    }

    private List<Line> outage() throws IOException, InterruptedException {
        List<Line> lines = new ArrayList<>();
        int cameras = effort.isQuick() ? 200 : 1000;
        JsonNode brief = new Outage(site, effort).result(cameras, 4);
        String of = STANDARD + cameras + " cameras, 10 of them dead; from the power's return until 99 % stream";
        lines.add(
                Line.one("P6-brief", brief.path("backSeconds").asDouble(), "s", Reach.atMost(5), of + ", out for 4 s"));
        if (!effort.isQuick()) {
            JsonNode ten = new Outage(site, effort).result(cameras, 600);
            lines.add(Line.one(
                    "P6-long", ten.path("backSeconds").asDouble(), "s", Reach.atMost(60), of + ", out for 600 s"));
        }
        return lines;
    }

    private List<Line> delay() throws IOException, InterruptedException {
        int cameras = effort.isQuick() ? 100 : 1000;
        JsonNode auto = trial("auto", VARIABLE, cameras).path("judged");
        String of = STANDARD + "vbr, 5 % active, " + cameras
                + " cameras; from the first changed picture sent to the event on disk; ";
        List<Line> lines = new ArrayList<>();
        String sudden =
                of + "who steps out of a door; n = " + auto.path("suddenDelays").size();
        lines.add(Line.one("P7-p50", rank(auto.path("suddenDelays"), 0.5), "s", Reach.atMost(0.35), sudden));
        lines.add(Line.one("P7-p95", rank(auto.path("suddenDelays"), 0.95), "s", null, sudden));
        lines.add(Line.one("P7-p99", rank(auto.path("suddenDelays"), 0.99), "s", Reach.atMost(2.3), sudden));
        String any =
                of + "all, also who walks in slowly; n = " + auto.path("delays").size();
        lines.add(Line.one("P7-all-p50", rank(auto.path("delays"), 0.5), "s", null, any));
        lines.add(Line.one("P7-all-p99", rank(auto.path("delays"), 0.99), "s", null, any));
        return lines;
    }

    private static double rank(JsonNode sorted, double part) {
        return sorted.isEmpty()
                ? Double.NaN
                : sorted.get((int) Math.ceil(part * sorted.size()) - 1).asDouble();
    }

    private List<Line> growth() throws IOException, InterruptedException {
        List<Line> lines = new ArrayList<>();
        int few = effort.isQuick() ? 50 : 100;
        int many = effort.isQuick() ? 300 : 1000;
        Map<Integer, Double> costs = new TreeMap<>();
        double nothing = trial("auto", QUIET, 0).path("cpu").asDouble();
        for (int cameras : effort.isQuick() ? new int[] {few, many} : new int[] {10, few, many}) {
            JsonNode numbers = trial("auto", VARIABLE, cameras);
            costs.put(cameras, cpu(numbers));
            lines.add(Line.one(
                    "P11-cost-at-" + cameras,
                    cpu(numbers),
                    "ms/cam-s",
                    null,
                    STANDARD + "vbr, 5 % active; " + split(numbers)));
        }
        double ratio = costs.getOrDefault(many, 0.0) / Math.max(1e-9, costs.getOrDefault(few, 0.0));
        String of = STANDARD + "vbr, 5 % active; CPU a camera at " + many + " over that at " + few
                + String.format(Locale.ROOT, "; an agent without cameras takes %.1f ms/s", nothing);
        lines.add(Line.one("P11-cameras", ratio, "times", Reach.atMost(1.1), of));
        return lines;
    }

    /** Every gate mode at the same numbers of cameras; those that do not hold say why. */
    private List<Line> modes() throws IOException, InterruptedException {
        List<Line> lines = new ArrayList<>();
        for (int cameras : effort.isQuick() ? new int[] {100} : new int[] {300, 1500}) {
            for (String mode : effort.isQuick() ? List.of("keyframe") : List.of("auto", "keyframe", "every-5", "all")) {
                lines.add(compared(mode, cameras));
            }
            for (String peer : PEERS) {
                if (cameras <= MOST_PEERS && !effort.isQuick()) {
                    lines.add(compared(peer, cameras));
                }
            }
        }
        return lines;
    }

    private Line compared(String system, int cameras) throws IOException, InterruptedException {
        JsonNode numbers = trial(system, VARIABLE, cameras);
        JsonNode all = numbers.path("judged").path("all");
        String why = Capacity.why(numbers);
        String conditions = STANDARD
                + String.format(
                        Locale.ROOT,
                        "vbr, 5 %% active; %s; %.2f %% of the pictures lost; found %d of %d; PSS %.0f MiB; delay p50 %.2f s,"
                                + " p99 %.2f s; both cores %.0f %% busy; %d false alarms",
                        why.isEmpty() ? "holds" : "does not hold: " + why,
                        100 * Capacity.lostPart(numbers),
                        all.path("found").asInt(),
                        all.path("findable").asInt(),
                        numbers.path("pssKib").asDouble() / 1024,
                        rank(numbers.path("judged").path("delays"), 0.5),
                        rank(numbers.path("judged").path("delays"), 0.99),
                        100 * numbers.path("machineBusy").asDouble(),
                        numbers.path("judged").path("falseAlarms").asInt());
        return Line.one("mode-" + system + "-" + cameras, cpu(numbers), "ms/cam-s", null, conditions);
    }
}
