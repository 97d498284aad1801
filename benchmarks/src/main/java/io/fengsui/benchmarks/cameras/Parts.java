package io.fengsui.benchmarks.cameras;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.benchmarks.cameras.Line.Reach;
import io.fengsui.benchmarks.cameras.load.Site;
import io.fengsui.benchmarks.cameras.sight.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is measured for each of the measures, and how its figure is made of the raw numbers. */
final class Parts {
    static final List<String> VARIABLE = List.of("vbr");
    private static final List<String> CONSTANT = List.of("cbr", "cbr-night");
    private static final List<String> ALL =
            List.of("vbr", "vbr-grain", "vbr-night", "cbr", "cbr-grain", "cbr-night", "long-gop", "h265");
    static final List<String> PEERS = List.of("ffmpeg", "grabber");
    /** More processes than these do not fit the memory of the machine that this is made for. */
    private static final int MOST_PEERS = 300;

    private final Site site;
    private final Effort effort;
    private final Judge judge;
    private final Capacity capacity;
    private final Costs costs;
    /** What is the same in all measures. */
    private final String standard;

    Parts(Site site, Effort effort) {
        this.site = site;
        this.effort = effort;
        this.judge = new Judge(new Reference(site));
        this.capacity = new Capacity(site, judge, effort);
        this.standard = "640x360@15, " + site.detector() + " at 320x192, interleaved, packet by packet; ";
        this.costs = new Costs(effort, standard, this::trial);
    }

    List<Line> measure(String part) throws IOException, InterruptedException {
        return switch (part) {
            case "P1" -> cameras("P1", VARIABLE, 1500, effort.isQuick() ? 100 : 1500);
            case "P2" -> cameras("P2", CONSTANT, 600, effort.isQuick() ? 200 : 600);
            case "P3" -> honesty();
            case "P4" -> costs.idle();
            case "P5" -> costs.memory();
            case "P6" -> outage();
            case "P7" -> delay();
            case "P11" -> costs.growth();
            case "faults" -> faults();
            case "swaps" -> swaps();
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
                standard + String.join("+", classes) + ", 5 % active, generator on the same cores; " + tried;
        return List.of(
                new Line(id, ours.holds(), "cameras", ours.holds(), greatest, peers, Reach.atLeast(reach), conditions));
    }

    private List<Line> honesty() throws IOException, InterruptedException {
        int cameras = effort.isQuick() ? 96 : 320;
        int window = effort.isQuick() ? 25 : 240;
        Trial trial = new Trial("auto", ALL, cameras, false, effort.warmUp(), window, 1);
        JsonNode numbers = trial.result(site, judge);
        List<Line> lines = new ArrayList<>();
        String of = standard + cameras + " cameras, all classes, " + window + " s; against decoding every picture";
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
        String of = standard + cameras + " cameras, 10 of them dead; from the power's return until 99 % stream";
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
        String of = standard + "vbr, 5 % active, " + cameras
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
        // Who walks in slowly is no person to the detector until enough of them is there, decoded or not.
        JsonNode later = auto.path("laterThanReference");
        String beyond = of + "less the time after which the same detector sees it when every picture is decoded; n = "
                + later.size();
        lines.add(Line.one("P7-beyond-p50", rank(later, 0.5), "s", Reach.atMost(0.35), beyond));
        lines.add(Line.one("P7-beyond-p99", rank(later, 0.99), "s", Reach.atMost(2.3), beyond));
        return lines;
    }

    /** Workers that are killed, stopped, crashed or left without memory at random. */
    private List<Line> faults() throws IOException, InterruptedException {
        int cameras = effort.isQuick() ? 20 : 30;
        int strikes = effort.isQuick() ? 12 : 100;
        JsonNode numbers = new Unrest(site, judge, effort).result("faults", cameras, strikes, new WorkerFaults());
        return unrest("faults", numbers, cameras, Reach.atMost(3));
    }

    /** All models of the folder in a circle. */
    private List<Line> swaps() throws IOException, InterruptedException {
        int cameras = effort.isQuick() ? 20 : 30;
        List<String> models;
        try (var folders = Files.list(site.models())) {
            models = folders.filter(folder -> Files.exists(folder.resolve("1/model.yaml")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
        // The circle begins behind the one that serves.
        List<String> circle = new ArrayList<>(models);
        Collections.rotate(circle, -circle.indexOf(site.detector()));
        JsonNode numbers = new Unrest(site, judge, effort)
                .result("swaps", cameras, effort.isQuick() ? 8 : 100, new ModelCircle(site, circle));
        return unrest("swaps", numbers, cameras, null);
    }

    private List<Line> unrest(String id, JsonNode numbers, int cameras, @Nullable Reach reach) {
        JsonNode all = numbers.path("judged").path("all");
        JsonNode blind = numbers.path("blindSeconds");
        String of = standard
                + String.format(
                        Locale.ROOT,
                        "%d cameras, each looked at once a second; %d hits of %s in %.0f s; agent %s; found %d of %d; PSS of the agent %.0f and"
                                + " %.0f MiB, with workers %.0f and %.0f",
                        cameras,
                        numbers.path("hit").asInt(),
                        numbers.path("strikes"),
                        numbers.path("seconds").asDouble(),
                        numbers.path("alive").asBoolean() ? "lives" : "DIED",
                        all.path("found").asInt(),
                        all.path("findable").asInt(),
                        numbers.path("ownPssKibBefore").asDouble() / 1024,
                        numbers.path("ownPssKibAfter").asDouble() / 1024,
                        numbers.path("pssKibBefore").asDouble() / 1024,
                        numbers.path("pssKibAfter").asDouble() / 1024);
        return List.of(
                Line.one(id + "-blind-p50", rank(blind, 0.5), "s", null, of),
                Line.one(id + "-blind-p99", rank(blind, 0.99), "s", reach, of),
                Line.one(id + "-blind-longest", rank(blind, 1), "s", null, of),
                share(id + "-found", all, "found", "findable", 99, of));
    }

    private static double rank(JsonNode sorted, double part) {
        return sorted.isEmpty()
                ? Double.NaN
                : sorted.get((int) Math.ceil(part * sorted.size()) - 1).asDouble();
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
        String conditions = standard
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
        return Line.one("mode-" + system + "-" + cameras, Costs.cpu(numbers), "ms/cam-s", null, conditions);
    }
}
