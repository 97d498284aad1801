package io.fengsui.benchmarks.chaos;

import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import io.fengsui.benchmarks.chaos.lab.Plan;
import io.fengsui.benchmarks.chaos.lab.SkippedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code scripts/chaos} runs, part by part and batch by batch; a batch whose outcome is kept is not run again. */
public final class ChaosMain {
    private final Lab lab;
    private final Path folder;
    private final String commit;
    private final Map<String, String> skipped = new TreeMap<>();

    private ChaosMain(Lab lab, Path folder, String commit) {
        this.lab = lab;
        this.folder = folder;
        this.commit = commit;
    }

    /** Arguments: project, folder of this run, commit, plan, shim or -, broker or -, parts or all. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]).toAbsolutePath();
        Lab lab = new Lab(
                plan(arguments[3]),
                Path.of(arguments[0]).toAbsolutePath(),
                folder.resolve("commands"),
                file(arguments[4]),
                file(arguments[5]));
        List<Part> parts = Parts.named(arguments[6]);
        if (parts.isEmpty()) {
            System.err.println("there is no such part; there are: " + Parts.names());
            System.exit(2);
        }
        System.exit(new ChaosMain(lab, folder, arguments[2]).run(parts));
    }

    private static Plan plan(String name) {
        return Stream.of(Plan.QUICK, Plan.SUBSET, Plan.LONG)
                .filter(plan -> plan.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no plan '" + name + "'"));
    }

    private static @Nullable Path file(String argument) {
        return argument.equals("-") ? null : Path.of(argument).toAbsolutePath();
    }

    private int run(List<Part> parts) throws IOException, InterruptedException {
        Path results = folder.resolve("results.jsonl");
        Map<String, List<Outcome>> kept = read(results);
        for (int batch = 0; batch < lab.plan().batches(); batch++) {
            for (Part part : parts) {
                List<Outcome> ofPart = kept.computeIfAbsent(part.name(), name -> new ArrayList<>());
                if (ofPart.size() <= batch && !skipped.containsKey(part.name())) {
                    Outcome outcome = batch(part, batch);
                    if (outcome != null) {
                        ofPart.add(outcome);
                        Files.writeString(
                                results,
                                outcome.json().put("batch", batch) + "\n",
                                java.nio.file.StandardOpenOption.CREATE,
                                java.nio.file.StandardOpenOption.APPEND);
                    }
                }
            }
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (Part part : parts) {
            kept.getOrDefault(part.name(), List.of()).stream()
                    .reduce(Outcome::and)
                    .ifPresent(outcomes::add);
        }
        return Report.print(outcomes, skipped, lab.plan(), commit);
    }

    private static Map<String, List<Outcome>> read(Path results) throws IOException {
        Map<String, List<Outcome>> kept = new TreeMap<>();
        if (Files.exists(results)) {
            for (String line : Files.readAllLines(results)) {
                Outcome outcome = Outcome.parse(line);
                kept.computeIfAbsent(outcome.part(), name -> new ArrayList<>()).add(outcome);
            }
        }
        return kept;
    }

    private @Nullable Outcome batch(Part part, int batch) throws IOException, InterruptedException {
        long seed = part.name().hashCode() * 31L + batch;
        Path place = folder.resolve(part.name() + "-" + batch);
        delete(place);
        Files.createDirectories(place);
        long begun = System.nanoTime();
        System.err.println(Instant.now() + " " + part.name() + " ...");
        Outcome outcome;
        try {
            outcome = part.run(lab, place, new Random(seed));
        } catch (SkippedException e) {
            skipped.put(part.name(), String.valueOf(e.getMessage()));
            return null;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            e.printStackTrace(System.err);
            outcome = new Outcome(
                    "G?", part.name(), 0, 0, 0, 0, 0, List.of(), false, "could not be run: " + e.getMessage());
        }
        System.err.printf(
                "%s %s: %.0f s, %s%n",
                Instant.now(),
                part.name(),
                (System.nanoTime() - begun) / 1e9,
                outcome.isMet() ? "kept" : "BROKEN, look into " + place + ": " + outcome.note());
        if (outcome.isMet()) {
            delete(place);
        }
        return outcome;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path one : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(one);
                }
            }
        }
    }
}
