package io.fengsui.benchmarks.chaos.fleet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What happened to a fleet so far, in the order in which it happened; times are of the steady clock.
 *
 * @param waits from a try to its welcome, beside the time of the welcome
 */
public record FleetLog(int tries, List<Served> waits, List<Long> losses, int refusals) {
    private static final long SECOND = 1_000_000_000L;
    private static final Pattern LINE = Pattern.compile("(tried|served|lost|refused) (\\d+)(?: (.*))?");

    /** One welcome. */
    public record Served(long atNanos, long waitedNanos) {}

    public FleetLog {
        waits = List.copyOf(waits);
        losses = List.copyOf(losses);
    }

    /** What is in the file; a line that is being written is left out, also where it ends within a character, and so is what others say there. */
    public static FleetLog read(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        return parse(text.substring(0, text.lastIndexOf('\n') + 1).lines().toList());
    }

    static FleetLog parse(List<String> lines) {
        int tries = 0;
        List<Served> waits = new ArrayList<>();
        List<Long> losses = new ArrayList<>();
        int refusals = 0;
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                continue;
            }
            long at = Long.parseLong(matcher.group(2));
            switch (matcher.group(1)) {
                case "tried" -> tries++;
                case "served" -> waits.add(new Served(at, Long.parseLong(matcher.group(3))));
                case "lost" -> losses.add(at);
                default -> refusals++;
            }
        }
        return new FleetLog(tries, waits, losses, refusals);
    }

    /** Edges that are served now. */
    public int connected() {
        return waits.size() - losses.size();
    }

    /** Most tries within a second, of those that a hub which serves from this time on had to do with. */
    public int peak(long fromNanos) {
        List<Long> sorted = waits.stream()
                .filter(one -> one.atNanos() >= fromNanos)
                .map(one -> one.atNanos() - one.waitedNanos())
                .sorted()
                .toList();
        int most = 0;
        int first = 0;
        for (int last = 0; last < sorted.size(); last++) {
            while (sorted.get(last) - sorted.get(first) >= SECOND) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    /** When the n-th edge was served, of those that were from this time on. */
    public OptionalLong nth(int n, long fromNanos) {
        return waits.stream()
                .mapToLong(Served::atNanos)
                .filter(at -> at >= fromNanos)
                .sorted()
                .skip(n - 1L)
                .findFirst();
    }

    /** The wait that this share of the welcomes from this time on did not exceed; nearest rank, 0 for none. */
    public long wait(double share, long fromNanos) {
        List<Long> sorted = waits.stream()
                .filter(one -> one.atNanos() >= fromNanos)
                .map(Served::waitedNanos)
                .sorted()
                .toList();
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.max(0, Math.ceil(share * sorted.size()) - 1));
    }
}
