package io.fengsui.benchmarks.gate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.edge.vision.model.ModelPackage;
import io.fengsui.fieldsim.library.CodedStream;
import io.fengsui.fieldsim.library.StreamClass;
import io.fengsui.fieldsim.library.StreamLibrary;
import io.fengsui.fieldsim.library.StreamRecipe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/**
 * P3: of what the detector finds when it looks at everything, how much it finds through the gate, class by class, and how
 * much of the time the cameras are awake for it. Arguments: {@code --library=DIR --classes=a,b --loops=N --model=DIR
 * --commit=ID --masked}, the last for cameras that have a part of the picture hidden from movement. Time is virtual, so the machine's
 * load changes nothing.
 */
public final class GateBenchmark {
    private static final double REACH_ALL = 0.99;
    private static final double REACH_CLASS = 0.97;
    private static final double REACH_AWAKE = 0.10;

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
        List<GateRun.Result> results = new ArrayList<>();
        try (Eyes eyes = new Eyes(model)) {
            for (StreamRecipe recipe : StreamRecipe.of(kinds)) {
                StreamLibrary.Entry entry = library.stream(recipe);
                CodedStream stream =
                        CodedStream.read(entry.video(), entry.truth().codec());
                VirtualCamera camera = new VirtualCamera(stream, entry.truth(), System.nanoTime());
                GateRun.Result result = new GateRun(camera, eyes, loops, isMasked).run();
                results.add(result);
                System.err.printf(
                        Locale.ROOT,
                        "%-12s %-7s found %d/%d seconds %d/%d awake %.1f %% trusted %.0f %% looks %.1f samples %.1f a"
                                + " minute, failures %d, openings %s, delays %s, with every third picture looked at %s%n",
                        recipe.name(),
                        result.size(),
                        result.found(),
                        result.happenings(),
                        result.foundSeconds(),
                        result.seconds(),
                        100 * result.awake(),
                        100 * result.trusted(),
                        result.looksAMinute(),
                        result.samplesAMinute(),
                        result.failures(),
                        result.openings(),
                        result.delays(),
                        result.referenceDelays());
            }
        }
        print(results, loops + (isMasked ? " times, masked," : " times"), option(arguments, "commit", "unknown"));
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
                "%-12s %12s %12s %8s %8s %8s %9s %8s %8s %9s%n",
                "class",
                "happenings",
                "seconds",
                "awake",
                "trusted",
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
        json("P3", recall(results), "share of happenings", REACH_ALL, recall(results) >= REACH_ALL, conditions, commit);
        json("P3.class", worst, "share of happenings", REACH_CLASS, poor.isEmpty(), "poorest class", commit);
        json("P3.awake", awake, "share of time", REACH_AWAKE, awake <= REACH_AWAKE, conditions, commit);
    }

    private static void row(String name, List<GateRun.Result> results) {
        List<Double> delays = sorted(results, GateRun.Result::delays);
        System.out.printf(
                Locale.ROOT,
                "%-12s %5d of %3d %5d of %3d %6.1f %% %6.1f %% %8.1f %9.1f %8.2f %8.2f %9.2f%n",
                name,
                sum(results, GateRun.Result::found),
                sum(results, GateRun.Result::happenings),
                sum(results, GateRun.Result::foundSeconds),
                sum(results, GateRun.Result::seconds),
                100 * mean(results, GateRun.Result::awake),
                100 * mean(results, GateRun.Result::trusted),
                mean(results, GateRun.Result::looksAMinute),
                mean(results, GateRun.Result::samplesAMinute),
                rank(delays, 0.5),
                rank(delays, 0.99),
                rank(sorted(results, GateRun.Result::referenceDelays), 0.5));
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

    private static void json(
            String id, double value, String unit, double reach, boolean isMet, String conditions, String commit) {
        ObjectNode node = new ObjectMapper()
                .createObjectNode()
                .put("id", id)
                .put("value", Math.round(value * 10_000) / 10_000.0)
                .put("unit", unit)
                .put("reach", reach)
                .put("met", isMet)
                .put("conditions", conditions)
                .put("commit", commit);
        System.out.println(node);
    }
}
