package io.fengsui.benchmarks.gate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.edge.vision.model.ModelPackage;
import io.fengsui.fieldsim.library.CodedStream;
import io.fengsui.fieldsim.library.StreamClass;
import io.fengsui.fieldsim.library.StreamLibrary;
import io.fengsui.fieldsim.library.StreamRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/**
 * P3: of what the detector finds when it looks at everything, how much it finds through the gate, class by class, and how
 * much of the time the cameras are awake for it. Arguments: {@code --library=DIR --classes=a,b --loops=N --model=DIR
 * --commit=ID --footage=FILE,FILE --masked}, the last for cameras that have a part of the picture hidden from movement. Time is virtual, so
 * the machine's load changes nothing. The cameras of the class {@code site-light} are one site, whose light changes for all at once; each
 * other one is alone.
 */
public final class GateBenchmark {
    private static final double REACH_ALL = 0.99;
    private static final double REACH_CLASS = 0.97;
    private static final double REACH_AWAKE = 0.10;

    /** So often each camera of a site is there. */
    private static final int SITE = 6;

    private static final int IDLE_SECONDS = 60;
    private static final int MINUTES_A_DAY = 24 * 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    private GateBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        StreamLibrary library = new StreamLibrary(Path.of(option(arguments, "library", ".bench/cameras/streams")));
        String classes = option(arguments, "classes", "");
        List<StreamClass> kinds = classes.isEmpty()
                ? List.of(StreamClass.values())
                : Arrays.stream(classes.split(",", -1)).map(StreamClass::of).toList();
        int loops = Integer.parseInt(option(arguments, "loops", "5"));
        ModelPackage model = ModelPackage.load(Path.of(option(arguments, "model", "models/nanodet-g/1")));
        boolean isMasked = Arrays.asList(arguments).contains("--masked");
        List<Path> footage = Arrays.stream(option(arguments, "footage", "").split(",", -1))
                .filter(name -> !name.isEmpty())
                .map(Path::of)
                .toList();
        long origin = System.nanoTime();
        List<GateRun.Result> results = new ArrayList<>();
        try (Eyes eyes = new Eyes(model)) {
            for (StreamClass kind : kinds) {
                List<VirtualCamera> cameras = new ArrayList<>();
                for (StreamRecipe recipe : StreamRecipe.of(List.of(kind))) {
                    cameras.add(camera(library.stream(recipe), origin));
                }
                // What is together at one site matters where all of it changes at once; else each is on its own.
                List<List<VirtualCamera>> sites = kind.isLightChanging()
                        ? List.of(Collections.nCopies(SITE, cameras).stream()
                                .flatMap(List::stream)
                                .toList())
                        : cameras.stream().map(List::of).toList();
                for (List<VirtualCamera> site : sites) {
                    results.addAll(told(GateRun.run(site, eyes, loops, isMasked)));
                }
            }
            for (Path clip : footage) {
                VirtualCamera bare = camera(library.footage(clip, IDLE_SECONDS), origin);
                VirtualCamera camera = bare.with(FootageTruth.of(bare, eyes));
                results.addAll(told(GateRun.run(List.of(camera), eyes, loops, isMasked)));
            }
        }
        String commit = option(arguments, "commit", "unknown");
        keep(results, commit);
        print(results, loops + (isMasked ? " times, masked," : " times"), commit);
    }

    private static VirtualCamera camera(StreamLibrary.Entry entry, long origin) throws IOException {
        CodedStream stream = CodedStream.read(entry.video(), entry.truth().codec());
        return new VirtualCamera(stream, entry.truth(), origin);
    }

    private static List<GateRun.Result> told(List<GateRun.Result> results) {
        for (GateRun.Result result : results) {
            System.err.printf(
                    Locale.ROOT,
                    "%-12s %-7s found %d/%d seconds %d/%d awake %.1f %% trusted %.0f %% looks %.1f samples %.1f a"
                            + " minute, false %d, queued %d, failures %d, openings %s, delays %s, with every third"
                            + " picture looked at %s%n",
                    result.kind(),
                    result.size(),
                    result.found(),
                    result.happenings(),
                    result.foundSeconds(),
                    result.seconds(),
                    100 * result.awake(),
                    100 * result.trusted(),
                    result.looksAMinute(),
                    result.samplesAMinute(),
                    result.falseAlarms(),
                    result.queued(),
                    result.failures(),
                    result.openings(),
                    result.delays(),
                    result.referenceDelays());
        }
        return results;
    }

    /** Everything that was measured, a line a camera. */
    private static void keep(List<GateRun.Result> results, String commit) throws IOException {
        Path file = Path.of(".bench", "gate", commit + '-' + System.currentTimeMillis() / 1000 + ".jsonl");
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        StringBuilder lines = new StringBuilder();
        for (GateRun.Result result : results) {
            lines.append(JSON.writeValueAsString(result)).append('\n');
        }
        Files.writeString(file, lines);
        System.err.println("raw figures: " + file);
    }

    private static String option(String[] arguments, String name, String otherwise) {
        String prefix = "--" + name + "=";
        return Arrays.stream(arguments)
                .filter(argument -> argument.startsWith(prefix))
                .map(argument -> argument.substring(prefix.length()))
                .findFirst()
                .orElse(otherwise);
    }

    private static void print(List<GateRun.Result> results, String times, String commit) {
        Map<String, List<GateRun.Result>> byClass = new LinkedHashMap<>();
        results.forEach(result -> byClass.computeIfAbsent(result.kind(), kind -> new ArrayList<>())
                .add(result));
        System.out.printf(
                "%-12s %12s %15s %12s %8s %15s %8s %9s %6s %8s %9s %8s %8s %9s%n",
                "class",
                "happenings",
                "a time through",
                "seconds",
                "awake",
                "a time through",
                "trusted",
                "false/day",
                "queued",
                "looks/m",
                "samples/m",
                "p50 s",
                "p99 s",
                "all p50 s");
        byClass.forEach(GateBenchmark::row);
        row("all", results);
        String conditions = times + " through two minutes of each stream, " + results.size()
                + " streams, nanodet-g 320x192, virtual time";
        List<String> poor = byClass.entrySet().stream()
                .filter(entry -> sum(entry.getValue(), GateRun.Result::happenings) > 0)
                .filter(entry -> recall(entry.getValue()) < REACH_CLASS)
                .map(Map.Entry::getKey)
                .toList();
        double worst = byClass.values().stream()
                .filter(list -> sum(list, GateRun.Result::happenings) > 0)
                .mapToDouble(GateBenchmark::recall)
                .min()
                .orElse(1);
        double awake = mean(results, GateRun.Result::awake);
        Spread found = foundSpread(results);
        json(
                measure("P3", recall(results), "share of happenings", REACH_ALL, recall(results) >= REACH_ALL),
                found,
                conditions,
                commit);
        Spread poorest = byClass.values().stream()
                .filter(list -> sum(list, GateRun.Result::happenings) > 0)
                .min(Comparator.comparingDouble(GateBenchmark::recall))
                .map(GateBenchmark::foundSpread)
                .orElse(found);
        json(
                measure("P3.class", worst, "share of happenings", REACH_CLASS, poor.isEmpty()),
                poorest,
                "poorest class",
                commit);
        json(
                measure("P3.awake", awake, "share of time", REACH_AWAKE, awake <= REACH_AWAKE),
                awakeSpread(results),
                conditions,
                commit);
    }

    private static void row(String name, List<GateRun.Result> results) {
        List<Double> delays = sorted(results, GateRun.Result::delays);
        System.out.printf(
                Locale.ROOT,
                "%-12s %5d of %3d %15s %5d of %3d %6.1f %% %15s %6.1f %% %9.1f %6d %8.1f %9.1f %8.2f %8.2f %9.2f%n",
                name,
                sum(results, GateRun.Result::found),
                sum(results, GateRun.Result::happenings),
                foundSpread(results).percent(0),
                sum(results, GateRun.Result::foundSeconds),
                sum(results, GateRun.Result::seconds),
                100 * mean(results, GateRun.Result::awake),
                awakeSpread(results).percent(1),
                100 * mean(results, GateRun.Result::trusted),
                falseAlarmsADay(results),
                results.stream().mapToLong(GateRun.Result::queued).sum(),
                mean(results, GateRun.Result::looksAMinute),
                mean(results, GateRun.Result::samplesAMinute),
                rank(delays, 0.5),
                rank(delays, 0.99),
                rank(sorted(results, GateRun.Result::referenceDelays), 0.5));
    }

    private static Spread foundSpread(List<GateRun.Result> results) {
        return Spread.of(results, loop -> {
            double found = sum(results, one -> one.foundByLoop().get(loop));
            double happenings = results.stream()
                    .mapToDouble(
                            one -> (double) one.happenings() / one.awakeByLoop().size())
                    .sum();
            return happenings == 0 ? 1 : found / happenings;
        });
    }

    private static Spread awakeSpread(List<GateRun.Result> results) {
        return Spread.of(results, loop -> mean(results, one -> one.awakeByLoop().get(loop)));
    }

    private static double falseAlarmsADay(List<GateRun.Result> results) {
        double minutes = results.stream().mapToDouble(GateRun.Result::minutes).sum();
        return minutes == 0 ? 0 : sum(results, GateRun.Result::falseAlarms) * MINUTES_A_DAY / minutes;
    }

    private static List<Double> sorted(List<GateRun.Result> results, Function<GateRun.Result, List<Double>> of) {
        return results.stream()
                .flatMap(result -> of.apply(result).stream())
                .sorted()
                .toList();
    }

    private static double recall(List<GateRun.Result> results) {
        int happenings = sum(results, GateRun.Result::happenings);
        return happenings == 0 ? 1 : (double) sum(results, GateRun.Result::found) / happenings;
    }

    private static double rank(List<Double> sorted, double part) {
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(part * sorted.size()) - 1);
    }

    private static int sum(List<GateRun.Result> results, ToIntFunction<GateRun.Result> of) {
        return results.stream().mapToInt(of).sum();
    }

    private static double mean(List<GateRun.Result> results, ToDoubleFunction<GateRun.Result> of) {
        return results.stream().mapToDouble(of).average().orElse(0);
    }

    private static ObjectNode measure(String id, double value, String unit, double reach, boolean isMet) {
        return JSON.createObjectNode()
                .put("id", id)
                .put("value", rounded(value))
                .put("unit", unit)
                .put("reach", reach)
                .put("met", isMet);
    }

    private static void json(ObjectNode measure, Spread spread, String conditions, String commit) {
        measure.putArray("spread").add(rounded(spread.least())).add(rounded(spread.greatest()));
        System.out.println(measure.put("conditions", conditions).put("commit", commit));
    }

    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
