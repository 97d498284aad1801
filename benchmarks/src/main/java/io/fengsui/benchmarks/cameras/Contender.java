package io.fengsui.benchmarks.cameras;

import io.fengsui.benchmarks.cameras.load.ProcessTree;
import io.fengsui.benchmarks.cameras.sight.Sighting;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A running program that watches the simulated cameras. */
interface Contender extends AutoCloseable {
    ProcessTree tree();

    boolean isAlive();

    /** What it has seen until now. */
    List<Sighting> sightings() throws IOException;

    /** CPU milliseconds until now by part, where it can be told; empty where not. */
    Map<String, Double> parts() throws IOException;

    /** Figures that it keeps itself, by name; those that begin with {@code #} only grow. To ask costs it CPU. */
    default Map<String, Double> counters() throws IOException, InterruptedException {
        return Map.of();
    }

    /** Lets go of what is not needed, so that memory is what it holds on to. */
    void settle() throws IOException, InterruptedException;

    @Override
    void close();
}
