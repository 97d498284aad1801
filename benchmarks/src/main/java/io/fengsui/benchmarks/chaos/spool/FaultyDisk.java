package io.fengsui.benchmarks.chaos.spool;

import io.fengsui.benchmarks.chaos.lab.Daemon;
import io.fengsui.benchmarks.chaos.lab.Faults;
import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs a program whose disk fails as it says itself, and takes its outcome. */
final class FaultyDisk {
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private FaultyDisk() {}

    /**
     * @param name of the program, as the benchmarks' first argument behind {@code chaos-}
     * @param numbers that it wants between the file it tells its faults by and the file of its outcome
     */
    static Outcome run(Lab lab, Path folder, String name, int... numbers) throws Exception {
        Path shim = lab.needShim();
        Path control = folder.resolve("faults");
        Path result = folder.resolve("result.json");
        List<String> command = lab.command("benchmarks");
        command.addAll(List.of("chaos-" + name, folder.resolve("disk").toString(), control.toString()));
        for (int number : numbers) {
            command.add(Integer.toString(number));
        }
        command.add(result.toString());
        Path log = folder.resolve(name + ".log");
        try (Daemon process = Daemon.start(name, command, log, new Faults(control).environment(shim, "spool.db"))) {
            if (!process.awaitEnd(PATIENCE) || process.exitStatus() != 0) {
                throw new IOException("the run of " + name + " failed:\n" + process.lastWords());
            }
        }
        return Outcome.parse(Files.readString(result));
    }
}
