package io.fengsui.benchmarks.cameras;

import io.fengsui.benchmarks.cameras.load.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code scripts/bench cameras}. Arguments: the project's folder, the folder of its figures, the commit, then {@code --quick},
 * {@code --parts=P1,P4}, {@code --model=NAME} and {@code --models=FOLDER}. What was measured before is taken from the folder.
 */
public final class CamerasBenchmark {
    private static final List<String> PARTS =
            List.of("P4", "P5", "P7", "P1", "P2", "P3", "P6", "P11", "modes", "faults", "swaps");

    /** Without faults and swaps, which take an hour by themselves. */
    private static final Set<String> USUAL_PARTS = Set.of("P4", "P5", "P7", "P1", "P2", "P3", "P6", "P11", "modes");

    private static final Set<String> QUICK_PARTS = Set.of("P1", "P3", "P4", "P5", "P6", "P7");

    private final Site site;
    private final Effort effort;
    private final Set<String> parts;
    private final Parts measured;
    private final List<Line> lines = new ArrayList<>();

    private CamerasBenchmark(Site site, Effort effort, Set<String> parts) {
        this.site = site;
        this.effort = effort;
        this.parts = parts;
        this.measured = new Parts(site, effort);
    }

    public static void main(String[] arguments) throws Exception {
        List<String> options = Arrays.asList(arguments).subList(3, arguments.length);
        Path project = Path.of(arguments[0]).toAbsolutePath();
        Site site = new Site(
                project,
                Path.of(arguments[1]).toAbsolutePath(),
                arguments[2],
                option(options, "--models=")
                        .map(Path::of)
                        .orElse(project.resolve("models"))
                        .toAbsolutePath(),
                option(options, "--model=").orElse(Site.STANDARD));
        Set<String> parts = option(options, "--parts=")
                .map(list -> Set.of(list.split(",", -1)))
                .orElse(options.contains("--quick") ? QUICK_PARTS : USUAL_PARTS);
        Set<String> unknown = new TreeSet<>(parts);
        PARTS.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            System.err.println("there is no part " + unknown + "; there are " + PARTS);
            System.exit(2);
        }
        Effort effort = options.contains("--quick") ? Effort.quick() : Effort.full();
        new CamerasBenchmark(site, effort, parts).run();
    }

    private static Optional<String> option(List<String> options, String beginning) {
        return options.stream()
                .filter(option -> option.startsWith(beginning))
                .findFirst()
                .map(option -> option.substring(beginning.length()));
    }

    /** A part that cannot be measured does not take the others with it. */
    private void run() throws IOException, InterruptedException {
        boolean hasFailed = false;
        for (String part : PARTS) {
            if (!parts.contains(part)) {
                continue;
            }
            try {
                lines.addAll(measured.measure(part));
            } catch (IOException | RuntimeException e) {
                hasFailed = true;
                System.err.println(part + " could not be measured: " + e);
            }
        }
        report();
        if (hasFailed) {
            System.exit(1);
        }
    }

    private void report() throws IOException {
        String machine = Machine.words();
        System.out.printf("%-34s %10s %-12s %10s %-5s %s%n", "measure", "value", "unit", "reach", "", "peers");
        lines.forEach(line -> System.out.println(line.row()));
        String before = effort.isQuick() ? "quick; " : "";
        List<String> json = lines.stream()
                .map(line -> new Line(
                                line.id(),
                                line.value(),
                                line.unit(),
                                line.least(),
                                line.greatest(),
                                line.peers(),
                                line.reach(),
                                before + line.conditions())
                        .json(site.commit(), machine))
                .toList();
        json.forEach(System.out::println);
        Files.write(site.work().resolve("measures.jsonl"), json);
    }
}
