package io.fengsui.benchmarks.chaos.spool;

import io.fengsui.benchmarks.chaos.lab.Lab;
import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Part;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** A spool on a disk of which a place cannot be read any more (EIO), as of a worn SD card; done by {@link BadPlacesMain}. */
public final class BadPlaces implements Part {
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
        return FaultyDisk.run(lab, folder, "bad-places", lab.plan().nth());
    }
}
