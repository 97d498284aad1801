package io.fengsui.benchmarks.chaos;

import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import io.fengsui.benchmarks.chaos.lab.Plan;
import io.fengsui.benchmarks.chaos.lab.SkippedException;
import io.fengsui.runtime.RoleThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code scripts/chaos} runs, part by part and batch by batch; a batch whose outcome is kept is not run again. */
public final class ChaosMain {
    private static final int LANES = 2;

    private final Lab lab;
    private final Path folder;
    private final String commit;
    private final Path results;
    private final @Nullable Long end;
    private final Map<String, List<Outcome>> kept = new ConcurrentHashMap<>();
    private final Map<String, String> skipped = new ConcurrentSkipListMap<>();

    private ChaosMain(Lab lab, Path folder, String commit, @Nullable Long end) {
        this.end = end;
        this.lab = lab;
        this.folder = folder;
        this.commit = commit;
        this.results = folder.resolve("results.jsonl");
    }

    /** Arguments: project, folder of this run, commit, plan, shim or -, broker or -, parts or all, minutes or -. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]).toAbsolutePath();
        Lab lab = new Lab(
                Plan.named(arguments[3]),
                Path.of(arguments[0]).toAbsolutePath(),
                folder.resolve("commands"),
                file(arguments[4]),
                file(arguments[5]));
        List<Part> parts = Parts.named(arguments[6]);
        if (parts.isEmpty()) {
            System.err.println("there is no such part; there are: " + Parts.names());
            System.exit(2);
        }
        ChaosMain run = new ChaosMain(lab, folder, arguments[2], end(arguments[7]));
        System.exit(run.run(parts));
    }

    /** By the steady clock; no batch is begun after it. */
    private static @Nullable Long end(String minutes) {
        return minutes.equals("-")
                ? null
                : System.nanoTime()
                        + Duration.ofMinutes(Long.parseLong(minutes)).toNanos();
    }

    private static @Nullable Path file(String argument) {
        return argument.equals("-") ? null : Path.of(argument).toAbsolutePath();
    }

    private int run(List<Part> parts) throws IOException, InterruptedException {
        read();
        for (int batch = 0; batch < lab.plan().batches(); batch++) {
            Queue<Part> queue = new ConcurrentLinkedQueue<>(parts);
            List<Thread> lanes = new ArrayList<>();
            for (int lane = 0; lane < LANES; lane++) {
                int number = batch;
                Thread thread = RoleThreads.named("chaos-" + lane, () -> work(queue, number));
                thread.start();
                lanes.add(thread);
            }
            for (Thread lane : lanes) {
                lane.join();
            }
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (Part part : parts) {
            ofPart(part.name()).stream().reduce(Outcome::and).ifPresent(outcomes::add);
        }
        outcomes.sort(Comparator.comparingInt(
                        (Outcome one) -> Integer.parseInt(one.promise().substring(1)))
                .thenComparing(Outcome::part));
        return Report.print(outcomes, skipped, lab.plan(), commit);
    }

    private List<Outcome> ofPart(String name) {
        return kept.computeIfAbsent(name, any -> new CopyOnWriteArrayList<>());
    }

    /** What one lane does until the queue is empty. Programs wait for one another a lot, so two lanes take half the time. */
    private void work(Queue<Part> queue, int batch) {
        for (Part part = queue.poll(); part != null; part = queue.poll()) {
            List<Outcome> ofPart = ofPart(part.name());
            if (ofPart.size() > batch || skipped.containsKey(part.name())) {
                continue;
            }
            if (end != null && System.nanoTime() - end >= 0) {
                return;
            }
            try {
                Outcome outcome = batch(part, batch);
                if (outcome != null) {
                    ofPart.add(outcome);
                    keep(outcome.json().put("batch", batch) + "\n");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private synchronized void keep(String line) throws IOException {
        Files.writeString(results, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void read() throws IOException {
        if (Files.exists(results)) {
            for (String line : wholeLines(results)) {
                Outcome outcome = Outcome.parse(line);
                ofPart(outcome.part()).add(outcome);
            }
        }
    }

    /** Without the line that a run was writing when it was ended, which is taken out of the file: its batch is run again. */
    static List<String> wholeLines(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        int end = all.length;
        while (end > 0 && all[end - 1] != '\n') {
            end--;
        }
        if (end < all.length) {
            Files.write(file, Arrays.copyOf(all, end));
        }
        return new String(all, 0, end, StandardCharsets.UTF_8).lines().toList();
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
            outcome = new Outcome(
                    part.promise(), part.name(), 0, 0, 0, 0, 0, List.of(), false, "could not be run: " + said(e));
        }
        System.err.printf(
                "%s %s %d of %d: %.0f s, %s%n",
                Instant.now(),
                part.name(),
                batch + 1,
                lab.plan().batches(),
                (System.nanoTime() - begun) / 1e9,
                outcome.isMet() ? "kept" : "BROKEN, look into " + place + ": " + outcome.note());
        if (outcome.isMet()) {
            delete(place);
        }
        return outcome;
    }

    /** What went wrong, why, and where, on one line. */
    private static String said(Throwable error) {
        StringBuilder line = new StringBuilder();
        for (Throwable one = error; one != null; one = one.getCause()) {
            String message =
                    String.valueOf(one.getMessage()).lines().findFirst().orElse("");
            line.append(line.isEmpty() ? "" : ", because of ")
                    .append(one.getClass().getSimpleName())
                    .append(": ")
                    .append(message);
            if (one.getCause() == null && one.getStackTrace().length > 0) {
                line.append(" at ").append(one.getStackTrace()[0]);
            }
        }
        return line.toString();
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(one);
                }
            }
        }
    }
}
