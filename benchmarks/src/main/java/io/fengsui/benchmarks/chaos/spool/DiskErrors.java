package io.fengsui.benchmarks.chaos.spool;

import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** EIO and ENOSPC at the n-th write or fsync of the spool, for every n; done by {@link DiskErrorsMain}. */
public final class DiskErrors implements Part {
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
        return FaultyDisk.run(
                lab, folder, "disk-errors", lab.plan().nth(), lab.plan().sparse());
    }
}
