package io.fengsui.benchmarks.chaos.spool;

import io.fengsui.benchmarks.chaos.lab.Daemon;
import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How a {@link WriterMain} is started in a process of its own. */
final class Writer {
    private static final Duration START = Duration.ofSeconds(30);

    private Writer() {}

    /**
     * Where it works.
     *
     * @param spool the spool's folder
     * @param obligations beyond the reach of the faults
     */
    record Place(Path spool, Path obligations, Path log) {}

    static Daemon start(Lab lab, Place place, List<String> options, Map<String, String> environment, String... more)
            throws IOException {
        List<String> command = lab.command("benchmarks");
        command.addAll(1, options);
        command.addAll(List.of(
                "chaos-writer", place.spool().toString(), place.obligations().toString()));
        command.addAll(List.of(more));
        return Daemon.start("writer", command, place.log(), environment);
    }

    /** Waits until it has been told that something is on disk, or has died. */
    static void awaitWork(Daemon writer, Place place, long before) throws IOException, InterruptedException {
        Waiting.seconds(
                "the spool's writer to write", START, () -> !writer.isAlive() || size(place.obligations()) > before);
    }

    static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }
}
