package io.fengsui.benchmarks.chaos.spool;

import io.fengsui.benchmarks.chaos.lab.Daemon;
import io.fengsui.benchmarks.chaos.lab.Faults;
import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** EIO and ENOSPC at the n-th write or fsync of the spool, for every n; done by {@link DiskErrorsMain}. */
public final class DiskErrors implements Part {
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    @Override
    public String name() {
        return "disk-error";
    }

    @Override
    public String promise() {
        return "G8";
    }

    @Override
    public Outcome run(Lab lab, Path folder, RandomGenerator random) throws Exception {
        Path shim = lab.needShim();
        Path control = folder.resolve("faults");
        Path result = folder.resolve("result.json");
        List<String> command = lab.command("benchmarks");
        command.addAll(List.of(
                "chaos-disk-errors",
                folder.resolve("disk").toString(),
                control.toString(),
                Integer.toString(lab.plan().nth()),
                Integer.toString(lab.plan().sparse()),
                result.toString()));
        Path log = folder.resolve("disk-errors.log");
        try (Daemon process =
                Daemon.start("disk-errors", command, log, new Faults(control).environment(shim, "spool.db"))) {
            if (!process.awaitEnd(PATIENCE) || process.exitStatus() != 0) {
                throw new IOException("the run with disk errors failed:\n" + process.lastWords());
            }
        }
        return Outcome.parse(Files.readString(result));
    }
}
