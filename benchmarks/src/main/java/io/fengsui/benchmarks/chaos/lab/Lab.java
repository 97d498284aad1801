package io.fengsui.benchmarks.chaos.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where things lie on this machine.
 *
 * @param project the project's folder
 * @param commands folder with a file for each program, its JVM's command line by line
 * @param shim the library that puts faults into system calls; null where it could not be compiled
 * @param mosquitto the broker; null where it is not installed
 */
public record Lab(
        Plan plan,
        Path project,
        Path commands,
        @Nullable Path shim,
        @Nullable Path mosquitto) {

    /** How to start a program, or {@code benchmarks} itself, up to its own arguments. */
    public List<String> command(String program) throws IOException {
        return new ArrayList<>(Files.readAllLines(commands.resolve(program)));
    }

    public Path needShim() throws SkippedException {
        if (shim == null) {
            throw new SkippedException("no C compiler here for the library that puts faults into system calls");
        }
        return shim;
    }
}
