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

/** A spool on a disk of which a place cannot be read any more (EIO), as of a worn SD card; done by {@link BadPlacesMain}. */
public final class BadPlaces implements Part {
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    @Override
    public String name() {
        return "bad-place";
    }

    @Override
    public String promise() {
        return "G9";
    }

    @Override
    public Outcome run(Lab lab, Path folder, RandomGenerator random) throws Exception {
        Path shim = lab.needShim();
        Path control = folder.resolve("faults");
        Path result = folder.resolve("result.json");
        List<String> command = lab.command("benchmarks");
        command.addAll(List.of(
                "chaos-bad-places",
                folder.resolve("disk").toString(),
                control.toString(),
                Integer.toString(lab.plan().nth()),
                result.toString()));
        Path log = folder.resolve("bad-places.log");
        try (Daemon process =
                Daemon.start("bad-places", command, log, new Faults(control).environment(shim, "spool.db"))) {
            if (!process.awaitEnd(PATIENCE) || process.exitStatus() != 0) {
                throw new IOException("the run with bad places failed:\n" + process.lastWords());
            }
        }
        return Outcome.parse(Files.readString(result));
    }
}
