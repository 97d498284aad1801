package io.fengsui.benchmarks.chaos.lab;

import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** Breaks something and looks what came of it. */
public interface Part {
    /** What a person calls it: {@code edge-kill}. */
    String name();

    /** The number of the promise, as in docs/robustness.md. */
    String promise();

    /**
     * Runs one batch in a folder of its own.
     *
     * @param random what is at random; from a seed that is printed
     */
    Outcome run(Lab lab, Path folder, RandomGenerator random) throws Exception;
}
